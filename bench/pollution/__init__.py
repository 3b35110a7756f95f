"""Seeded dirty files after Pollock (VLDB 2023), and what the reader makes of them."""
