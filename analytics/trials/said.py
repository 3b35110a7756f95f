"""What is said of a trial: its verdict in one sentence, why there is none, and what to bear in mind with it."""

from typing import TYPE_CHECKING

from analytics.answer import Finding, Level
from analytics.metrics_of_trials import GAINED, REACHES, TYPICAL_RATE, UPLIFT
from analytics.numbers import percent, pieces, plain
from analytics.supply.naming import day_name
from data.text import Text, same

if TYPE_CHECKING:
    from analytics.trials.readout import Row

WORDS = {
    "go": Text("推进", "Go"),
    "hold": Text("看不准", "Hold"),
    "stop": Text("停止", "Stop"),
    "small": Text("样本太小", "Too small to tell"),
    "open": Text("只供参考", "For information"),
    "planned": Text("未开始", "Not begun"),
}
LEVELS: dict[str, Level] = {
    "go": "vfair", "hold": "change", "stop": "storm", "small": "rain", "open": "change", "planned": "change",
}  # fmt: skip
MORE = Text("{title}让试点客户多卖 {x}", "{title} makes the pilots sell {x} more")
LESS = Text("{title}没让试点客户多卖，反而少 {x}", "{title} made the pilots sell {x} less")
SELLS = Text("{title}每店每周卖 {x} 件", "{title} sells {x} pcs a store and week")
RANGE = Text("80% 区间 {low} 至 {high}", "80% interval {low} to {high}")
DONE = Text(
    "{word}：{did}（{range}），达到目标 {goal} 的概率 {chance}",
    "{word}: {did} ({range}), {chance} likely to reach {goal}",
)
HOLD = Text(
    "{word}：{did}（{range}），达到目标 {goal} 的概率 {chance}，再看 {n} 周才能定",
    "{word}: {did} ({range}), {chance} likely to reach {goal}; {n} weeks more would settle it",
)
SMALL = Text(
    "{word}：{did}（{range}），达到目标 {goal} 的概率 {chance}；再看半年也定不了，要增加试点客户",
    "{word}: {did} ({range}), {chance} likely to reach {goal}; half a year more would not settle it, more pilots would",
)
OPEN = Text("{word}：{did}（{range}）；{reason}，不下结论", "{word}: {did} ({range}); {reason}, so there is no verdict")
LACKS = Text("{word}：{title}算不出效果，{reason}", "{word}: no effect can be worked out for {title}: {reason}")
PLANNED = Text("{word}：{title}，{day}开始，试点 {n} 家", "{word}: {title} starts on {day} at {n} accounts")
RUNNING = Text("{sentence}（第 {n} 周，共 {all} 周）", "{sentence} (week {n} of {all})")
REASONS = {
    "too few pilots": Text(
        "有足够周销量的试点客户太少", "too few pilots told enough weeks of sales"
    ),
    "too few controls": Text(
        "可比的对照客户不到 4 家", "fewer than 4 accounts can be compared with the pilots"
    ),
    "too few weeks before": Text("试点前的周销量不到 13 周", "fewer than 13 weeks are known from before the start"),
    "too few weeks": Text("试点后满的周不到 2 周", "fewer than 2 whole weeks have passed since the start"),
    "no stores": Text("没有上架门店数", "nobody says in how many stores it is listed"),
    "no goal": Text("没有填目标", "no goal was set"),
    "fixed late": Text("标准是开始以后才定的", "the rule was fixed after the start"),
    "not dated": Text("没有填标准确定日期", "nobody says when the rule was fixed"),
    "weeks do not help": Text("再看半年也定不了", "half a year more would not settle it"),
}  # fmt: skip
PROMOTED = Text("同期有 {n} 场促销", "promotions that ran there too: {n}")
EMPTY = Text("有 {n} 个周次断货", "weeks with none in stock: {n}")
UNTOLD = Text("有 {n} 个周次没报数", "weeks not told: {n}")
FEWER = Text("{n} 家试点里只算得 {k} 家", "{k} of {n} pilots count")
EVERY = Text("没有指定对照，用其余 {n} 家客户", "no controls were named, so {n} others were taken")
USUAL = Text("没填概率线，按 {go} 推进、{stop} 停止", "no lines were given: go at {go}, stop at {stop}")
WITH = Text("{word} {chance}", "{word} {chance}")
IN_80, IN_95 = Text("80% 区间", "80% interval"), Text("95% 区间", "95% interval")
GOAL, SAMPLE, TO = Text("目标", "Goal"), Text("样本", "Sample"), Text("{low} 至 {high}", "{low} to {high}")
AGAINST = Text("{chance}（{go} 推进，{stop} 停止）", "{chance} (go at {go}, stop at {stop})")
AMONG = Text("{n} 家试点，{k} 家对照，{w} 周", "{n} pilots, {k} controls, {w} weeks")
ALONE = Text("{n} 家试点，{w} 周", "{n} pilots, {w} weeks")
SURE = 0.99  # a probability beyond it is told as such: no model of few accounts is surer
SURELY, HARDLY = same(">99%"), same("<1%")
NOTE = Text("{title}：{notes}", "{title}: {notes}")
COMMA = Text("，", "; ")


