"""What the data is: contracts, ingest, lake, store. Imports nothing above it."""
