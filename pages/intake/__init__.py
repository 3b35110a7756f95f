"""Pages that bring data in and take it out again."""
