"""Opinions: what an account said at the symposium about product, service, marketing and development."""

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, CATEGORY, coded, day, text
from data.text import Text

TOPICS = (
    Text("产品", "Product"),
    Text("服务", "Service"),
    Text("营销", "Marketing"),
    Text("研发", "Development"),
)
MOODS = {"-1": Text("批评", "Critical"), "0": Text("中性", "Neutral"), "1": Text("满意", "Content")}

OPINIONS = Dataset(
    name="opinions",
    title=Text("座谈会意见", "Symposium opinions"),
    grain=Text("每条意见一行", "One row per opinion"),
    key=("opinion",),
    fields=(
        text("opinion", "意见编号", "Opinion", need=True, also=("编号", "序号", "opinionid"), example="YJ0001"),
        text(
            "symposium", "座谈会", "Symposium", need=True, also=("会议", "座谈会编号", "届次", "年度"), example="2025"
        ),
        day("given_on", "提出日期", "Given on", also=("日期", "会议日期", "date"), example="2025-12-05"),
        ACCOUNT,
        ACCOUNT_NAME,
        text(
            "topic", "议题", "Topic", need=True, also=("意见类别", "topic"), example="产品", usual=TOPICS, closed=True
        ),
        text("theme", "主题", "Theme", also=("关键词", "小类", "theme"), example="噪音"),
        CATEGORY,
        coded("mood", "态度", "Mood", MOODS, also=("倾向", "情绪", "sentiment"), example="-1"),
        text(
            "words",
            "意见内容",
            "In their words",
            also=("意见", "内容", "备注", "comment"),
            example="希望推出更安静的机型",
        ),
        text("owner", "负责部门", "Department that answers", also=("责任部门", "答复部门", "部门"), example="研发部"),
        text("reply", "答复", "Reply", also=("回复", "处理意见", "答复内容"), example="列入 2026 年新品计划"),
        day("replied_on", "答复日期", "Replied on", need=False, also=("回复日期",), example="2025-12-20"),
    ),
    dated="given_on",
    latest_wins=True,
    typed=True,
)
