"""What an executive sees first of one trial: the sentence, what to do, the verdict and its rule, what it rests on."""

from collections.abc import Sequence
from datetime import date

from analytics.answer import Level
from analytics.metrics import CANNIBALISED, RATE, REPEAT, SELL_THROUGH
from analytics.numbers import percent, plain
from analytics.trials import cards, pieces, readout, said, voices
from data.text import Text, same

TRIO = (said.WORDS["stop"], said.WORDS["hold"], said.WORDS["go"])
CALLED = Text("{title} · {product}", "{title} · {product}")
ABOUT = Text("试点读数 · {title} · {product}{when}", "Trial · {title} · {product}{when}")
WEEK_OF = Text(" · 第 {n} 周（共 {all} 周）", " · week {n} of {all}")
OVER = Text(" · {all} 周已满", " · all {all} weeks over")
HEADS = {
    "rate": Text("{word}：每店每周卖 {x} 件，目标 {goal} 件", "{word}: {x} pcs a store and week, goal {goal}"),
    "more": Text("{word}：试点客户多卖 {x}，目标 {goal}", "{word}: pilots sell {x} more, goal {goal}"),
    "less": Text("{word}：试点客户反而少卖 {x}，目标多卖 {goal}", "{word}: pilots sell {x} less, goal {goal} more"),
}
NO_GOAL = Text("（没有填）", "(none set)")
RANGE = Text(
    "80% 区间 {low} 至 {high}，达到目标 {goal} 的概率 {chance}。",
    "80% interval {low} to {high}; {chance} likely to reach {goal}. ",
)
STEPS = {
    "go": Text("可以铺开。", "Roll it out. "),
    "stop": Text("停下来，把货和位置让出来。", "End it, and free goods and space. "),
    "hold": Text("再看 {n} 周才能定，先不铺开。", "{n} weeks more would settle it; do not roll out yet. "),
    "small": Text("再看半年也定不了，要定就增加试点客户。", "Half a year would not settle it; more pilots would. "),
    "open": Text("{reason}，所以只供参考，不下结论。", "No verdict: {reason}. "),
}  # fmt: skip
FIRST = Text("铺开前先听{theme}的意见：{bad} 张卡不满。", "Mend {theme} first: {bad} cards dissatisfied. ")
RULE = Text(
    "达标概率 {chance}，推进线 {go}，停止线 {stop}", "{chance} likely to reach the goal; go at {go}, stop at {stop}"
)
NO_RULE = Text("{reason}，没有结论", "No verdict: {reason}")
BEGINS = Text("{day} 开始", "Starts on {day}")
EFFECTS = {
    "uplift": Text("比推算多卖", "Sold beyond expected"),
    "rate": Text("每店每周卖（件）", "A store and week (pcs)"),
}
BAND, GOAL = Text("80% 区间", "80% interval"), Text("目标", "Goal")
CHANCE, LINES = Text("达标概率", "Chance of the goal"), Text("推进 / 停止线", "Go / stop at")
BOTH_ENDS = Text("{low} 至 {high}", "{low} to {high}")
SLASH = Text("{a} / {b}", "{a} / {b}")
FIXED, NOT_FIXED = Text("规则定于", "Rule fixed on"), Text("没有写", "not stated")
LATE = Text("{day}（开始之后）", "{day} (after the start)")
SAMPLE, SIZE = (
    Text("样本", "Sample"),
    Text("试点 {pilots} 家 · 对照 {controls} 家", "{pilots} pilots · {controls} controls"),
)
SIZE_ALONE = Text("试点 {pilots} 家", "{pilots} pilots")
TAKEN_FROM = Text("{share}（{low} 至 {high}）", "{share} ({low} to {high})")
UNKNOWN = Text("不知道", "not known")
TOLD_BY = Text("{mood} · {who} · 第 {week} 周", "{mood} · {who} · week {week}")
PLANNED = Text("{day} 在 {n} 家开始", "Starts on {day} at {n} accounts")
MORE = Text("增幅 {x}（80% 区间 {low} 至 {high}）", "Uplift {x} (80% interval {low} to {high})")
PIECES = Text("每店每周 {x} 件（80% 区间 {low} 至 {high}）", "{x} pcs a store and week (80% interval {low} to {high})")
LIKELY = Text("达到目标 {goal} 的概率 {chance}", "{chance} likely to reach {goal}")
JOINED = Text("{effect}；{rest}", "{effect}; {rest}")
DECIDED = Text("{word}：{title}（{trial}）；{told}", "{word}: {title} ({trial}); {told}")
DECISIONS = ("go", "hold", "stop")
FEW = 2  # cards against a theme from which it is worth a sentence


def chosen(rows: Sequence[readout.Row], code: str) -> readout.Row | None:
    """The trial of this code; else the one that runs or ended last, else the one that begins first."""
    asked = next((r for r in rows if r.trial == code), None)
    begun = sorted((r for r in rows if r.verdict != "planned"), key=lambda r: (r.ends_on, r.trial))
    return asked or (begun[-1] if begun else min(rows, key=lambda r: (r.starts_on, r.trial), default=None))


def called(row: readout.Row) -> Text:
    """The trial in a list to choose from."""
    return CALLED.fill(title=same(row.title), product=row.product)


def about(row: readout.Row) -> Text:
    """Which trial, and how far it has come."""
    when = same("") if row.verdict == "planned" else (WEEK_OF if row.running else OVER).fill(
        n=row.weeks_run, all=row.weeks_planned
    )  # fmt: skip
    return ABOUT.fill(title=same(row.title), product=row.product, when=when)


