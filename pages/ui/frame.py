"""What stands around every question: language, freshness, filter bar, export; title, figure, rows, meaning."""

from collections import Counter
from collections.abc import Callable, Sequence
from types import ModuleType

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics import charts
from analytics.answer import Scope
from analytics.columns import COLUMNS
from analytics.glance import Kpi
from analytics.health import completeness
from analytics.metrics import DAYS, POINTS
from analytics.numbers import money as spell
from data import templates
from data.datasets import BY_NAME
from data.shelf import Shelf
from data.text import LANGS, Lang, Text, same
from pages.ui import answers, export, kit, state

LANGUAGE = Text("语言", "Language")
NAMES = {"zh": "中文", "en": "English"}
MONTH, REGION, ACCOUNT = Text("月份", "Month"), Text("区域", "Region"), Text("客户", "Account")
CATEGORY, SALES = Text("品类", "Category"), Text("销售口径", "Kind of sales")
ALL_REGIONS = Text("全部区域", "All regions")
ALL_ACCOUNTS = Text("全部 {n} 家客户", "All {n} accounts")
ALL_CATEGORIES = Text("全部品类", "All categories")
FLOWS = {"out": Text("终端销售", "Sell-out"), "in": Text("进货", "Sell-in")}
EXPORT = Text("导出", "Export")
XLSX, CSV = Text("Excel 工作簿", "Excel workbook"), Text("CSV 明细", "CSV rows")
FRESH = Text("数据截至 {day}", "Data to {day}")
UNIT, JOINED = Text(" · 单位：{unit}", " · in {unit}"), Text("{what}{unit}", "{what}{unit}")
NO_DATA = Text("还没有数据", "No data yet")
NONE = Text("所选范围内没有这类情况", "Nothing of this kind in the chosen scope")
MORE = Text("再看：{questions}", "More: {questions}")
DETAILS = Text("明细与口径", "Rows and meaning")
SAVE = Text("下载明细", "Download rows")
MISSING = Text("还没有：{title}", "Not there yet: {title}")
ANSWERS = Text("上传后，这里回答：{question}", "Once uploaded, this answers: {question}")
FIELDS = Text("需要的列：{fields}", "Columns needed: {fields}")
AND = Text("、", ", ")
TEMPLATES = {
    "xlsx": Text("下载 Excel 模板", "Get the Excel template"),
    "csv": Text("下载 CSV 模板", "Get the CSV template"),
}
UPLOAD = Text("去上传", "Upload")
UNITS = {"ratio": POINTS, "points": POINTS, "days": DAYS}  # of a change, by the unit of what changed
PLOT = {"displayModeBar": False, "responsive": True}


# -- sidebar ----------------------------------------------------------------------------------------------------------


def language() -> None:
    """The language switch; before the menu, so that page titles speak the new language at once."""
    kit.segments(
        LANGUAGE,
        NAMES,
        state.lang(),
        state.speak,
        "language",
        required=True,
        label_visibility="collapsed",
        width="stretch",
    )


def freshness() -> None:
    """How far the data reaches, and how many of the accounts have reported."""
    last = state.shelf().last_day.get(state.flow())
    if last is None:
        st.html(f'<div class="fresh">{kit.esc(NO_DATA)}</div>')
        return
    newest = Scope(last, state.flow())
    day, count = FRESH.fill(day=last.isoformat()), completeness.count(answers.rows_of(completeness, newest), newest)
    st.html(f'<div class="fresh"><b>{kit.esc(day)}</b><br>{kit.esc(count)}</div>')


# -- filter bar -------------------------------------------------------------------------------------------------------


def filters(questions: Sequence[ModuleType]) -> Scope:
    """The filter bar, the same on every page; returns what it is set to. `questions` are what the export holds."""
    has = state.shelf()
    regions = {"": kit.say(ALL_REGIONS)} | {region: region for region in has.regions}
    accounts = {"": kit.say(ALL_ACCOUNTS.fill(n=len(has.accounts)))} | _names(has)
    categories = {"": kit.say(ALL_CATEGORIES)} | {category: category for category in has.categories}
    with st.container(horizontal=True, key="filters", vertical_alignment="center", gap="small"):
        if months := state.months():
            _pick(MONTH, "p", {month: month for month in months}, 150, icon=":material/calendar_month:")
        _pick(REGION, "r", regions, 150)
        _pick(ACCOUNT, "a", accounts, 190)
        _pick(CATEGORY, "c", categories, 155)
        if len(state.flows()) > 1:
            _pick(SALES, "f", {code: kit.say(FLOWS[code]) for code in state.flows()}, 130)
        st.space("stretch")
        scope = state.scope()
        _export(questions, scope)
    return scope


