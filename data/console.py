"""What both command lines need of a terminal: an end without a traceback when whoever reads them has gone."""

import os
import sys
from collections.abc import Callable

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
