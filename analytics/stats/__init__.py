"""Statistics on arrays: numpy in, dataclasses out; no store, no text."""
