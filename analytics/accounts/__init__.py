"""The accounts: who makes the sales, who moves them, who slips, who reaches the target, with which products."""

from analytics.accounts import (
    alarms,
    bridge,
    change,
    channel,
    contacts,
    contributions,
    landing,
    products,
    ranking,
    returns,
    slipping,
    target,
    wallet,
)
from data.text import Text

TITLE = Text("客户业绩", "Accounts")
QUESTIONS = (
    ranking,
    bridge,
    contributions,
    change,
    target,
    landing,
    products,
    alarms,
    slipping,
    channel,
    returns,
    wallet,
    contacts,
)
