"""What the data means. Pure: no Streamlit, no clock, no network, no files but the SQL beside each question."""

from types import ModuleType

from analytics import accounts, barometer, frontline, health, portfolio, promotions, supply, trials

SUBJECTS: dict[str, ModuleType] = {
    "barometer": barometer,
    "accounts": accounts,
    "portfolio": portfolio,
    "supply": supply,
    "frontline": frontline,
    "trials": trials,
    "promotions": promotions,
    "health": health,
}


def questions() -> dict[str, ModuleType]:
    """Every question by its name on the command line: "accounts.ranking" → module."""
    return {
        f"{subject}.{question.__name__.rpartition('.')[2]}": question
        for subject, package in SUBJECTS.items()
        for question in package.QUESTIONS
    }
