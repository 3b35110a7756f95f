"""Benches: ratios measured side by side in one run, on generated data; never a timed test. `python -m bench -h`."""
