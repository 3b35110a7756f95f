"""Complaints: what an account complained of, about whom or what, and when it was settled."""

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, DEGREES, SKU, coded, day, optional, text
from data.text import Text

THEMES = (
    Text("送货延误", "Late delivery"),
    Text("产品质量", "Product quality"),
    Text("返利兑付", "Rebate payment"),
    Text("安装服务", "Installation"),
    Text("沟通不畅", "Communication"),
    Text("价格变动", "Price changes"),
    Text("其他", "Other"),
)

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
            "theme",
            "投诉类别",
            "Theme",
            need=True,
            also=("类别", "投诉类型", "问题类别", "theme"),
            example="送货延误",
            usual=THEMES,
        ),
        text("rep", "涉及业务员", "Rep concerned", also=("业务员", "客户经理", "责任人"), example="李敏"),
        optional(SKU),
        coded("severity", "严重程度", "Severity", DEGREES, also=("级别", "等级", "severity"), example="2"),
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
    typed=True,
)
