"""One page for each duty of the department."""
