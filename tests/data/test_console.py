"""A command line whose reader has gone ends without a word; otherwise it ends as it says."""

import subprocess
import sys

import pytest

from data import console
from tests.conftest import ROOT

LONG = (
    "from data.console import run; import sys\ndef main():\n    print('x' * 10**6)\n    return 3\nsys.exit(run(main))"
)


def test_a_reader_who_goes_away_ends_it_quietly():
    process = subprocess.Popen(
        [sys.executable, "-c", LONG], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stderr
    process.stdout.close()

    assert (process.stderr.read(), process.wait(30)) == ("", console.GONE)
    process.stderr.close()


@pytest.mark.parametrize("code", [0, 3])
def test_a_reader_who_stays_gets_the_exit_code(code: int):
    assert console.run(lambda: code) == code
