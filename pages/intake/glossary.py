"""What every figure means: how it is counted, in which unit, which direction is good, and where it comes from."""

from analytics.glossary import GOOD, UNITS
from analytics.metrics import METRICS, Metric
from data.text import Text
from pages.ui import kit

EYEBROW = Text("指标口径", "Metrics")
HEAD = Text("{n} 个指标，一处定义，处处同一个口径", "{n} metrics, each defined once and counted alike everywhere")
DO = Text(
    "每张图下面的“明细与口径”也说明同样的口径，并可下载明细。",
    "The details below each chart say the same, and have the rows to download.",
)
SAID = Text("{meaning}来源：{source}", "{meaning} Source: {source}")


def show() -> None:
    """All of them, in the order in which the pages bring them."""
    kit.headline(EYEBROW, HEAD.fill(n=len(METRICS)), DO)
    kit.ranked([_line(metric) for metric in METRICS], wide=True)


def _line(metric: Metric) -> kit.Line:
    chip = kit.label("change", GOOD[metric.better])
    said = SAID.fill(meaning=metric.meaning, source=metric.source)
    return kit.Line(chip, metric.name, said, owner=UNITS[metric.unit])


show()
