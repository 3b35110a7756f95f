PYTHON ?= python3

.PHONY: all lint types test bench docs

all: lint types test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m pyright

test:
	$(PYTHON) -m pytest -n 2 --dist loadgroup

docs:
	$(PYTHON) -m docs.generate

bench:
	$(PYTHON) -m bench.load
	$(PYTHON) -m bench.page
