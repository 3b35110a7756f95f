PYTHON ?= python3

.PHONY: all lint types test test-spark bench

all: lint types test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m pyright

test:
	$(PYTHON) -m pytest -n 2 --dist loadgroup

test-spark:  # a real cluster on this machine; needs Java 17 or newer, fetches 450 MB once
	$(PYTHON) -m bench.spark

bench:
	$(PYTHON) -m bench
