"""`python -m bench.pollution`: the table of all kinds under both contracts, each file through a process of its own."""

import sys
import tempfile
from pathlib import Path

from bench.pollution.kinds import files
from bench.pollution.scores import TEXT, TYPED, mean, printed, scores


def main() -> int:
    """Print the table under both contracts."""
    for title, dataset in (("all text", TEXT), ("typed", TYPED)):
        with tempfile.TemporaryDirectory() as work:
            found = list(scores(dataset, Path(work), files()))
        silent = sum(bool(one.silent) for one in found)
        print(f"{title}: {len(found)} files, score {mean(found):.3f}, silent {silent} ({silent / len(found):.1%})")
        print(printed(found), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
