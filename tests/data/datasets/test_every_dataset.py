"""Every contract, also the one added tomorrow: complete in both languages, unambiguous, true to its own template."""

import re
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from data.contract import Dataset, Field, Kind, plain
from data.datasets import BY_NAME, DATASETS
from data.ingest.match import match
from data.marts import ddl
from data.text import LANGS, Lang

every_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
DUTIES = {  # every input that DOMAIN.md names
    *("sell_in", "sell_out", "stock", "orders", "accounts", "products", "targets", "promotions", "agreements", "tiers"),
    *("payments", "contests", "trials", "trial_scope", "feedback", "trainings", "visits", "promises", "events"),
    *("surveys", "complaints", "attendance", "opinions", "account_forecasts", "pulse", "calendar", "aliases"),
    *("decisions", "own_stock", "approvals"),
}
SUM_UP = {"sell_in", "sell_out", "stock", "payments"}  # transactions and counts: rows add up, none replaces another


def official(field: Field) -> set[str]:
    """The headers that our own templates and exports use, folded."""
    return {plain(header) for header in (field.name, field.label.zh, field.label.en)}


def parsed(field: Field) -> object:
    """The example as the simplest reader would take it; raises where it is not of the field's kind."""
    match field.kind:
        case Kind.TEXT:
            return field.example
        case Kind.DATE:
            return date.fromisoformat(field.example)
        case Kind.MONTH:
            return date.fromisoformat(f"{field.example}-01")
        case Kind.QUANTITY | Kind.MONEY:
            return Decimal(field.example)
        case Kind.COUNT:
            return int(field.example)
        case Kind.RATE:
            return float(field.example)
        case Kind.FLAG:
            return {"是": True, "否": False}[field.example]


def test_every_input_of_the_department_has_a_contract():
    assert set(BY_NAME) >= DUTIES


def test_no_two_datasets_share_a_name_or_title():
    assert len(BY_NAME) == len(DATASETS)
    for lang in LANGS:
        assert len({dataset.title[lang] for dataset in DATASETS}) == len(DATASETS)


@every_dataset
def test_everything_is_said_in_both_languages(dataset: Dataset):
    told = [field.about for field in dataset.fields if field.about]
    for said in (dataset.title, dataset.grain, *(field.label for field in dataset.fields), *told):
        assert said.zh.strip() and said.en.strip()
        assert re.search(r"[一-鿿]", said.zh)
        assert not re.search(r"[一-鿿]", said.en)


@every_dataset
def test_fields_are_there_once_and_what_names_a_field_names_a_real_one(dataset: Dataset):
    names = [field.name for field in dataset.fields]
    kinds = {field.name: field.kind for field in dataset.fields}

    assert len(set(names)) == len(names)
    assert dataset.key and set(dataset.key) <= set(names)
    assert kinds.get(dataset.dated, Kind.DATE) in (Kind.DATE, Kind.MONTH)
    assert kinds.get(dataset.quantity, Kind.QUANTITY) is Kind.QUANTITY
    assert kinds.get(dataset.amount, Kind.MONEY) is Kind.MONEY
    assert all(not name or name in names for name in (dataset.dated, dataset.quantity, dataset.amount))


@every_dataset
def test_every_row_can_be_placed_in_time_where_the_dataset_has_time(dataset: Dataset):
    assert not dataset.dated or dataset.field(dataset.dated).required


@every_dataset
def test_registers_are_replaced_and_transactions_add_up(dataset: Dataset):
    assert dataset.latest_wins == (dataset.name not in SUM_UP)


@every_dataset
def test_what_adds_up_within_a_file_are_quantities_of_a_register(dataset: Dataset):
    assert dataset.latest_wins or not dataset.adds
    assert all(dataset.field(name).kind is Kind.QUANTITY for name in dataset.adds)
    assert not set(dataset.adds) & set(dataset.key)


@every_dataset
def test_no_official_header_can_mean_two_fields(dataset: Dataset):
    owner: dict[str, str] = {}
    for field in dataset.fields:
        for header in official(field):
            assert owner.setdefault(header, field.name) == field.name, header


@every_dataset
def test_no_known_header_of_one_field_is_the_official_one_of_another(dataset: Dataset):
    for field in dataset.fields:
        others = set().union(*(official(other) for other in dataset.fields if other is not field))
        assert not {plain(header) for header in field.also} & others, field.name


