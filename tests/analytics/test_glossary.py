"""The figures in words: docs/metrics.md is what the metrics say today."""

from analytics.glossary import GOOD, UNITS, as_markdown
from analytics.metrics import METRICS
from tests.conftest import ROOT


def test_the_document_is_made_from_the_metrics():
    committed = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")

    assert committed == as_markdown(), "make it anew: python -m analytics docs > docs/metrics.md"


def test_every_metric_stands_in_it_with_both_names_unit_direction_and_source():
    said = as_markdown()

    for metric in METRICS:
        section = said.partition(f"## {metric.name.zh} {metric.name.en}\n")[2].partition("\n## ")[0]
        for words in (metric.meaning, UNITS[metric.unit], GOOD[metric.better]):
            assert words.zh in section and words.en in section
        assert f"`{metric.id}`" in section and metric.source in section


def test_the_readme_leads_to_it():
    assert "(docs/metrics.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
