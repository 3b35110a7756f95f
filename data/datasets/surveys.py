"""Surveys: what people at the accounts answer about our sales people; the role answers, never a name."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, coded, day, number, text
from data.text import Text, same

ROLES = (
    Text("采购主管", "Purchasing supervisor"),
    Text("店长", "Store manager"),
    Text("财务", "Finance"),
    Text("运营主管", "Operations supervisor"),
)
ITEMS = (
    Text("响应速度", "Speed of response"),
    Text("专业能力", "Competence"),
    Text("承诺兑现", "Promises kept"),
    Text("服务态度", "Attitude"),
    Text("推荐意愿", "Would recommend"),
)
SCALES = {"5": same("5"), "10": same("10")}

SURVEYS = Dataset(
    name="surveys",
    title=Text("客户评价调查", "Surveys about our reps"),
    grain=Text(
        "每轮调查每位答卷人每题一行；只记岗位，不记姓名", "One row per wave, respondent and item; a role, never a name"
    ),
    key=("survey", "account", "respondent", "item"),
    fields=(
        text(
            "survey", "调查批次", "Survey wave", need=True, also=("调查编号", "批次", "轮次", "wave"), example="2026H1"
        ),
        ACCOUNT,
        ACCOUNT_NAME,
        number(
            "respondent",
            Kind.COUNT,
            "答卷序号",
            "Respondent number",
            "",
            need=True,
            also=("问卷编号", "答卷编号", "序号", "responseid"),
            check="respondent >= 1",
            example="1",
            about=Text(
                "同一客户同一批次里从 1 编号，不记姓名", "numbered from 1 within account and wave; never a name"
            ),
        ),
        number(
            "asked",
            Kind.COUNT,
            "发放份数",
            "People asked",
            "people at the account",
            also=("发卷数", "邀请人数", "应答人数", "invited"),
            check="asked >= 1",
            example="5",
            about=Text("该客户这一批次一共发了几份", "how many people of this account were asked in this wave"),
        ),
        text(
            "role",
            "答卷人岗位",
            "Respondent's role",
            need=True,
            also=("岗位", "职务", "角色", "role"),
            example="采购主管",
            usual=ROLES,
        ),
        text(
            "rep",
            "被评业务员",
            "Rep",
            need=True,
            also=("业务员", "客户经理", "评价对象", "salesperson", "rep"),
            example="李敏",
        ),
        day(
            "answered_on",
            "答卷日期",
            "Answered on",
            also=("日期", "提交时间", "调查日期", "date"),
            example="2026-05-12",
        ),
        text(
            "item",
            "题目",
            "Item",
            need=True,
            also=("问题", "评价项目", "指标", "item", "question"),
            example="响应速度",
            usual=ITEMS,
        ),
        number(
            "score",
            Kind.COUNT,
            "得分",
            "Score",
            "points",
            need=True,
            also=("评分", "分数", "score", "rating"),
            check="score BETWEEN 0 AND 10",
            example="4",
        ),
        coded("scale", "满分", "Best score of the scale", SCALES, also=("分制", "满分值"), example="5"),
        text("words", "补充意见", "In their words", also=("意见", "备注", "建议", "comment"), example="回复很快"),
    ),
    dated="answered_on",
    latest_wins=True,
)
