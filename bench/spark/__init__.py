"""A real Spark cluster on one machine, to hold the Spark engine against."""
