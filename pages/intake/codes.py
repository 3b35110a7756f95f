"""Codes that may mean the same, for a person to decide; and the aliases in force, each of which can be taken back."""

from collections.abc import Callable

import streamlit as st

from analytics.numbers import plain
from data import naming
from data.lake import Batch
from data.likeness import CODE, NAME
from data.naming import Evidence, Proposal, Told
from data.store import Store
from data.text import Text
from data.vet import called
from pages.ui import access, kit, state, undo

EYEBROW = Text("编码对照", "Names and codes")
HEAD = Text("{n} 对编码可能是同一个", "Pairs of codes that may be the same: {n}")
CALM = Text("没有要核对的编码", "No codes need a look")
DO = Text(
    "认作同一个，以后所有数都记在一个编码下；原文件不改，随时可以撤销，撤销后和原来一分不差。",
    "Once the same, their figures count under one code. Files stay as they came; undo brings every figure back.",
)
WHY = Text(
    "写法不同的客户和产品编码，会列在这里请您定。只差数字的（A01 和 A02，一店和二店）从不列出。",
    "Accounts and products spelled in two ways are listed here for you to decide. What differs by a number never is.",
)
DEMO = Text(
    "示例公司的编码不能改。发布自己的第一个文件之后，这里就能用。",
    "The demo company's codes cannot be changed: publish a file of your own first.",
)
MAY_BE, FIRST = (
    Text("可能是同一个", "Possibly the same"),
    Text("最像的在前，办完再出后面的", "The likeliest first; others follow as these are decided"),
)
IN_FORCE = Text("已经定下的", "Decided")
HOW_MANY = Text("在用的别名 {n} 个", "Aliases in force: {n}")
KIND = {"account": Text("客户", "Account"), "store": Text("门店", "Store"), "sku": Text("产品", "Product")}
ONE_IS = Text("{alias} → {target}", "{alias} → {target}")
APART = Text("{alias} ≠ {target}", "{alias} ≠ {target}")
SOLD = Text(
    "{code}：{rows} 行，{months} 个月（{first} 至 {last}）",
    "{code}: {rows} rows in {months} months ({first} to {last})",
)
UNSOLD = Text("{code}：没有销售", "{code}: no sales")
LISTED, PLACE = Text("{what}，档案里有", "{what}, in the master"), Text("{what}，{place}", "{what}, {place}")
TOGETHER = Text("有 {n} 个月两边都有销售", "Both have sales in {n} months")
UNLIKELY = Text("{what}，多半不是同一个", "{what}: less likely the same")
NEVER_BOTH = {
    "account": Text("从不在同一个月都有销售", "Never both in one month"),
    "sku": Text("从不在同一个客户同一个月都有销售", "Never both in one month at one account"),
}
SAME, DIFFERENT = Text("同一个", "The same"), Text("不是", "Different")
COUNTS, NOT_SAME, IDLE = Text("同一个", "Same"), Text("不同", "Different"), Text("未生效", "No effect")
STRANDED = Text("“{used_by}”不是已知客户，它的行一行也没有", "“{used_by}” is no known account, so no row is meant")
CIRCLE = Text("绕成一圈或自相矛盾，按文件里的编码计", "In a circle or contradicted: counts as the file says")
FOR_WHOM, BY = (
    Text("{used_by} 的文件", "In files of {used_by}"),
    Text("{day} · {user} · {file}", "{day} · {user} · {file}"),
)
LOST = Text("同一批的 {n} 条一起撤销。", "All {n} of this batch are taken back.")
MORE = Text("再显示 {n} 个", "Show {n} more")
SITTING = 10  # pairs at a time


def show() -> None:
    """What is to be decided, then what was."""
    store = state.store()
    asked = [p for kind in ("account", "sku") for p in _proposed(state.version(), kind, store)]
    told = naming.told(store)
    kit.headline(EYEBROW, HEAD.fill(n=plain(len(asked))) if asked else CALM, DO if asked else WHY)
    if state.home().is_demo:
        kit.note(DEMO)
    if asked:
        kit.section(MAY_BE, FIRST)
        for proposal in asked[:SITTING]:
            _ask(proposal)
    if told:
        kit.section(IN_FORCE, HOW_MANY.fill(n=plain(sum(one.counts and not one.is_apart for one in told))))
        _list(told)


