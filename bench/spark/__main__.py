"""`make test-spark`: the tests of both engines against a real standalone cluster instead of the stand-in."""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.spark.cluster import cluster

ROOT = Path(__file__).parents[2]
TESTS = ("tests/test_both_engines.py", "tests/data/test_spark.py")


def main() -> int:
    """Start a cluster, run the tests on it, print how long both took; the exit code is that of the tests."""
    start = time.monotonic()
    with cluster() as address:
        up = time.monotonic()
        print(f"cluster up at {address} after {up - start:.0f} s", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", *TESTS, *sys.argv[1:]]
        code = subprocess.run(command, cwd=ROOT, env=os.environ | {"WEATHERGLASS_TEST_SPARK": address}).returncode
        print(f"tests took {time.monotonic() - up:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