def named(row: "Row") -> Text:
    """What a trial is called."""
    return same(row.title)


def verdict(row: "Row") -> Finding:
    """The sentence that an executive acts on."""
    sentence = _sentence(row)
    if row.running:
        sentence = RUNNING.fill(sentence=sentence, n=row.weeks_run, all=row.weeks_planned)
    return Finding(LEVELS[row.verdict], sentence, owner=row.owner)


def _sentence(row: "Row") -> Text:
    word = WORDS[row.verdict]
    if row.verdict == "planned":
        return PLANNED.fill(word=word, title=named(row), day=day_name(row.starts_on), n=row.pilots_named)
    if row.estimate is None:
        return LACKS.fill(word=word, title=named(row), reason=REASONS[row.reason])
    span = RANGE.fill(low=value(row, row.low80), high=value(row, row.high80))
    told = {"word": word, "did": did(row), "range": span}
    if row.verdict == "open":
        return OPEN.fill(**told, reason=REASONS[row.reason])
    told |= {"goal": value(row, row.goal), "chance": chance(row)}
    return HOLD.fill(**told, n=row.weeks_more) if row.verdict == "hold" else (
        SMALL if row.verdict == "small" else DONE
    ).fill(**told)  # fmt: skip


def word(row: "Row") -> Text:
    """The verdict in a word, with its probability where there is one."""
    return WORDS[row.verdict] if row.probability is None else WITH.fill(word=WORDS[row.verdict], chance=chance(row))


def did(row: "Row") -> Text:
    """What the pilots sold more or less, or how much of a new product."""
    estimate = row.estimate or 0.0
    if row.kind == "rate":
        return SELLS.fill(title=named(row), x=value(row, estimate))
    return (MORE if estimate >= 0 else LESS).fill(title=named(row), x=percent(abs(estimate), 0))


def value(row: "Row", number: float | None) -> Text:
    """An effect or a goal as it is spelled: a share in %, a rate in pieces."""
    return same(plain(number, 1) if row.kind == "rate" else percent(number, 0))


def chance(row: "Row") -> Text:
    """The probability of the goal; never a certainty."""
    if row.probability is not None and not 1 - SURE <= row.probability <= SURE:
        return SURELY if row.probability > SURE else HARDLY
    return REACHES.text(row.probability)


def facts(row: "Row") -> list[tuple[Text, Text]]:
    """What the verdict rests on: each figure with its name, the goal and the lines beside the estimate."""
    metric = TYPICAL_RATE if row.kind == "rate" else UPLIFT
    found = [(metric.name, metric.text(row.estimate))]
    if row.estimate is not None:
        for name, low, high in ((IN_80, row.low80, row.high80), (IN_95, row.low95, row.high95)):
            found.append((name, TO.fill(low=value(row, low), high=value(row, high))))
    found.append((GOAL, value(row, row.goal)))
    found.append(
        (REACHES.name, AGAINST.fill(chance=chance(row), go=percent(row.go_at, 0), stop=percent(row.stop_at, 0)))
    )
    if row.gain_pcs is not None:
        found.append((GAINED.name, pieces(row.gain_pcs)))
    sample = ALONE if row.kind == "rate" else AMONG
    return [*found, (SAMPLE, sample.fill(n=row.pilots, k=row.controls, w=row.weeks_run))]


def notes(row: "Row") -> list[Finding]:
    """What may have moved the effect besides, and what was taken because nobody said."""
    if row.verdict == "planned":
        return []
    counted = ((PROMOTED, row.promotions), (EMPTY, row.out_weeks), (UNTOLD, row.untold_weeks))
    found = [words.fill(n=n) for words, n in counted if n]
    if row.estimate is not None and row.pilots < row.pilots_named:
        found.append(FEWER.fill(n=row.pilots_named, k=row.pilots))
    if row.kind == "uplift" and not row.controls_named and row.estimate is not None:
        found.append(EVERY.fill(n=row.controls))
    if not row.rule_given and row.goal is not None:
        found.append(USUAL.fill(go=percent(row.go_at, 0), stop=percent(row.stop_at, 0)))
    if not found:
        return []
    joined = Text(COMMA.zh.join(one.zh for one in found), COMMA.en.join(one.en for one in found))
    return [Finding("change", NOTE.fill(title=named(row), notes=joined), owner=row.owner)]
