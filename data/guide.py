"""The contracts in words, for whoever fills in a file: notes of the templates, and docs/datasets.md (`as_markdown`)."""

from collections.abc import Callable
from itertools import chain

from data.contract import Dataset, Field, Kind
from data.text import Lang, Text, same

GUIDE = Text("填写说明（晴雨表模板）", "Guide to this Weatherglass template")
"""The first cell of a template's second sheet: no sheet of data begins so, and the reader passes over one that does."""

KINDS = {
    Kind.TEXT: Text("文字或编码", "words or a code"),
    Kind.DATE: Text("日期，如 2026-06-30", "a date such as 2026-06-30"),
    Kind.MONTH: Text("月份，如 2026-06", "a month such as 2026-06"),
    Kind.QUANTITY: Text("数量，最多三位小数", "a number, up to three decimals"),
    Kind.MONEY: Text("金额，最多四位小数", "an amount, up to four decimals"),
    Kind.COUNT: Text("整数", "a whole number"),
    Kind.RATE: Text("数字，可有小数", "a number, decimals allowed"),
    Kind.FLAG: Text("是或否", "yes or no"),
}
UNITS = {
    "": same(""),
    "CNY": Text("元", "CNY"),
    "CNY or pcs": Text("元或件", "CNY or pcs"),
    "CNY/pc": Text("元/件", "CNY/pc"),
    "days": Text("天", "days"),
    "hours": Text("小时", "hours"),
    "pcs": Text("件", "pcs"),
    "pcs per store and week": Text("件/店/周", "pcs per store and week"),
    "people": Text("人", "people"),
    "people at the account": Text("客户方人数", "people at the account"),
    "points": Text("分", "points"),
    "points of 100": Text("分（满分 100）", "points of 100"),
    "points of 5": Text("分（满分 5）", "points of 5"),
    "probability": Text("概率，0 至 1", "probability, 0 to 1"),
    "share": Text("比例，0.05 或 5%", "share, 0.05 or 5%"),
    "share of baseline": Text("占基线的比例，0.5 或 50%", "share of baseline, 0.5 or 50%"),
    "share of checks": Text("占检查次数的比例，0.7 或 70%", "share of checks, 0.7 or 70%"),
    "share of control": Text("相对对照的比例，0.05 或 5%", "share of control, 0.05 or 5%"),
    "share of price": Text("占价格的比例，0.12 或 12%", "share of price, 0.12 or 12%"),
    "share of the basis": Text("占基数的比例，0.02 或 2%", "share of the basis, 0.02 or 2%"),
    "stores": Text("家", "stores"),
    "visits per account": Text("次/客户", "visits per account"),
}
LOCKED = Text(
    "“{day}”到了以后，这些列不能再改：{fields}",
    "once “{day}” has come, these cannot be changed: {fields}",
)
YES_NO = (Text("是", "yes"), Text("否", "no"))
REQUIRED, OPTIONAL = Text("必需", "required"), Text("可选", "optional")
IN_UNIT = Text("{kind}；单位：{unit}", "{kind}; in {unit}")
LISTED = Text("列表里的词", "a word of the list")
CLOSED = Text("只能是：{allowed}", "only: {allowed}")
USUAL = Text("常用：{allowed}；其他也可以", "usual: {allowed}; others are kept as written")
SUCH_AS = Text("例如 {example}", "such as {example}")
ROW = Text("一行是什么：{grain}。", "One row: {grain}.")
STAR = Text(
    "带 * 的列每行都要填，其他列可以空着或整列删掉。",
    "Columns with * are needed in every row; others may be empty or left out.",
)
REPLACE = Text("第一行数据是示例，请换成自己的数据。", "The first row of data is an example: replace it with your own.")
EITHER = Text("列表里的词，中文英文都认得。", "Words of a list are understood in Chinese and in English.")


def example(field: Field, lang: Lang) -> str:
    """The example as it is written in this language."""
    said = {c.value: c.label[lang] for c in field.choices}
    said |= {word.zh: word[lang] for word in YES_NO} if field.kind is Kind.FLAG else {}
    return said.get(field.example, field.example)


def wording(field: Field, lang: Lang) -> list[str]:
    """The words that a field's list offers; empty for a field without a list."""
    words = YES_NO if field.kind is Kind.FLAG else [choice.label for choice in field.choices]
    return [word[lang] for word in words]


def kind(field: Field) -> Text:
    """What a cell holds, and in which unit."""
    holds = LISTED if field.closed else KINDS[field.kind]
    return IN_UNIT.fill(kind=holds, unit=UNITS[field.unit]) if field.unit else holds


def need(field: Field) -> Text:
    """Whether every row must have it."""
    return REQUIRED if field.required else OPTIONAL


def choices(field: Field) -> Text:
    """What a field's list allows or suggests; empty without one."""
    return (CLOSED if field.closed else USUAL).fill(allowed=field.allowed) if field.choices else same("")


