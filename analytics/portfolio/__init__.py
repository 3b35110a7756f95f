"""The structure of the accounts: who is a key account, how many, who looks after them, how dependent we are."""

from analytics.portfolio import concentration, keys, managers, tiers, twenty
from data.text import Text

TITLE = Text("客户结构", "Portfolio")
QUESTIONS = (twenty, keys, managers, concentration, tiers)
