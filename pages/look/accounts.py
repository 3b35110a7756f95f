"""The accounts: all of them ranked, or the one chosen in the filter bar, on a page that a visit can start from."""

from collections.abc import Sequence
from types import ModuleType

from analytics import glance
from analytics.accounts import (
    QUESTIONS,
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
from analytics.accounts.agenda import agenda, topics
from analytics.answer import Finding, Scope
from analytics.barometer import cover, sales, weather
from analytics.charts.theme import WORDS
from analytics.health import completeness
from analytics.metrics import INDEX
from data.shelf import Account
from data.text import Text, same
from pages.ui import answers, frame, kit, state
from pages.ui.windows import windows

ALL = Text("{month} · 全部客户", "{month} · all accounts")
ONE = Text("{name} · {region} · {month}", "{name} · {region} · {month}")
NO_NUMBER = Text("没有可比数", "Nothing to compare")
INDEX_OF = Text("该客户的晴雨指数，对照全部客户", "This account's index, against all accounts")
OWNER = Text("{owner}负责 · {index}", "Owner {owner} · {index}")
EVERYWHERE = Text("未分区", "No region")
FIRST, TALK = Text("先找谁谈", "Whom to talk to first"), Text("见面谈什么", "What to talk about")
BY_MONEY = Text("按涉及金额，每家只列最大的一条", "By money at stake, the largest of each account")
TOPICS = Text("按涉及金额，没有金额的在后", "By money at stake, those without it last")
NOTHING = Text("没有要专门谈的", "Nothing that needs a talk")
WHO = Text("这是谁", "Who they are")
ABOUT = (
    (Text("编码", "Code"), "code"),
    (Text("客户级别", "Tier"), "tier"),
    (Text("渠道", "Channel"), "channel"),
    (Text("负责人", "Owner"), "owner"),
    (Text("所属集团", "Group"), "parent"),
)
DASH = "–"
TREND = Text("两年走势，{watch} · 单位：{unit}", "Two years, {watch} · in {unit}")
LISTED = 5  # entries of each kind on the page; the details have all
TOLD = (alarms, slipping, channel, returns)  # what an agenda is made from, beside the target


def everyone(scope: Scope) -> None:
    """Who makes the sales and where the year lands, what drove it, whom to talk to."""
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
    _numbers(scope)
    frame.beside((ranking,), (landing,), scope)
    windows((bridge, contributions), scope)
    frame.beside((alarms, channel), (slipping, returns), scope)
    left, right = frame.columns()
    with left:
        _list(FIRST, BY_MONEY, agenda(_told(scope)), named=True)
    with right:
        _landings(scope)
    frame.more((target, cover), (change, products, *((wallet,) if _stated(scope) else ())), scope)


def one(scope: Scope, account: Account) -> None:
    """One account: who it is, its numbers and trend, the year, what moved, what is open, what to talk about."""
    _one_hero(scope, account)
    _numbers(scope)
    left, right = frame.columns()
    with left:
        _list(TALK, TOPICS, topics((*_told(scope), *answers.findings(contacts, scope))), named=False)
        _trend(scope)
        frame.show(sales, scope)
    with right:
        _who(account, scope)
        frame.show(landing, scope)
        frame.show(products, scope)
    _open(scope)
    windows((bridge,), scope)
    left, right = frame.columns()
    with left:
        frame.show(change, scope)
    with right:
        frame.show(target, scope)
        _facts(channel, scope)
        _facts(returns, scope)


def _told(scope: Scope) -> list[Finding]:
    """What an agenda is made from: where the year lands, or how the target stands where there is no forecast."""
    lands = answers.answerable(landing) and landing.head(answers.rows_of(landing, scope)) is not None
    return [f for question in (*TOLD, landing if lands else target) for f in answers.findings(question, scope)]


def _list(title: Text, sub: Text, found: Sequence[Finding], *, named: bool) -> None:
    """Findings by money; `named` says which account each is about."""
    kit.section(title, sub)
    if not found:
        kit.note(NOTHING)
        return
    kit.ranked(
        [
            kit.Line(
                kit.chip(f.level), f.name if named else "", f.text, frame.money(f.weight) if f.weight else "",
                same(f.owner),
            )
            for f in found
        ]
    )  # fmt: skip


def _landings(scope: Scope) -> None:
    """Each account's landing as a bullet, below the fan of all."""
    if answers.answerable(landing) and landing.head(answers.rows_of(landing, scope)):
        kit.section(landing.TARGETS, landing.BY_ACCOUNT)
        frame.figure(landing, scope, "draw_accounts")


def _trend(scope: Scope) -> None:
    """Two years of one account with its alarm marked; a line that cannot be watched says why."""
    rows = answers.rows_of(alarms, scope)
    if len(rows) != 1:
        return
    unit = alarms.course_unit(rows, state.look()).name
    kit.section(alarms.title(rows[0]), TREND.fill(watch=alarms.STATES[rows[0].state], unit=unit))
    frame.figure(alarms, scope, "draw_course")
    frame.details(alarms, rows, scope)


def _who(account: Account, scope: Scope) -> None:
    """What the account master says, with the share of wallet where it states the purchases."""
    kit.section(WHO)
    stated = _stated(scope)
    known = [(label, getattr(account, name) or DASH) for label, name in ABOUT]
    kit.facts([*known, *(fact for row in stated for fact in wallet.facts(row))])
    if stated:
        kit.note(wallet.reason(stated[0]))
        frame.details(wallet, stated, scope)


def _stated(scope: Scope) -> Sequence[wallet.Row]:
    """The accounts whose purchases are known."""
    return answers.rows_of(wallet, scope) if answers.answerable(wallet) else ()


def _facts(question: ModuleType, scope: Scope) -> None:
    """The numbers of one account, where a figure would be one bar."""
    rows = answers.rows_of(question, scope) if answers.answerable(question) else ()
    if len(rows) != 1:
        frame.show(question, scope)
        return
    kit.section(question.title(rows[0]), frame.caption(question, scope))
    kit.facts(question.facts(rows[0]))
    frame.details(question, rows, scope)


def _open(scope: Scope) -> None:
    """Promises, visits, complaints and events, as far as those registers hold anything."""
    rows = answers.rows_of(contacts, scope)
    if not rows:
        return
    kit.section(answers.findings(contacts, scope)[0].text, contacts.SHOWN)
    kinds = [kind for kind in contacts.KINDS if contacts.of(rows, kind)]
    for column, some in zip(frame.columns(), (kinds[::2], kinds[1::2]), strict=True):
        with column:
            for kind in some:
                _entries(kind, contacts.of(rows, kind)[:LISTED])
    frame.details(contacts, rows, scope)


def _entries(kind: str, rows: Sequence[contacts.Row]) -> None:
    kit.ranked(
        [
            kit.Line(
                kit.label(contacts.level(r), contacts.state(r)), contacts.KINDS[kind], same(r.words),
                f"{r.due or r.day}", same(r.who),
            )
            for r in rows
        ]
    )  # fmt: skip


def _one_hero(scope: Scope, account: Account) -> None:
    left, right = kit.hero()
    said = answers.findings(change, scope) or answers.findings(sales, scope)
    aims = _lands(landing, scope) or _lands(target, scope)
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


def _lands(question: ModuleType, scope: Scope) -> Sequence[Finding]:
    return answers.findings(question, scope) if not answers.missing(question) else ()


def _numbers(scope: Scope) -> None:
    aims = None if answers.missing(target) else answers.rows_of(target, scope)
    year = None if answers.missing(landing) else answers.rows_of(landing, scope)
    stock = None if answers.missing(cover) else answers.rows_of(cover, scope)
    frame.numbers(
        [
            glance.sold(answers.rows_of(sales, scope), scope),
            glance.attained(aims),
            glance.reaching(year),
            glance.rolled(answers.rows_of(ranking, scope)),
            glance.stocked(stock, scope),
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
