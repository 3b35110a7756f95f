"""Trials: a new product or measure at some accounts first, with its thresholds fixed before the start."""

from data.contract import Dataset, Kind, Lock, Rule
from data.datasets.fields import SKU, SKU_NAME, day, number, text
from data.text import Text

LATE = Text(
    "晚于试点开始，读数只算探索，不能定论",
    "is after the start of the trial, so that its read-out explores and proves nothing",
)
LOCKED = (
    *("sku", "replaces", "starts_on", "fixed_on"),
    *("hypothesis", "stop_rule", "target_uplift", "target_rate", "go_at", "stop_at"),
)

TRIALS = Dataset(
    name="trials",
    title=Text("新品与措施试点", "Trials"),
    grain=Text("每试点一行", "One row per trial"),
    key=("trial",),
    fields=(
        text("trial", "试点编号", "Trial", need=True, also=("试销编号", "试点代码", "trialid"), example="SD01"),
        text("title", "试点名称", "Trial title", also=("试销名称", "项目名称"), example="样机体验台"),
        SKU,
        SKU_NAME,
        text("replaces", "被替代产品编码", "SKU it may replace", also=("被替代型号", "老品编码"), example="XQG90-B2"),
        day("starts_on", "开始日期", "Starts on", also=("试点开始", "起始日期", "startdate"), example="2026-03-02"),
        day("ends_on", "结束日期", "Ends on", also=("试点结束", "截止日期", "enddate"), example="2026-04-26"),
        day(
            "fixed_on",
            "标准确定日期",
            "Thresholds fixed on",
            need=False,
            also=("立项日期", "审批日期"),
            example="2026-02-20",
            about=Text("标准必须定在试点开始之前", "thresholds count only if fixed before the start"),
        ),
        text(
            "hypothesis",
            "试点假设",
            "Hypothesis",
            also=("假设", "预期效果", "目的"),
            example="体验台使销量提高 10% 以上",
        ),
        text("stop_rule", "终止规则", "Stop rule", also=("终止条件", "退出标准"), example="四周后低于目标一半即停"),
        number(
            "target_uplift",
            Kind.RATE,
            "目标增幅",
            "Target uplift",
            "share of control",
            also=("目标提升", "预期提升"),
            check="target_uplift > -1",
            example="0.05",
            about=Text("比对照多卖多少算成功", "how much more than the controls counts as success"),
        ),
        number(
            "target_rate",
            Kind.RATE,
            "目标周单店销量",
            "Target rate of sale",
            "pcs per store and week",
            also=("目标单店周销", "目标动销"),
            check="target_rate >= 0",
            example="3.0",
        ),
        number(
            "go_at",
            Kind.RATE,
            "推广概率线",
            "Go at probability",
            "probability",
            also=("通过线",),
            check="go_at BETWEEN 0 AND 1",
            example="0.8",
            about=Text("达到目标的概率不低于它就推广", "go when reaching the target is at least this likely"),
        ),
        number(
            "stop_at",
            Kind.RATE,
            "终止概率线",
            "Stop at probability",
            "probability",
            also=("终止线",),
            check="stop_at BETWEEN 0 AND 1",
            example="0.2",
            about=Text("达到目标的概率低于它就终止", "stop when reaching the target is less likely than this"),
        ),
        text("owner", "负责人", "Owner", also=("责任人", "项目经理"), example="李敏"),
    ),
    dated="starts_on",
    latest_wins=True,
    typed=True,
    rules=(Rule("fixed_late", "fixed_on", "fixed_on > starts_on", LATE, needs=("starts_on",), noted=True),),
    locked_after=Lock(LOCKED, "starts_on", "fixed_on"),
)