@every_dataset
def test_examples_are_of_their_kind_and_pass_their_own_checks(dataset: Dataset):
    for field in dataset.fields:
        assert field.example or not field.required, field.name
        if not field.example:
            continue
        value = parsed(field)
        if field.check:
            cell = f"(SELECT ?::{field.kind.sql} AS {field.name})"
            assert duckdb.execute(f"SELECT {field.check} FROM {cell}", [value]).fetchone() == (True,), field.name


@every_dataset
def test_a_check_says_nothing_about_an_empty_cell(dataset: Dataset):
    for field in dataset.fields:
        if field.check:
            cell = f"(SELECT NULL::{field.kind.sql} AS {field.name})"
            assert duckdb.execute(f"SELECT {field.check} FROM {cell}").fetchone() == (None,), field.name


@every_dataset
def test_numbers_say_their_unit_and_words_have_none(dataset: Dataset):
    for field in dataset.fields:
        if field.kind in (Kind.QUANTITY, Kind.MONEY, Kind.RATE):
            assert field.unit, field.name
        elif field.kind in (Kind.TEXT, Kind.DATE, Kind.MONTH):
            assert not field.unit, field.name


@every_dataset
def test_the_table_can_be_made_in_the_cache(dataset: Dataset):
    with duckdb.connect() as con:
        con.execute(ddl(dataset))
        made = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {dataset.name}").fetchall()}

    assert {field.name: field.kind.sql for field in dataset.fields}.items() <= made.items()


@pytest.mark.parametrize("dataset", [d for d in DATASETS if d.has("account")], ids=lambda dataset: dataset.name)
def test_an_account_is_called_alike_everywhere(dataset: Dataset):
    assert dataset.field("account").label == BY_NAME["accounts"].field("account").label


@pytest.mark.parametrize("name", ["surveys", "feedback", "attendance", "opinions"])
def test_what_people_at_an_account_say_is_never_kept_under_their_name(name: str):
    people = {"respondent_name", "person", "contact", "guest", "phone"}

    assert not people & {field.name for field in BY_NAME[name].fields}


@pytest.mark.parametrize(
    ("name", "value", "ok"), [("depth", 1.0, True), ("depth", 1.01, False), ("depth", -0.01, False)]
)
def test_a_discount_is_a_share_of_the_price(name: str, value: float, ok: bool):
    check = BY_NAME["promotions"].field(name).check

    assert duckdb.execute(f"SELECT {check} FROM (SELECT ?::DOUBLE AS {name})", [value]).fetchone() == (ok,)


@pytest.mark.parametrize(("answer", "ok"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_pulse_knows_three_answers(answer: int, ok: bool):
    for name in ("outlook", "stock_view", "order_plan"):
        check = BY_NAME["pulse"].field(name).check

        assert duckdb.execute(f"SELECT {check} FROM (SELECT ?::BIGINT AS {name})", [answer]).fetchone() == (ok,)


@every_dataset
@pytest.mark.parametrize("lang", LANGS)
def test_the_headers_of_its_own_template_find_their_fields(dataset: Dataset, lang: Lang):
    found = match(dataset, [field.label[lang] for field in dataset.fields])

    assert found.found == {field.name: field.label[lang] for field in dataset.fields}
    assert not found.unused


@every_dataset
def test_a_list_has_different_words_and_its_example_is_one_of_them(dataset: Dataset):
    for field in dataset.fields:
        stored = [choice.value for choice in field.choices]
        for said in (stored, *([choice.label[lang] for choice in field.choices] for lang in LANGS)):
            assert len({word.casefold() for word in said}) == len(stored), field.name
        assert not stored or field.example in stored, field.name
        assert not field.closed or stored, field.name


@every_dataset
def test_no_word_of_a_list_is_another_values_word_in_the_other_language(dataset: Dataset):
    for field in dataset.fields:
        owner: dict[str, str] = {}
        for choice in field.choices:
            for word in {choice.value, choice.label.zh, choice.label.en}:
                assert owner.setdefault(word.casefold(), choice.value) == choice.value, (field.name, word)


@every_dataset
def test_a_number_that_stands_for_a_word_is_one_its_check_lets_pass(dataset: Dataset):
    for field in dataset.fields:
        if field.kind is Kind.COUNT and field.choices:
            values = [int(choice.value) for choice in field.choices]
            sql = f"SELECT bool_and({field.check}) FROM (SELECT unnest(?::BIGINT[]) AS {field.name})"
            assert field.closed and duckdb.execute(sql, [values]).fetchone() == (True,), field.name


@every_dataset
def test_what_can_be_typed_in_is_a_register(dataset: Dataset):
    assert dataset.latest_wins or not dataset.typed
