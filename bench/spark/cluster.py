"""A real Spark: one master, two workers of one core and 2 GB, and a Spark Connect server, all on loopback.

`python -m bench.spark.cluster` prints the address and keeps the cluster until Ctrl-C or a kill. The first start
fetches Spark (450 MB) into `.venv-spark`. Java 17 or newer comes from JAVA_HOME or the PATH.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bench.server import answers, free_port, installed, running

SPARK = "pyspark==4.3.0"  # the wheel holds all of Spark, the Connect server included
VENV = Path(__file__).parents[2] / ".venv-spark"
WORKERS = 2
READY = 180  # seconds for one process to start on a loaded machine
MASTER = "master.Master --host 127.0.0.1"
WORKER = "worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 2g"
CONNECT = "SparkSubmit --class org.apache.spark.sql.connect.service.SparkConnectServer"
CONF = """
spark.master {master}
spark.connect.grpc.binding.address 127.0.0.1
spark.connect.grpc.binding.port {connect}
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.memory 1g
spark.executor.memory 1500m
spark.master.rest.enabled false
spark.sql.shuffle.partitions 4
spark.ui.enabled false
spark.driver.extraJavaOptions {brief}
spark.executor.extraJavaOptions {brief}
"""  # an executor's heap lies inside its worker's 2 GB; four shuffle partitions suit two cores, Spark's 200 do not
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # each plan runs once: the second compiler took 40 % of the driver


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a cluster whose executors are up; its processes, logs and scratch files are gone at the end."""
    _need_java()
    home = installed(VENV, SPARK) / "pyspark"
    port, page, connect = free_port(), free_port(), free_port()
    url = f"spark://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="spark-") as folder, ExitStack() as stack:
        (Path(folder) / "spark-defaults.conf").write_text(
            CONF.format(master=url, connect=connect, brief=BRIEF), encoding="utf-8"
        )
        env = {"SPARK_HOME": str(home), "SPARK_CONF_DIR": folder, "SPARK_LOCAL_DIRS": folder}

        def start(name: str, arguments: str, ready: Callable[[], bool]) -> None:
            command = [str(home / "bin" / "spark-class"), *f"org.apache.spark.deploy.{arguments}".split()]
            log = Path(folder) / f"{name}.log"
            stack.enter_context(running(command, log, ready, READY, SPARK_LOCAL_IP="127.0.0.1", **env))

        start("master", f"{MASTER} --port {port} --webui-port {page}", lambda: _count(page, "aliveworkers") == 0)
        for n in range(1, WORKERS + 1):
            start(f"worker-{n}", f"{WORKER} -d worker-{n} {url}", lambda n=n: _count(page, "aliveworkers") == n)
        start("connect", CONNECT, lambda: answers(connect) and _count(page, "coresused") == WORKERS)
        yield f"sc://127.0.0.1:{connect}"


def _count(page: int, what: str) -> int:
    """A number of the master's own account of the cluster; -1 until it gives one: its page is empty at first."""
    with (
        suppress(OSError, json.JSONDecodeError),
        urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer,
    ):
        return json.load(answer)[what]
    return -1


def _need_java() -> None:
    java = Path(os.environ.get("JAVA_HOME", "/nowhere")) / "bin" / "java"
    if not java.exists() and not shutil.which("java"):
        raise RuntimeError("no Java: apt-get install openjdk-17-jre-headless, or set JAVA_HOME to a JDK of 17 or newer")


def main() -> None:
    """Print the address; leave in order on SIGTERM as on Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with suppress(KeyboardInterrupt), cluster() as address:
        print(address, flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
