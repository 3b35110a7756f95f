"""Every figure in words, for the page and for docs/metrics.md: both are made from `Metric` and cannot disagree."""

from collections.abc import Sequence

from analytics.metric import Better, Metric, Unit
from analytics.metrics import METRICS
from data.text import Text

UNITS: dict[Unit, Text] = {
    "CNY": Text("元", "yuan"),
    "pcs": Text("件", "pieces"),
    "ratio": Text("百分比", "per cent"),
    "change": Text("百分比，带正负号", "per cent, signed"),
    "points": Text("点", "points"),
    "index": Text("0 到 100 分", "0 to 100"),
    "days": Text("天", "days"),
    "months": Text("个月", "months"),
    "accounts": Text("家", "accounts"),
    "count": Text("个", "a count"),
    "number": Text("比值", "a plain number"),
}
GOOD: dict[Better, Text] = {
    "up": Text("越高越好", "higher is better"),
    "down": Text("越低越好", "lower is better"),
    "neither": Text("不分好坏", "neither is better"),
}
HEAD = """# Metrics 指标口径

Every figure that the product shows, made from `analytics/metrics.py` by `python -m analytics docs`.
"""


def as_markdown(metrics: Sequence[Metric] = METRICS) -> str:
    """One section a metric."""
    return HEAD + "".join(_section(metric) for metric in metrics)


def _section(metric: Metric) -> str:
    unit, good = UNITS[metric.unit], GOOD[metric.better]
    return (
        f"\n## {metric.name.zh} {metric.name.en}\n\n{metric.meaning.zh}\n\n{metric.meaning.en}\n\n"
        f"`{metric.id}` · {unit.zh} {unit.en} · {good.zh} {good.en} · {metric.source}\n"
    )
