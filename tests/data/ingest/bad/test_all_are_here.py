"""Every bad input has its test."""

import ast
import re
from pathlib import Path

CASES = range(1, 90)


def test_each_of_the_89_cases_has_a_test_that_carries_its_number():
    numbers: dict[str, str] = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (found := re.match(r"test_(\d\d)_", node.name)):
                numbers[node.name] = found[1]
                assert (ast.get_docstring(node) or "").startswith(f"{int(found[1])} "), node.name
    assert {int(number) for number in numbers.values()} == set(CASES)
