"""`python -m bench.spark.fetch`: what a cluster needs, fetched beforehand; nothing where it is there already."""

from bench.server import installed
from bench.spark.cluster import SPARK, VENV

if __name__ == "__main__":
    installed(VENV, SPARK)
