"""One home: the demo until one's own data begin, the two never mixed, the demo made once by each version."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from data.datasets import BY_NAME
from data.home import Home
from data.lake import arrow_schema
from data.store import Store
from tests.conftest import giver

ROW = {"account": "mine", "sold_on": "2026-06-01", "qty": 1}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing was done yet."""
    return Home(tmp_path / "home", memory_mb=256)


@pytest.fixture(autouse=True)
def company(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A demo company of one account, called `name`; `made` counts how often it was made up."""
    told = SimpleNamespace(name="first", made=0)
    contract = BY_NAME["accounts"]
    schema = arrow_schema(contract).remove(len(contract.fields))

    def made_up() -> SimpleNamespace:
        told.made += 1
        row = {"account": "demo", "account_name": told.name}
        return SimpleNamespace(tables={"accounts": pa.Table.from_pylist([row], schema=schema)})

    monkeypatch.setattr("data.samples.company", made_up)
    return told


def names(store: Store) -> list[str]:
    store.version()
    return [name for (name,) in store.execute("SELECT name FROM account_dim ORDER BY account")]


def test_a_new_home_shows_the_demo_as_soon_as_it_is_made(home):
    assert (home.is_demo, home.is_ready) == (True, False)
    home.make_demo()

    assert (home.is_demo, home.is_ready) == (True, True)
    assert names(home.store()) == ["first"]


def test_looking_into_ones_own_empty_store_does_not_end_the_demo(home):
    home.make_demo()

    assert names(home.own()) == []
    assert home.is_demo and names(home.store()) == ["first"]


def test_what_is_published_into_ones_own_store_ends_the_demo_and_does_not_mix_with_it(home):
    home.make_demo()
    giver(home.own())("sell_out", ROW)

    assert (home.is_demo, home.is_ready) == (False, True)
    assert home.store() is home.own()
    assert names(home.store()) == ["mine"]


def test_a_lake_alone_is_enough_for_another_process_to_know_that_the_demo_is_over(home):
    giver(home.own())("sell_out", ROW)
    assert not (home.path / "begun").exists()

    other = Home(home.path, memory_mb=256)

    assert (other.is_demo, other.is_ready) == (False, True)
    assert names(other.store()) == ["mine"]


def test_to_begin_removes_the_demo_for_good(home):
    home.make_demo()
    home.begin()

    assert (home.is_demo, home.is_ready) == (False, True)
    assert not (home.path / "demo").exists()
    assert home.store() is home.own() and names(home.store()) == []
    home.make_demo()
    assert not (home.path / "demo").exists()


def test_one_may_begin_before_anything_was_made_and_more_than_once(home):
    home.begin()
    home.begin()

    assert not home.is_demo and not Home(home.path).is_demo


def test_a_session_that_still_asks_the_demo_gets_its_answer(home):
    home.make_demo()
    store = home.store()
    home.begin()

    assert store.execute("SELECT name FROM account_dim") == [("first",)]


def test_the_demo_is_made_once_and_its_making_is_told(home, company):
    told: list[tuple[float, str]] = []
    for _ in range(2):
        home.make_demo(lambda share, text: told.append((share, text.en)))

    assert company.made == 1
    assert [share for share, _ in told] == sorted({share for share, _ in told}) and 0 <= told[0][0] <= told[-1][0] < 1
    assert told[-1][1] == f"Making up the demo company: {BY_NAME['accounts'].title.en}"


def test_two_that_come_at_once_make_it_once(home, company):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: home.make_demo(), range(2)))

    assert company.made == 1 and names(home.store()) == ["first"]


def test_another_process_finds_it_made(home, company):
    home.make_demo()
    other = Home(home.path, memory_mb=256)
    other.make_demo()

    assert company.made == 1 and names(other.store()) == ["first"]


def test_a_demo_of_another_version_is_made_anew_and_not_on_top(home, company):
    home.make_demo()
    assert names(home.store()) == ["first"]
    (home.path / "demo" / "made").write_text("another version")
    company.name = "second"

    assert not home.is_ready
    home.make_demo()

    assert home.is_ready and names(home.store()) == ["second"]
    assert len(home.store().lake.batches()) == 1


def test_a_demo_left_half_made_by_a_kill_is_made_anew(home):
    giver(home.store())("sell_out", {**ROW, "account": "half"})

    assert home.is_demo and not home.is_ready
    home.make_demo()

    assert names(home.store()) == ["first"]


def test_what_is_published_where_the_demo_is_shown_belongs_to_the_demo(home):
    home.make_demo()
    shown = home.shown()

    assert shown.own() is home.store()
    giver(shown.own())("accounts", {"account": "new", "account_name": "second"})
    shown.begin()

    assert home.is_demo and home.is_ready and names(home.store()) == ["first", "second"]
    home.begin()
    assert home.shown() is home and not (home.path / "demo").exists()
