"""The figures of frontline training; `analytics.metrics` lists them with all others."""

from analytics.metric import Metric
from data.text import Text

TRAINING_LIFT = Metric(
    "training_lift",
    Text("培训提升", "Lift of training"),
    "change",
    1,
    "up",
    Text(
        "培训后第 1—8 周比前 8 周多卖的比例，减去同客户未培训门店的变化（双重差分，按件数），带 80% 范围。",
        "Pieces of weeks 1-8 after a session over the 8 weeks before, beyond what untrained stores of the account did "
        "(difference in differences), with the range that holds 80%.",
    ),
    "frontline.lift; stats.staggered",
)
TRAINING_TOTAL = Metric(
    "training_lift_total",
    Text("培训提升，我方全部", "Lift, everything of ours"),
    "change",
    1,
    "up",
    Text(
        "同上，但按门店卖的我方全部产品算；竞品不在数据里。",
        "The same of everything of ours that the store sells; competitors' brands are not in the file.",
    ),
    "frontline.lift; stats.staggered",
)
STORES_COVERED = Metric(
    "stores_covered",
    Text("门店覆盖", "Stores covered"),
    "ratio",
    0,
    "up",
    Text(
        "近 12 个月有过培训的门店 ÷ 客户的门店数（客户档案，没有时按终端销售里出现的门店）。",
        "Stores with a session in twelve months over the accounts' stores (master, or else those that sell-out names).",
    ),
    "frontline.coverage; trainings, accounts.stores",
)
STAFF_COVERED = Metric(
    "staff_covered",
    Text("导购覆盖", "Staff covered"),
    "ratio",
    0,
    "up",
    Text(
        "有培训的门店里，人数最多的一场的参训人数之和 ÷ 这些门店的导购人数之和。",
        "At stores with a session: people at the largest session of each over the staff of these stores.",
    ),
    "frontline.coverage; trainings.trained, staff",
)
TRAINING_GAIN = Metric(
    "training_to_gain",
    Text("培训可多卖", "To gain by training"),
    "CNY",
    0,
    "neither",
    Text(
        "没培训的重点门店 8 周的销售 × 培训后 8 周平均提升，带 80% 范围。",
        "What important stores without a session sell in 8 weeks × the lift of a session, with its 80% range.",
    ),
    "frontline.untrained; stats.staggered",
)
REACTION = Metric(
    "training_reaction",
    Text("学员满意度", "Reaction"),
    "number",
    1,
    "up",
    Text("5 分制，按参训人数加权。", "Of 5 points, weighted by the people trained."),
    "frontline.learned; trainings.reaction",
)
SCORE = Metric(
    "training_score",
    Text("测试分", "Test score"),
    "number",
    0,
    "up",
    Text("百分制，按参训人数加权。", "Of 100 points, weighted by the people trained."),
    "frontline.learned; trainings.score",
)
SCORE_GAIN = Metric(
    "training_score_gain",
    Text("测试提高", "Gain in the test"),
    "points",
    0,
    "up",
    Text(
        "训后减训前（百分制），按参训人数加权，带 80% 范围（按场次）。",
        "Score after minus score before, of 100, weighted by the people trained; 80% range over sessions.",
    ),
    "frontline.learned; trainings.score, score_before",
)
PASSED = Metric(
    "training_passed",
    Text("测试通过", "Tests passed"),
    "ratio",
    0,
    "up",
    Text("平均分达到 60 分的场次 ÷ 有测试的场次。", "Sessions whose mean score reached 60 over sessions with a test."),
    "frontline.learned; trainings.score",
)
PRACTICE = Metric(
    "training_practice",
    Text("现场应用", "Practice in the store"),
    "ratio",
    0,
    "up",
    Text(
        "现场检查达标的比例，按参训人数加权。", "Share of checks passed in the store, weighted by the people trained."
    ),
    "frontline.learned; trainings.practice",
)