def _names(has: Shelf) -> dict[str, str]:
    """Account names in the reader's language; the code beside a name that several accounts share."""
    lang = state.lang()
    shown = {a.code: a.name[lang] or a.name.zh or a.code for a in has.accounts}
    counts = Counter(shown.values())
    return {code: name if counts[name] == 1 else f"{name} ({code})" for code, name in shown.items()}


def _pick(label: Text, code: state.Code, options: dict[str, str], width: int, **look: object) -> None:
    default = next(iter(options))
    value = state.picked(code, tuple(options), default)
    kit.select(
        label, options, value, lambda chosen: state.choose(code, chosen, default), f"filter-{code}", width=width,
        label_visibility="collapsed", **look,
    )  # fmt: skip


def _export(questions: Sequence[ModuleType], scope: Scope) -> None:
    """Two files, made when asked for."""
    name, tables = f"weatherglass {scope.month:%Y-%m}", _tables(questions, scope)
    one = sum(map(answers.answerable, questions)) == 1
    with st.popover(
        kit.say(EXPORT), icon=":material/ios_share:", key="export", disabled=not any(map(answers.answerable, questions))
    ):
        _download(XLSX, lambda: export.as_xlsx(tables()), f"{name}.xlsx", "xlsx")
        _download(CSV, lambda: export.as_csv(tables()), f"{name}.{'csv' if one else 'zip'}", "csv")


def _download(label: Text, make: Callable[[], bytes], file: str, key: str) -> None:
    st.download_button(
        kit.say(label),
        make,
        file,
        key=f"save-{key}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        width="stretch",
    )


def _tables(questions: Sequence[ModuleType], scope: Scope) -> Callable[[], list[export.Table]]:
    """Makes the tables later, outside a script run, with what is known now."""
    lang, chosen = state.lang(), answers.later(questions, scope)

    def make() -> list[export.Table]:
        return [export.table(q.QUESTION[lang], rows_of(), lang, COLUMNS) for q, rows_of in chosen]

    return make


# -- a question -------------------------------------------------------------------------------------------------------


def show(question: ModuleType, scope: Scope) -> None:
    """Put one question on the page, or say which file would answer it; no rows is an answer, no data is not."""
    if wanting := answers.missing(question):
        kit.section(question.QUESTION)
        need(wanting[0], question)
        return
    rows, said = answers.rows_of(question, scope), answers.findings(question, scope)
    about = caption(question, scope)
    kit.section(said[0].text if said else question.QUESTION, JOINED.fill(what=about, unit=_counted_in(question, rows)))
    if not rows:
        kit.note(NONE)
        return
    if charts.has_marks(answers.drawn(question, scope)):
        figure(question, scope)
    else:
        kit.note(NONE)
    details(question, rows, scope)


def row() -> DeltaGenerator:
    """Widgets side by side, on one line where there is room."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def columns() -> Sequence[DeltaGenerator]:
    """Two columns, the left one a little wider; below each other on a phone."""
    return st.columns([11, 9], gap="large")


def beside(left: Sequence[ModuleType], right: Sequence[ModuleType], scope: Scope) -> None:
    """Questions in two columns; below each other on a phone."""
    for column, questions in zip(columns(), (left, right), strict=True):
        with column:
            for question in questions:
                show(question, scope)


def more(left: Sequence[ModuleType], right: Sequence[ModuleType], scope: Scope) -> None:
    """Questions that stand behind the page's first ones: named, and only worked out when opened."""
    asked = [question.QUESTION for question in (*left, *right)]
    named = Text("".join(q.zh for q in asked), " ".join(q.en for q in asked))  # each ends with its own mark
    opened = st.expander(
        kit.md(MORE.fill(questions=named)), icon=":material/expand_all:", key="more", on_change="rerun"
    )
    if opened.open:
        with opened:
            beside(left, right, scope)


