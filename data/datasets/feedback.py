"""Feedback: cards on which people at the account say what they think of a trial product."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, SKU, STORE, day, number, optional, text
from data.text import Text

ROLES = (
    Text("店长", "Store manager"),
    Text("导购", "Sales clerk"),
    Text("采购", "Buyer"),
    Text("顾客", "Shopper"),
)
THEMES = (
    Text("噪音", "Noise"),
    Text("价格", "Price"),
    Text("外观", "Looks"),
    Text("功能", "Functions"),
    Text("质量", "Quality"),
    Text("安装", "Installation"),
    Text("包装", "Packaging"),
    Text("其他", "Other"),
)

FEEDBACK = Dataset(
    name="feedback",
    title=Text("试点反馈卡", "Trial feedback"),
    grain=Text("每张反馈卡一行", "One row per card"),
    key=("card",),
    fields=(
        text("card", "反馈编号", "Card", need=True, also=("卡号", "反馈单号", "序号", "feedbackid"), example="FK0001"),
        text("trial", "试点编号", "Trial", need=True, also=("试销编号", "试点代码", "trialid"), example="SD01"),
        ACCOUNT,
        ACCOUNT_NAME,
        STORE,
        optional(SKU),
        day("given_on", "反馈日期", "Given on", also=("日期", "填写日期", "date"), example="2026-03-20"),
        text("role", "反馈人角色", "Role", also=("角色", "身份", "岗位", "role"), example="导购", usual=ROLES),
        text("theme", "主题", "Theme", also=("意见分类", "问题类别", "topic", "theme"), example="噪音", usual=THEMES),
        number(
            "score",
            Kind.COUNT,
            "评分",
            "Score",
            "points of 5",
            also=("分数", "满意度", "score", "rating"),
            check="score BETWEEN 1 AND 5",
            example="4",
        ),
        text(
            "words",
            "意见内容",
            "In their words",
            also=("意见", "反馈内容", "备注", "comment"),
            example="脱水比老款安静",
        ),
    ),
    dated="given_on",
    latest_wins=True,
    typed=True,
)
