"""What is said is said in both languages, and English counts one thing in the singular."""

import pytest

from data.text import Text, same


@pytest.mark.parametrize(
    ("template", "n", "said"),
    [
        ("{n} rows are ready", 1, "1 row is ready"),
        ("{n} rows are ready", "1", "1 row is ready"),
        ("{n} rows are ready", 2, "2 rows are ready"),
        ("{n} rows are ready", 0, "0 rows are ready"),
        ("{n} rows are ready", "1,001", "1,001 rows are ready"),
        ("{n:,} accounts have no manager", 1, "1 account has no manager"),
        ("{n} files were read; {n} rows less", 1, "1 file was read; 1 row less"),
        ("{n} points less", 1, "1 points less"),
        ("file {n}", 1, "file 1"),
    ],
)
def test_one_thing_is_counted_in_the_singular(template, n, said):
    assert Text("{n} 行", template).fill(n=n).en == said


def test_a_name_that_looks_like_a_count_is_left_alone():
    assert same("{file}: {n} rows").fill(file="1 rows.csv", n=3).en == "1 rows.csv: 3 rows"


def test_a_text_in_a_slot_speaks_the_language_it_lands_in_and_a_missing_slot_is_loud():
    assert Text("{a}。", "{a}.").fill(a=Text("是", "yes")) == Text("是。", "yes.")
    with pytest.raises(KeyError):
        same("{a}").fill(b=1)