def figure(question: ModuleType, scope: Scope, form: str = "draw") -> None:
    """Put a figure of a question on the page; `form` names the question's function that draws it."""
    key, drawn = f"figure-{short(question)}-{form}", answers.drawn(question, scope, form)
    st.plotly_chart(drawn, theme=None, key=key, config=PLOT, alt=kit.say(question.QUESTION))


def numbers(found: Sequence[Kpi]) -> None:
    """The strip of at most five numbers."""
    lang = state.lang()
    kit.kpis([kit.Kpi(k.metric.name, k.shown(lang), _change(k, lang), k.good, k.against, k.series) for k in found])


def _change(kpi: Kpi, lang: Lang) -> str:
    """A change in per cent says so itself; one of a share is in points, one of days in days."""
    unit = UNITS.get(kpi.metric.unit) if kpi.change and not kpi.change.endswith("%") else None
    return kpi.change + unit[lang] if unit else kpi.change


def money(amount: float) -> str:
    """A sum in the reader's language."""
    return spell(amount, state.lang())


def call(row: completeness.Row) -> kit.Line:
    """An account that is to be asked: since when there is nothing, the money at stake, and the owner."""
    chip = kit.label(completeness.LEVELS[row.now], row.now.name)
    return kit.Line(chip, row.called, completeness.since(row), spell(row.usual, state.lang()), same(row.owner))


def listed(texts: Sequence[Text]) -> Text:
    """Several words as one: 甲、乙."""
    return Text(*(AND[lang].join(text[lang] for text in texts) for lang in LANGS))


def caption(question: ModuleType, scope: Scope) -> Text:
    """What the figure shows, in which unit: the question's CAPTION, else the question itself; and of when."""
    return Text("{what} · {when}", "{what} · {when}").fill(what=question.CAPTION, when=same(f"{scope.month:%Y-%m}"))


def _counted_in(question: ModuleType, rows: Sequence) -> Text:
    """The unit of the figure's bare numbers, where the question says that it depends on their size."""
    unit = getattr(question, "unit", None)
    return UNIT.fill(unit=unit(rows, state.look()).name) if unit else same("")


def short(question: ModuleType) -> str:
    """A question's name in a widget's key."""
    return question.__name__.removeprefix("analytics.").replace(".", "-")


def details(question: ModuleType, rows: Sequence, scope: Scope) -> None:
    """The rows as a table, how they are meant, and the rows as a file; only worked out when opened."""
    key = short(question)
    opened = st.expander(kit.say(DETAILS), icon=":material/table_rows:", key=f"rows-{key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        shown = export.table(question.QUESTION[state.lang()], rows, state.lang(), COLUMNS)
        st.dataframe(pd.DataFrame(shown.rows, columns=shown.headers), hide_index=True, key=f"table-{key}")
        with st.container(horizontal=True, vertical_alignment="center"):
            kit.note(question.MEANING)
            file = f"{export.file_name(shown.name)} {scope.month:%Y-%m}.csv"
            _download(SAVE, lambda: export.as_csv([shown]), file, key)


def need(dataset: str, question: ModuleType) -> None:
    """The empty state: what one would see, the columns needed, a template, the way to upload."""
    wanted, lang = BY_NAME[dataset], state.lang()
    with st.container(key=f"need-{short(question)}"):
        fields = AND[lang].join(f.label[lang] for f in wanted.fields if f.required)
        kit.empty(
            MISSING.fill(title=wanted.title),
            ANSWERS.fill(question=question.QUESTION),
            FIELDS.fill(fields=same(fields)),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            template(dataset, short(question), "xlsx")
            st.page_link("intake/upload.py", label=kit.say(UPLOAD), icon=":material/upload:")


def template(dataset: str, key: str, kind: str) -> None:
    """A button for a dataset's empty file; `kind` is xlsx or csv."""
    wanted, lang = BY_NAME[dataset], state.lang()
    st.download_button(
        kit.say(TEMPLATES[kind]),
        lambda: templates.MAKERS[kind](wanted, lang),
        f"{dataset}.{kind}",
        key=f"template-{kind}-{key}",
        on_click="ignore",
        icon=":material/download:",
    )
