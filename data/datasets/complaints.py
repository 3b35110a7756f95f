"""Complaints: what an account complained of, about whom or what, and when it was settled."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, SKU, day, number, optional, text
from data.text import Text

COMPLAINTS = Dataset(
    name="complaints",
    title=Text("客户投诉", "Complaints"),
    grain=Text("每件投诉一行", "One row per complaint"),
    key=("complaint",),
    fields=(
        text(
            "complaint",
            "投诉编号",
            "Complaint",
            need=True,
            also=("投诉单号", "工单号", "complaintid"),
            example="TS0001",
        ),
        ACCOUNT,
        ACCOUNT_NAME,
        day("raised_on", "投诉日期", "Raised on", also=("日期", "受理日期", "登记日期", "date"), example="2026-05-08"),
        text(
            "theme", "投诉类别", "Theme", need=True, also=("类别", "投诉类型", "问题类别", "theme"), example="送货延误"
        ),
        text("rep", "涉及业务员", "Rep concerned", also=("业务员", "客户经理", "责任人"), example="李敏"),
        optional(SKU),
        number(
            "severity",
            Kind.COUNT,
            "严重程度",
            "Severity",
            "1 low to 3 high",
            also=("级别", "等级", "severity"),
            check="severity BETWEEN 1 AND 3",
            example="2",
        ),
        day(
            "closed_on",
            "办结日期",
            "Closed on",
            need=False,
            also=("关闭日期", "处理完成日期", "closeddate"),
            example="2026-05-14",
        ),
        text(
            "words",
            "投诉内容",
            "In their words",
            also=("内容", "问题描述", "备注", "description"),
            example="到货晚了五天",
        ),
    ),
    dated="raised_on",
    latest_wins=True,
)
