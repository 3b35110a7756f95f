"""What every figure means: how it is counted, in which unit, which direction is good, and where it comes from."""

import streamlit as st

from analytics.glossary import GOOD, UNITS
from analytics.metrics import METRICS, Metric
from data.text import Text, same
from pages.ui import kit

EYEBROW = Text("指标口径", "Metrics")
HEAD = Text("{n} 个指标，一处定义，处处同一个口径", "{n} metrics, each defined once and counted alike everywhere")
DO = Text(
    "每张图下面的“明细与口径”也说明同样的口径，并可下载明细。",
    "The details below each chart say the same, and have the rows to download.",
)
UNIT, SOURCE = Text("单位", "Unit"), Text("来源", "Source")
DIRECTION = Text("好坏", "Which way is good")


def show() -> None:
    """All of them, in the order in which the pages bring them."""
    kit.headline(EYEBROW, HEAD.fill(n=len(METRICS)), DO)
    for metric in METRICS:
        _entry(metric)


def _entry(metric: Metric) -> None:
    with st.container(key=f"metric-{metric.id}"):
        kit.section(metric.name, metric.meaning)
        facts = ((UNIT, UNITS[metric.unit]), (DIRECTION, GOOD[metric.better]), (SOURCE, same(metric.source)))
        kit.facts(facts)


show()
