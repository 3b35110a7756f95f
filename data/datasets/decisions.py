"""Decisions: what the monthly review decided, who does it until when, and what became of it."""

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, day, month, optional, text
from data.text import Text

STATES = (Text("进行中", "Open"), Text("完成", "Done"), Text("取消", "Dropped"))

DECISIONS = Dataset(
    name="decisions",
    title=Text("月会决议", "Decisions of the review"),
    grain=Text("每项决议一行", "One row per decision"),
    key=("decision",),
    fields=(
        text("decision", "决议编号", "Decision", need=True, also=("事项编号", "编号", "decisionid"), example="JY0001"),
        month("month", "评审月份", "Month reviewed", also=("月份", "期间", "会议月份"), example="2026-05"),
        day("decided_on", "决议日期", "Decided on", also=("日期", "会议日期", "date"), example="2026-06-08"),
        text(
            "words",
            "决议内容",
            "What was decided",
            need=True,
            also=("内容", "事项", "决定", "decisiontext"),
            example="旺季前给恒丰补足滚筒库存",
        ),
        optional(ACCOUNT),
        ACCOUNT_NAME,
        text("owner", "负责人", "Owner", need=True, also=("责任人", "经办人", "owner"), example="李敏"),
        day("due_on", "到期日期", "Due on", also=("应完成日期", "截止日期", "期限", "duedate"), example="2026-06-30"),
        text(
            "state", "状态", "State", also=("进度", "完成情况", "status"), example="进行中", usual=STATES, closed=True
        ),
        day(
            "closed_on",
            "完成日期",
            "Closed on",
            need=False,
            also=("办结日期", "实际完成日期", "closeddate"),
            example="2026-06-26",
        ),
        text("outcome", "结果", "Outcome", also=("落实情况", "备注", "result"), example="滚筒已到货 600 台"),
    ),
    dated="decided_on",
    latest_wins=True,
    typed=True,
)
