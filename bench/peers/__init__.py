"""The same six questions by hand: SQL on the raw table, pandas and polars on a frame.

Each gives the figures that `bench.figures` takes from our rows; the bench holds them to the cent before it times them.
"""
