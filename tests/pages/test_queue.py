"""Several files on their way together: each by itself, and the list that holds them."""

import pytest

from pages.ui import queue as queues
from pages.ui.queue import Queue, State

TWO = [("a.csv", memoryview(b"1")), ("b.csv", memoryview(b"22"))]


@pytest.fixture
def queue(tmp_path) -> Queue:
    queue = Queue()
    queue.begin("sell_out", TWO, tmp_path)
    return queue


def test_every_file_waits_on_disk_under_a_name_of_our_own(queue, tmp_path):
    assert [(file.wizard.name, file.wizard.dataset, file.state) for file in queue.files] == [
        ("a.csv", "sell_out", State.WAITING),
        ("b.csv", "sell_out", State.WAITING),
    ]
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"1", b"22"]


def test_new_files_take_the_place_of_those_that_waited(queue, tmp_path):
    queue.begin("stock", TWO[:1], tmp_path)

    assert len(queue.files) == 1 and [path.read_bytes() for path in tmp_path.iterdir()] == [b"1"]


def test_a_file_that_is_given_up_is_deleted_and_the_others_stay(queue, tmp_path):
    queue.current = queue.files[0]

    queue.remove(queue.files[0])

    assert [file.wizard.name for file in queue.files] == ["b.csv"] and queue.current is None
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"22"]


def test_only_files_of_the_states_are_worked_on_and_progress_is_told_before_each(queue):
    queue.files[1].state = State.READY
    done = []

    steps = list(queue.each((State.WAITING, State.READY), lambda file: done.append(file.wizard.name)))

    assert (steps, done) == ([(0, 2), (1, 2)], ["a.csv", "b.csv"])
    assert list(queue.each((State.REFUSED,), lambda file: done.append("never"))) == [] and "never" not in done


@pytest.mark.parametrize(
    ("rows", "seconds", "speed"),
    [(1000, 0.05, None), (1000, 0.1, 10_000.0), (999, 5.0, None)],
    ids=["short", "long", "few rows"],
)
def test_a_speed_is_told_once_it_says_something(rows, seconds, speed):
    assert Queue(rows=rows, seconds=seconds).speed == (None if speed is None else pytest.approx(speed))
    assert queues.SHORTEST == 0.05