def head(row: readout.Row) -> Text:
    """The verdict and what the pilots sold."""
    if row.estimate is None:
        return said.verdict(row).text
    kind = "rate" if row.kind == "rate" else "more" if row.estimate >= 0 else "less"
    size = row.estimate if row.kind == "rate" else abs(row.estimate)
    goal = NO_GOAL if row.goal is None else said.value(row, row.goal)
    return HEADS[kind].fill(word=said.WORDS[row.verdict], x=said.value(row, size), goal=goal)


def todo(row: readout.Row, told: Sequence[cards.Row]) -> Text:
    """How sure it is, what to do, and what people at the pilots want mended before."""
    if row.estimate is None:
        return same("")
    parts = [STEPS[row.verdict].fill(n=row.weeks_more or 0, reason=said.REASONS.get(row.reason, same("")))]
    if row.probability is not None:
        low, high, goal = (said.value(row, v) for v in (row.low80, row.high80, row.goal))
        parts.insert(0, RANGE.fill(low=low, high=high, goal=goal, chance=said.chance(row)))
    if row.verdict == "go" and (worst := _blamed(told)) is not None:
        parts.append(FIRST.fill(theme=worst.themed, bad=worst.dissatisfied))
    return Text("".join(p.zh for p in parts), "".join(p.en for p in parts).strip())


def _blamed(told: Sequence[cards.Row]) -> cards.Row | None:
    themes = [r for r in told if r.slice == "theme" and r.dissatisfied >= FEW]
    return max(themes, key=lambda r: r.dissatisfied, default=None)


def verdict(row: readout.Row) -> tuple[Level, Text, Text, tuple[Text, ...]]:
    """Colour, word, the rule below it, and the words that it was chosen from (none where there is no verdict)."""
    level = said.LEVELS[row.verdict]
    if row.verdict == "planned":
        return level, said.WORDS["planned"], BEGINS.fill(day=f"{row.starts_on}"), ()
    if row.probability is None:
        reason = said.REASONS.get(row.reason, same(""))
        return level, said.WORDS[row.verdict], NO_RULE.fill(reason=reason), ()
    word = said.WORDS["hold" if row.verdict == "small" else row.verdict]
    rule = RULE.fill(chance=said.chance(row), go=percent(row.go_at, 0), stop=percent(row.stop_at, 0))
    return level, word, rule, TRIO


def evidence(row: readout.Row, field: pieces.Row | None) -> list[tuple[Text, Text]]:
    """What the verdict rests on, name by name; what is not known says so."""
    effect = EFFECTS[row.kind]
    found = [(effect, UNKNOWN)]
    if row.estimate is not None:
        ends = BOTH_ENDS.fill(low=said.value(row, row.low80), high=said.value(row, row.high80))
        found = [(effect, said.value(row, row.estimate)), (BAND, ends)]
    found.append((GOAL, NOT_FIXED if row.goal is None else said.value(row, row.goal)))
    if row.probability is not None:
        found.append((CHANCE, said.chance(row)))
    found.append((LINES, SLASH.fill(a=percent(row.go_at, 0), b=percent(row.stop_at, 0))))
    found.append((FIXED, _fixed(row.fixed_on, row.fixed_before)))
    size = SIZE if row.kind == "uplift" else SIZE_ALONE
    found.append((SAMPLE, size.fill(pilots=row.pilots or row.pilots_named, controls=row.controls)))
    return found + (_beside(field) if field is not None else [])


def decision(row: readout.Row, word: str) -> Text:
    """What the register is to keep when a trial goes on, is watched or is ended: a key of WORDS to decide by."""
    return DECIDED.fill(word=said.WORDS[word], title=same(row.title), trial=row.trial, told=line(row))


def line(row: readout.Row) -> Text:
    """The trial's verdict in one line of the list, without its word."""
    if row.verdict == "planned":
        return PLANNED.fill(day=f"{row.starts_on}", n=row.pilots_named)
    if row.estimate is None:
        return said.REASONS[row.reason]
    low, high = said.value(row, row.low80), said.value(row, row.high80)
    told = {"x": said.value(row, row.estimate), "low": low, "high": high}
    effect = (PIECES if row.kind == "rate" else MORE).fill(**told)
    if row.probability is None:
        return JOINED.fill(effect=effect, rest=said.REASONS[row.reason])
    rest = LIKELY.fill(goal=said.value(row, row.goal), chance=said.chance(row))
    return JOINED.fill(effect=effect, rest=rest)


def told_by(row: voices.Row) -> Text:
    """Whether it is praise or blame, who said it, and in which week."""
    return TOLD_BY.fill(mood=voices.MOODS[row.mood], who=row.who, week=row.week)


def _fixed(day: date | None, before: bool) -> Text:
    return NOT_FIXED if day is None else same(f"{day}") if before else LATE.fill(day=f"{day}")


def _beside(field: pieces.Row) -> list[tuple[Text, Text]]:
    """Rate of sale, sell-through, repeat, cannibalised; of all pilots."""
    found = [(RATE.name, UNKNOWN if field.rate is None else same(plain(field.rate, 1)))]
    found += [
        (metric.name, UNKNOWN if value is None else metric.text(value))
        for metric, value in ((SELL_THROUGH, field.sell_through), (REPEAT, field.repeat))
    ]
    if field.replaces:
        ends = (field.taken_share, field.taken_low, field.taken_high)
        share, low, high = (CANNIBALISED.text(v) for v in ends)
        told = field.taken_share is not None
        found.append((CANNIBALISED.name, TAKEN_FROM.fill(share=share, low=low, high=high) if told else UNKNOWN))
    return found
