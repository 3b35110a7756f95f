"""The contracts in words: docs/datasets.md is what they say today, and every field is explained."""

import pytest

from data.contract import Dataset
from data.datasets import BY_NAME, DATASETS
from data.guide import UNITS, as_markdown, choices, kind, note
from tests.conftest import ROOT

every_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)


def test_the_committed_page_is_what_the_contracts_say():
    committed = (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8")

    assert committed == as_markdown(DATASETS), "make it anew: python -m data docs > docs/datasets.md"


def test_the_readme_leads_to_the_page():
    assert "(docs/datasets.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@every_dataset
def test_every_unit_is_said_in_both_languages(dataset: Dataset):
    for field in dataset.fields:
        assert field.unit in UNITS, field.name
        assert not field.unit or (UNITS[field.unit].zh in kind(field).zh and UNITS[field.unit].en in kind(field).en)


def test_no_unit_is_explained_that_no_field_has():
    assert set(UNITS) == {field.unit for dataset in DATASETS for field in dataset.fields}


def test_a_note_says_kind_unit_need_list_and_example():
    lines = note(BY_NAME["events"].field("importance"), "en").split("\n")

    assert lines == ["Importance", "a word of the list", "optional", "only: 1 Low, 2 Medium, 3 High", "such as High"]
    assert note(BY_NAME["sell_out"].field("qty"), "zh").split("\n") == [
        "数量",
        "数量，最多三位小数；单位：件",
        "必需",
        "例如 12",
    ]


def test_a_usual_list_says_that_other_words_are_kept():
    assert choices(BY_NAME["promotions"].field("mechanic")).en.endswith("others are kept as written")
    assert choices(BY_NAME["sell_out"].field("qty")).en == ""


def test_the_page_survives_a_bar_in_a_header():
    rows = [line for line in as_markdown(DATASETS).splitlines() if line.startswith("| `")]

    assert len(rows) == sum(len(dataset.fields) for dataset in DATASETS)
    assert {line.replace("\\|", "").count("|") for line in rows} == {9}
