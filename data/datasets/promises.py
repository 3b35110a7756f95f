"""Promises: what we told an account we would do, by when, and whether it was done."""

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, day, flag, text
from data.text import Text

PROMISES = Dataset(
    name="promises",
    title=Text("承诺台账", "Promises"),
    grain=Text("每项承诺一行", "One row per promise"),
    key=("promise",),
    fields=(
        text("promise", "承诺编号", "Promise", need=True, also=("事项编号", "台账编号", "promiseid"), example="CN0001"),
        ACCOUNT,
        ACCOUNT_NAME,
        day("made_on", "承诺日期", "Made on", also=("日期", "提出日期", "登记日期"), example="2026-05-20"),
        text(
            "words",
            "承诺内容",
            "What was promised",
            need=True,
            also=("事项", "内容", "承诺事项"),
            example="八月前补齐滚筒样机",
        ),
        text("owner", "负责人", "Owner", also=("责任人", "经办人", "owner"), example="李敏"),
        day("due_on", "到期日期", "Due on", also=("应完成日期", "截止日期", "期限", "duedate"), example="2026-07-31"),
        day(
            "closed_on",
            "完成日期",
            "Closed on",
            need=False,
            also=("办结日期", "实际完成日期", "closeddate"),
            example="2026-07-15",
        ),
        flag(
            "kept",
            "是否兑现",
            "Kept",
            also=("已兑现", "是否完成"),
            example="是",
            about=Text("还没到期或没有结果就空着", "empty while it is open"),
        ),
        text("visit", "拜访编号", "Visit it was made on", also=("拜访单号", "来源拜访"), example="BF0001"),
        text("symposium", "座谈会", "Symposium it was made at", also=("会议", "座谈会编号"), example=""),
    ),
    dated="made_on",
    latest_wins=True,
    typed=True,
)
