"""Events: an account's own anniversaries, openings, honours and moves, and the support it asked of us."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, DEGREES, STORE, coded, day, flag, number, text
from data.text import Text

KINDS = (
    Text("周年庆", "Anniversary"),
    Text("新店开业", "Store opening"),
    Text("获奖", "Honour"),
    Text("总部搬迁", "Move of head office"),
    Text("会员节", "Members' day"),
    Text("人事变动", "Change of management"),
    Text("其他", "Other"),
)

EVENTS = Dataset(
    name="events",
    title=Text("客户大事记", "Account events"),
    grain=Text("每件大事一行", "One row per event"),
    key=("event",),
    fields=(
        text("event", "事件编号", "Event", need=True, also=("大事编号", "事项编号", "eventid"), example="SJ0001"),
        ACCOUNT,
        ACCOUNT_NAME,
        STORE,
        text("title", "事件名称", "Event title", also=("大事名称", "主题", "名称"), example="二十周年店庆"),
        text("kind", "事件类型", "Kind of event", also=("类型", "类别", "eventtype"), example="周年庆", usual=KINDS),
        day(
            "starts_on",
            "事件日期",
            "Starts on",
            also=("日期", "开始日期", "起始日期", "eventdate"),
            example="2026-07-18",
        ),
        day("ends_on", "结束日期", "Ends on", need=False, also=("截止日期", "enddate"), example="2026-07-26"),
        coded("importance", "重要程度", "Importance", DEGREES, also=("重要性", "优先级"), example="3"),
        text(
            "asked", "请求支持", "Support asked", also=("支持需求", "客户需求", "申请支持"), example="开业花篮与特价机"
        ),
        day("asked_on", "请求日期", "Asked on", need=False, also=("申请日期", "需求日期"), example="2026-06-10"),
        day("answered_on", "答复日期", "Answered on", need=False, also=("回复日期", "响应日期"), example="2026-06-13"),
        text("given", "实际支持", "Support given", also=("支持内容", "已给支持"), example="特价机 60 台"),
        flag(
            "supported",
            "是否给予支持",
            "Supported",
            also=("已支持", "是否支持"),
            example="是",
            about=Text("还没有定就空着", "empty while undecided"),
        ),
        text("owner", "负责人", "Owner", also=("责任人", "经办人", "owner"), example="李敏"),
        day("due_on", "应办日期", "Due on", need=False, also=("期限", "应完成日期", "duedate"), example="2026-07-10"),
        number(
            "cost",
            Kind.MONEY,
            "支持费用",
            "Cost",
            "CNY",
            also=("费用", "费用金额"),
            check="cost >= 0",
            example="20000.00",
        ),
    ),
    dated="starts_on",
    latest_wins=True,
    typed=True,
)
