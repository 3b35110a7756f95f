"""Visits: who of us went, or will go, to see an account, when and what for."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, day, flag, number, text
from data.text import Text

PURPOSES = (
    Text("旺季备货", "Stock for the peak"),
    Text("年度协议", "Yearly agreement"),
    Text("新品推介", "New products"),
    Text("促销方案", "Promotions"),
    Text("货款与返利", "Payments and rebates"),
    Text("店庆支持", "Support of an anniversary"),
    Text("例行走访", "Routine visit"),
)

VISITS = Dataset(
    name="visits",
    title=Text("客户拜访", "Visits"),
    grain=Text("每次拜访（已完成或已安排）一行", "One row per visit, made or arranged"),
    key=("visit",),
    fields=(
        text("visit", "拜访编号", "Visit", need=True, also=("拜访单号", "行程编号", "visitid"), example="BF0001"),
        ACCOUNT,
        ACCOUNT_NAME,
        day(
            "visited_on",
            "拜访日期",
            "Visited on",
            also=("日期", "拜访时间", "计划日期", "计划拜访日期", "visitdate"),
            example="2026-05-20",
        ),
        text("visitor", "拜访人", "Visitor", need=True, also=("我方人员", "出访人", "visitor"), example="沈国栋"),
        flag(
            "executive",
            "是否高管拜访",
            "By an executive",
            need=True,
            also=("高管拜访", "高管", "领导拜访"),
            example="是",
        ),
        text("role", "拜访人职务", "Visitor's role", also=("职务", "岗位", "title"), example="副总经理"),
        text(
            "purpose",
            "拜访目的",
            "Purpose",
            also=("目的", "事由", "拜访事项", "purpose"),
            example="旺季备货",
            usual=PURPOSES,
        ),
        text("met", "对方职务", "Role met", also=("会见职务", "接待人职务", "拜访对象"), example="采购总监"),
        number(
            "days",
            Kind.RATE,
            "占用天数",
            "Days spent",
            "days",
            also=("天数", "用时天数"),
            check="days >= 0",
            example="1.5",
        ),
        flag("done", "是否完成", "Made", also=("已完成", "是否已拜访"), example="是"),
        flag("planned", "是否计划内", "In the plan", also=("计划内",), example="是"),
        text(
            "summary", "拜访纪要", "Summary", also=("纪要", "拜访结果", "备注", "notes"), example="同意八月前备足滚筒"
        ),
    ),
    dated="visited_on",
    latest_wins=True,
    typed=True,
)
