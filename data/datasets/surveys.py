"""Surveys: what people at the accounts answer about our sales people; the role answers, never a name."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, day, number, text
from data.text import Text

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
        ),
        text(
            "role",
            "答卷人岗位",
            "Respondent's role",
            need=True,
            also=("岗位", "职务", "角色", "role"),
            example="采购主管",
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
            "item", "题目", "Item", need=True, also=("问题", "评价项目", "指标", "item", "question"), example="响应速度"
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
        number(
            "scale",
            Kind.COUNT,
            "满分",
            "Best score of the scale",
            "points",
            also=("分制", "满分值"),
            check="scale IN (5, 10)",
            example="5",
        ),
        text("words", "补充意见", "In their words", also=("意见", "备注", "建议", "comment"), example="回复很快"),
    ),
    dated="answered_on",
    latest_wins=True,
)
