"""What command lines need of a terminal: exit codes, and an end without a traceback when the reader has gone."""

import os
import sys
from collections.abc import Callable

LOADED, REFUSED, ASKED, HANDED_BACK = 0, 2, 3, 4  # what became of a file
WORST_FIRST = (REFUSED, ASKED, HANDED_BACK, LOADED)  # of many files the worst decides
GONE = 128 + 13  # as a shell calls a process that SIGPIPE ended, which Python turns into an exception


def run(main: Callable[[], int]) -> int:
    """The exit code of `main`; `GONE` when its output is read no further (`... | head`)."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its own end
        return GONE
    return code
