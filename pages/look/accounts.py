"""The accounts: all of them ranked, or the one chosen in the filter bar, on a page that a visit can start from."""

from analytics import glance
from analytics.accounts import QUESTIONS, bridge, change, contributions, products, ranking, target
from analytics.answer import Scope
from analytics.barometer import cover, sales, weather
from analytics.charts.theme import WORDS
from analytics.health import completeness
from analytics.metrics import INDEX
from data.shelf import Account
from data.text import Text
from pages.ui import answers, frame, kit, state
from pages.ui.windows import windows

ALL = Text("{month} · 全部客户", "{month} · all accounts")
ONE = Text("{name} · {region} · {month}", "{name} · {region} · {month}")
NO_NUMBER = Text("没有可比数", "Nothing to compare")
INDEX_OF = Text("该客户的晴雨指数，对照全部客户", "This account's index, against all accounts")
OWNER = Text("{owner}负责 · {index}", "Owner {owner} · {index}")
EVERYWHERE = Text("未分区", "No region")


def everyone(scope: Scope) -> None:
    """Who makes the sales, what moved, who is behind target."""
    rows = answers.rows_of(ranking, scope)
    said = ranking.say(rows, scope)
    left, right = kit.hero()
    with left:
        kit.headline(ALL.fill(month=glance.month_name(scope.month)), *[f.text for f in said[:2]])
    with right:
        total = glance.rolled(rows)
        kit.verdict(
            said[1].level if said else "change",
            total.change or total.shown(state.lang()),
            total.against,
            said[2].text if said else NO_NUMBER,
        )
    _numbers(scope, [glance.spread(rows)])
    windows((bridge, contributions), scope)
    frame.beside((ranking,), (change, cover), scope)
    frame.beside((target,), (products,), scope)


def one(scope: Scope, account: Account) -> None:
    """One account: its weather, its numbers, its months, what moved and with which products."""
    _one_hero(scope, account)
    _numbers(scope, [])
    windows((bridge,), scope)
    frame.beside((sales,), (change,), scope)
    frame.beside((products,), (target, cover), scope)


def _one_hero(scope: Scope, account: Account) -> None:
    left, right = kit.hero()
    said = answers.findings(change, scope) or answers.findings(sales, scope)
    aims = answers.findings(target, scope) if not answers.missing(target) else []
    about = ONE.fill(name=account.name, region=account.region or EVERYWHERE, month=glance.month_name(scope.month))
    with left:
        kit.headline(about, said[0].text if said else NO_NUMBER, aims[0].text if aims else Text("", ""))
    everybody = Scope(scope.as_of, scope.flow, None, scope.regions, scope.categories)  # a tile is measured against all
    row = next((r for r in answers.rows_of(weather, everybody) if r.account == account.code), None)
    with right:
        if row is None or row.index is None or row.level is None:
            kit.empty(NO_NUMBER, completeness.count(answers.rows_of(completeness, scope), scope))
            return
        note = OWNER.fill(owner=row.owner, index=INDEX_OF) if row.owner else INDEX_OF
        kit.verdict(row.level, INDEX.show(row.index, state.lang()), WORDS[row.level], note)


def _numbers(scope: Scope, more: list[glance.Kpi]) -> None:
    aims = None if answers.missing(target) else answers.rows_of(target, scope)
    stock = None if answers.missing(cover) else answers.rows_of(cover, scope)
    frame.numbers(
        [
            glance.sold(answers.rows_of(sales, scope), scope),
            glance.attained(aims),
            glance.rolled(answers.rows_of(ranking, scope)),
            glance.stocked(stock, scope),
            *more,
        ]
    )


asked = frame.filters(QUESTIONS)
chosen = next((a for a in state.shelf().accounts if asked.accounts == (a.code,)), None)
if wanting := answers.missing(sales):
    frame.need(wanting[0], ranking)
elif chosen is None:
    everyone(asked)
else:
    one(asked, chosen)
