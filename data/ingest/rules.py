"""Rows whose cells contradict each other, by the rules of their contract: asked about, told, or handed back."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from data.contract import Dataset, Rule
from data.ingest.plan import Plan
from data.ingest.shapes import Question, WrongAnswer
from data.ingest.staging import literal
from data.ingest.timing import ANSWERS, BACK, KEEP
from data.text import Text

RULE = "rule:"  # before a rule's name: the key of its question, and of the reason why its rows are handed back
ASK = Text(
    "有 {count:,} 行的“{field}”{says}，第一处在第 {line:,} 行。要保留吗？",
    "In {count:,} rows “{field}” {says}, first in line {line:,}. Keep them?",
)
TOLD = Text(
    "有 {count:,} 行的“{field}”{says}，第一处在第 {line:,} 行。",
    "In {count:,} rows “{field}” {says}, first in line {line:,}.",
)


def looks(plan: Plan, today: date) -> dict[str, str]:
    """What to ask of the good rows: for each rule, in how many rows it is broken, and in which line first."""
    asked = {}
    for rule in _rules(plan):
        broken = condition(rule, today)
        asked |= {RULE + rule.name: f"count_if({broken})", f"line_{rule.name}": f"min(_line) FILTER (WHERE {broken})"}
    return asked


def condition(rule: Rule, today: date) -> str:
    """SQL: whether a row breaks a rule; never where one of its cells is empty."""
    return f"coalesce({rule.breaks.format(today=f'{literal(today)}::DATE')}, false)"


def questions(plan: Plan, seen: Mapping[str, Any], answers: Mapping[str, str]) -> list[Question]:
    """Whether rows that break a rule are kept. Raises `WrongAnswer`."""
    for rule in plan.dataset.rules:
        if answers.get(RULE + rule.name, KEEP) not in (KEEP, BACK):
            key = RULE + rule.name
            raise WrongAnswer(f"{key} is answered {answers[key]!r}; it takes {KEEP!r} or {BACK!r}")
    return [
        Question(RULE + rule.name, _sentence(ASK, plan, rule, seen), ANSWERS)
        for rule in _rules(plan)
        if seen[RULE + rule.name] and not rule.noted and RULE + rule.name not in answers
    ]


def handed_back(dataset: Dataset, answers: Mapping[str, str], today: date) -> dict[str, str]:
    """The rules whose rows are not wanted: {name: SQL condition}."""
    return {r.name: condition(r, today) for r in dataset.rules if answers.get(RULE + r.name) == BACK}


def remarks(plan: Plan, seen: Mapping[str, Any]) -> Iterator[Text]:
    """What is loaded although it breaks a rule."""
    return (_sentence(TOLD, plan, rule, seen) for rule in _rules(plan) if seen[RULE + rule.name])


def _rules(plan: Plan) -> list[Rule]:
    """The rules that this file has the columns for."""
    return [rule for rule in plan.dataset.rules if {rule.field, *rule.needs} <= plan.columns.keys()]


def _sentence(text: Text, plan: Plan, rule: Rule, seen: Mapping[str, Any]) -> Text:
    assert plan.source.staged
    header = plan.source.staged.headers[plan.columns[rule.field]]
    count, line = seen[RULE + rule.name], seen[f"line_{rule.name}"]
    return text.fill(count=count, field=header, says=rule.says, line=line)