@st.cache_resource(show_spinner=False, max_entries=4)
def _proposed(version: str, kind: str, _store: Store) -> tuple[Proposal, ...]:
    """Kept as long as the data is the same: a hundred thousand codes take seconds."""
    return tuple(naming.proposed(_store, kind))


def _ask(one: Proposal) -> None:
    key = f"{one.kind}-{one.alias.code}-{one.target.code}"
    sure = one.reason is CODE or (one.reason is NAME and not one.shared)
    with st.container(key=f"pair-{key}"):
        words, buttons = st.columns([15, 5], vertical_alignment="center")
        with words:
            names = ONE_IS.fill(alias=_called(one.alias), target=_called(one.target))
            kit.entry(kit.label("fair" if sure else "change", KIND[one.kind]), names, one.reason, _evidence(one))
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            is_demo = state.home().is_demo
            if st.button(kit.say(SAME), key=f"same-{key}", disabled=is_demo, type="primary" if sure else "secondary"):
                _say(naming.same, one)
            if st.button(kit.say(DIFFERENT), key=f"apart-{key}", disabled=is_demo):
                _say(naming.different, one)


def _called(one: Evidence) -> str:
    return called(one.code, one.name)


def _say(what: Callable[..., Batch], one: Proposal) -> None:
    what(state.home().own(), one.kind, one.alias.code, one.target.code, access.user() or "")
    st.rerun()


def _evidence(one: Proposal) -> list[Text]:
    """What each of them sold, and whether they ever sold side by side."""
    found = [_told_of(one.alias), _told_of(one.target)]
    if one.shared:
        both = TOGETHER.fill(n=one.shared)
        found.append(both if one.reason is CODE else UNLIKELY.fill(what=both))
    elif one.alias.months and one.target.months:
        found.append(NEVER_BOTH[one.kind])
    return found


def _told_of(one: Evidence) -> Text:
    what = UNSOLD.fill(code=one.code)
    if one.first and one.last:
        what = SOLD.fill(
            code=one.code, rows=plain(one.rows), months=one.months, first=f"{one.first:%Y-%m}", last=f"{one.last:%Y-%m}"
        )
    what = PLACE.fill(what=what, place=one.place) if one.place else what
    return LISTED.fill(what=what) if one.listed else what


# -- what was decided -------------------------------------------------------------------------------------------------


def _list(told: list[Told]) -> None:
    count = state.batches_shown()
    for n, one in enumerate(told[:count]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"batch-{n}"):
            _entry(one)
            if not state.home().is_demo:
                undo.ask(one.batch, LOST.fill(n=plain(one.batch.rows)), f"-{n}")
    if len(told) > count:
        left = min(state.PAGE, len(told) - count)
        st.button(kit.say(MORE.fill(n=left)), on_click=state.show_more_batches, key="more")


def _entry(one: Told) -> None:
    alias, idle = one.alias, not one.counts and not one.is_apart
    words, other = (APART, alias.used_by) if one.is_apart else (ONE_IS, one.target)
    facts = [FOR_WHOM.fill(used_by=alias.used_by)] if alias.used_by and not one.is_apart else []
    facts += [STRANDED.fill(used_by=alias.used_by) if one.stranded else CIRCLE] if idle else []
    at = f"{one.batch.committed_at.astimezone():%Y-%m-%d %H:%M %Z}"
    facts.append(BY.fill(day=at, user=one.batch.receipt.user, file=one.batch.receipt.file))
    chip = (
        kit.label("change", NOT_SAME)
        if one.is_apart
        else kit.label("storm" if idle else "fair", IDLE if idle else COUNTS)
    )
    kit.entry(chip, words.fill(alias=alias.alias, target=other), KIND[one.kind], facts)


show()