def note(field: Field, lang: Lang) -> str:
    """All that is to be known to fill in a column, a line each: meaning, kind and unit, need, list, example."""
    shown = SUCH_AS.fill(example=example(field, lang)) if field.example else same("")
    said = (field.label, field.about or same(""), kind(field), need(field), choices(field), shown)
    return "\n".join(text[lang] for text in said if text[lang])


def written(dataset: Dataset) -> tuple[Text, ...]:
    """How to fill in a dataset's template."""
    return (ROW.fill(grain=dataset.grain), STAR, REPLACE, EITHER)


def also(field: Field) -> Text:
    """Other headers that are understood, as they were met."""
    return same(" · ".join(dict.fromkeys(field.also)))


COLUMNS: tuple[tuple[Text, int, Callable[[Field], Text]], ...] = (  # title, width in characters, what a field says
    (Text("列名", "Column"), 24, lambda f: f.label),
    (Text("含义", "Meaning"), 40, lambda f: f.about or same("")),
    (Text("填什么", "What to write"), 34, kind),
    (Text("必需或可选", "Required"), 12, need),
    (Text("列表", "List"), 44, choices),
    (Text("示例", "Example"), 22, lambda f: Text(example(f, "zh"), example(f, "en"))),
    (Text("也认得的列名", "Headers also understood"), 60, also),
)


# -- docs/datasets.md -------------------------------------------------------------------------------------------------

TITLE = Text("数据集", "Datasets")
MADE = Text(
    "本页由 `python -m data docs` 从各数据集的声明生成，请勿手改；模板：`python -m data template 名称`。",
    "Generated from the contracts by `python -m data docs`; do not edit. Templates: `python -m data template NAME`.",
)
KEY = Text("主键：{key}", "Key: {key}")
LATER = Text("同一主键再次出现时，以后者为准", "a later row of the same key replaces the earlier one")
IN_PARTS = Text(
    "同一文件里同一主键的各行相加（{fields}），之后的文件以后者为准",
    "rows of one key in one file add up ({fields}), a later file replaces them",
)
ADDS = Text("各行累加", "rows add up")
TOTALS = Text("核对合计：{totals}", "Control totals: {totals}")
ROWS_ONLY = Text("行数", "rows")
ASKED_IF = Text("会问：“{field}”{says}", "Asked about: “{field}” {says}")
NOTED_IF = Text("会提示：“{field}”{says}", "Told: “{field}” {says}")
TYPED = Text("也可在“登记”页直接填写", "can also be typed in on the page “Registers”")


def as_markdown(datasets: tuple[Dataset, ...]) -> str:
    """Every dataset in both languages: what a row is, key, control totals, then its columns."""
    index = (f"- [{d.title.zh} · {d.title.en}](#{d.name}): `{d.name}`" for d in datasets)
    head = [f"# {TITLE.zh} · {TITLE.en}", "", MADE.zh, "", MADE.en, "", *index]
    return "\n".join([*head, *chain.from_iterable(_section(dataset) for dataset in datasets), ""])


def _section(dataset: Dataset) -> list[str]:
    heading = f'## <a id="{dataset.name}"></a>{dataset.title.zh} · {dataset.title.en} (`{dataset.name}`)'
    facts = [
        f"- {'；'.join(text.zh for text in line)} / {'; '.join(text.en for text in line)}" for line in _facts(dataset)
    ]
    titles = ["", *(both(title) for title, _, _ in COLUMNS)]
    rows = [[f"`{field.name}`", *(both(tell(field)) for _, _, tell in COLUMNS)] for field in dataset.fields]
    table = [_line(titles), _line(["---"] * len(titles)), *map(_line, rows)]
    return ["", heading, "", *facts, "", *table]


def _facts(dataset: Dataset) -> list[tuple[Text, ...]]:
    """Lines on the dataset as a whole."""
    sums = [dataset.field(name).label for name in (dataset.quantity, dataset.amount) if name]
    totals = Text(*("、".join(t.zh for t in [ROWS_ONLY, *sums]), ", ".join(t.en for t in [ROWS_ONLY, *sums])))
    key = KEY.fill(key=same(" + ".join(f"`{name}`" for name in dataset.key)))
    lines = [(dataset.grain,), (key, _repeated(dataset)), (TOTALS.fill(totals=totals),)]
    lines += [
        ((NOTED_IF if r.noted else ASKED_IF).fill(field=dataset.field(r.field).label, says=r.says),)
        for r in dataset.rules
    ]
    if lock := dataset.locked_after:
        names = [dataset.field(name).label for name in lock.fields]
        fields = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
        lines.append((LOCKED.fill(day=dataset.field(lock.day).label, fields=fields),))
    return [*lines, (TYPED,)] if dataset.typed else lines


def _repeated(dataset: Dataset) -> Text:
    """What becomes of rows of one key."""
    if not dataset.adds:
        return LATER if dataset.latest_wins else ADDS
    names = [dataset.field(name).label for name in dataset.adds]
    return IN_PARTS.fill(fields=Text("、".join(name.zh for name in names), ", ".join(name.en for name in names)))


def both(text: Text) -> str:
    """A text in both languages, once where they are alike."""
    return text.zh if text.zh == text.en else f"{text.zh}<br>{text.en}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
