"""Trainings: a session at a store for the account's own clerks, with what they learned."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, CATEGORY, SKU, STORE, day, number, optional, required, text
from data.text import Text

TRAININGS = Dataset(
    name="trainings",
    title=Text("终端培训", "Trainings"),
    grain=Text("每场培训每门店一行", "One row per session and store"),
    key=("training", "store"),
    fields=(
        text(
            "training",
            "培训编号",
            "Session",
            need=True,
            also=("场次编号", "培训场次", "课程编号", "sessionid"),
            example="PX0101",
        ),
        ACCOUNT,
        ACCOUNT_NAME,
        required(STORE),
        day("held_on", "培训日期", "Held on", also=("日期", "开课日期", "培训时间", "date"), example="2026-04-14"),
        text("topic", "培训主题", "Topic", also=("课程名称", "培训内容", "主题", "course"), example="滚筒洗衣机卖点"),
        CATEGORY,
        optional(SKU),
        text("trainer", "讲师", "Trainer", also=("培训师", "培训讲师", "trainer"), example="周婷"),
        number(
            "trained",
            Kind.COUNT,
            "参训人数",
            "People trained",
            "people",
            need=True,
            also=("培训人数", "到训人数", "实到人数", "attendees"),
            check="trained >= 0",
            example="9",
        ),
        number(
            "staff",
            Kind.COUNT,
            "门店导购人数",
            "Staff in the store",
            "people",
            also=("门店人数", "应到人数", "导购总数", "headcount"),
            check="staff >= 0",
            example="12",
        ),
        number(
            "reaction",
            Kind.RATE,
            "学员满意度",
            "Reaction",
            "points of 5",
            also=("培训满意度", "课程评分", "reaction"),
            check="reaction BETWEEN 1 AND 5",
            example="4.5",
        ),
        number(
            "score_before",
            Kind.RATE,
            "训前测试分",
            "Test score before",
            "points of 100",
            also=("训前成绩", "前测", "pretest"),
            check="score_before BETWEEN 0 AND 100",
            example="58",
        ),
        number(
            "score",
            Kind.RATE,
            "测试分",
            "Test score",
            "points of 100",
            also=("考试成绩", "训后成绩", "考核得分", "后测", "testscore", "posttest"),
            check="score BETWEEN 0 AND 100",
            example="82",
        ),
        number(
            "practice",
            Kind.RATE,
            "现场应用率",
            "Practice seen in the store",
            "share of checks",
            also=("行为达标率", "神秘顾客得分率", "应用率"),
            check="practice BETWEEN 0 AND 1",
            example="0.7",
        ),
        number(
            "hours", Kind.RATE, "课时", "Hours", "hours", also=("培训时长", "时长"), check="hours >= 0", example="2"
        ),
        number(
            "cost", Kind.MONEY, "培训费用", "Cost", "CNY", also=("费用", "成本"), check="cost >= 0", example="2600.00"
        ),
    ),
    dated="held_on",
    latest_wins=True,
    typed=True,
)
