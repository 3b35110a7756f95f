"""Words by which a feedback card without a theme or a score is read: plain lists, so that every hit can be shown.

A word counts once where it stands; the longest wins (“不错” before “错”). A word of denial close before it turns praise
into blame and back: 不吵, 没有噪音, not noisy; two of them leave it as it is. Words that only look like one of the list
stand under PASSED.
"""

import re
from dataclasses import dataclass
from typing import Literal

Mood = Literal["good", "bad"]
NEAR_CHARACTERS, NEAR_WORDS = 4, 3  # before a Chinese or an English word, in which a denial is meant for it
DENIALS = (
    "没有", "不会", "不算", "不太", "不", "没", "无", "未", "别", "毫无", "并不", "从不", "not", "no", "never",
    "without", "isn't", "doesn't", "don't", "wasn't", "hardly",
)  # fmt: skip
STOPS = "，。；！？、,.;!?：:"  # a denial before one of these is meant for something else
PASSED = (
    "差不多", "影响", "响应", "音响", "不锈钢", "不同", "不仅", "不但", "不只", "特别", "分别", "别的", "无论",
    "好像", "最好", "只好", "问好", "无线", "没事", "响起", "反响", "not only", "no longer",
)  # fmt: skip
GOOD = (
    "安静", "静音", "不错", "满意", "喜欢", "欢迎", "合适", "划算", "便宜", "实惠", "值得", "值", "好看", "漂亮",
    "大气", "高档", "好用", "好讲", "好卖", "好", "方便", "简单", "省水", "省电", "节能", "省心", "干净", "到位",
    "及时", "结实", "耐用", "稳定", "可靠", "清楚", "配得上", "放得下", "没问题", "没毛病", "熟练", "快", "棒", "赞",
    "推荐", "回头客", "quiet", "silent", "good", "great", "nice", "fine", "happy", "pleased", "satisfied", "like",
    "likes", "love", "loves", "liked", "popular", "welcome", "cheap", "worth", "fair", "beautiful", "pretty", "easy",
    "handy", "clean", "fast", "quick", "sturdy", "reliable", "solid", "well", "recommend", "no problem",
    "no problems",
)  # fmt: skip
BAD = (
    "噪音", "噪声", "吵", "响", "震动", "抖", "嫌贵", "嫌", "偏贵", "太贵", "贵", "不值", "难看", "丑", "过时",
    "偏厚", "太厚", "笨重", "太大", "放不下", "看不懂", "不懂", "复杂", "麻烦", "太多", "难", "费水", "费电", "坏",
    "故障", "漏水", "漏", "掉漆", "生锈", "投诉", "退货", "退", "差", "慢", "时间长", "太长", "太短", "短", "加件",
    "缺件", "不熟", "破损", "磕碰", "变形", "破", "问题", "毛病", "失望", "不满", "不好", "不行", "卖不动", "异味",
    "烫", "noise", "noisy", "loud", "expensive", "pricey", "dear", "ugly", "dull", "bulky", "heavy", "too big",
    "too thick", "difficult", "hard", "confusing", "complicated", "broken", "breaks", "broke", "leak", "leaks",
    "leaking", "faulty", "fault", "defect", "scratch", "scratched", "dented", "damaged", "rust", "complaint",
    "complaints", "complain", "return", "returned", "returns", "bad", "poor", "slow", "too long", "too short",
    "missing", "late", "problem", "problems", "disappointed", "dislike", "unhappy", "trouble",
)  # fmt: skip
THEMES: dict[str, tuple[str, ...]] = {  # theme as the contract has it, to what names it
    "噪音": (
        "噪音", "噪声", "安静", "静音", "吵", "响", "声音", "震动", "noise", "noisy", "quiet", "silent", "loud",
        "sound",
    ),
    "价格": (
        "价格", "价钱", "价位", "贵", "便宜", "划算", "实惠", "赠品", "优惠", "值", "price", "priced", "expensive",
        "pricey", "cheap", "cost", "gift", "worth", "discount",
    ),
    "外观": (
        "外观", "颜色", "面板", "机身", "好看", "难看", "漂亮", "款式", "门体", "尺寸", "放不下", "looks", "colour",
        "color", "design", "panel", "size", "bulky", "ugly", "pretty",
    ),
    "功能": (
        "功能", "程序", "烘干", "洗净", "分区", "省水", "省电", "节能", "模式", "操作", "按键", "function",
        "functions", "programme", "programmes", "program", "programs", "drying", "mode", "modes", "energy", "buttons",
    ),
    "质量": (
        "质量", "做工", "故障", "坏", "漏水", "生锈", "掉漆", "耐用", "结实", "quality", "fault", "faulty", "broken",
        "leak", "leaks", "rust", "sturdy", "reliable", "defect",
    ),
    "安装": (
        "安装", "送装", "师傅", "进水管", "排水管", "上门", "install", "installed", "installation", "installer",
        "fitter", "fitters", "hose",
    ),
    "包装": (
        "包装", "纸箱", "泡沫", "箱子", "破损", "磕碰", "packaging", "package", "carton", "box", "foam",
    ),
}  # fmt: skip
OTHER = "其他"  # the theme of what names none


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a list where it stands in a card: `said` with its denial, and which way it counts."""

    said: str
    mood: Mood


def hits(words: str) -> list[Hit]:
    """The words of praise and blame in a text, in its order."""
    found = []
    for match in _LISTED.finditer(words):
        word = match[0].casefold()
        if word in PASSED:
            continue
        denial = _denied(words[: match.start()])
        good = (word in GOOD) ^ (denial is not None)
        start = match.start() if denial is None else match.start() - denial
        found.append(Hit(words[start : match.end()], "good" if good else "bad"))
    return found


def theme(words: str) -> str:
    """The theme that most words of a text name, the first of several; OTHER where none is named."""
    counts = {
        name: sum(match.casefold() not in PASSED for match in pattern.findall(words))
        for name, pattern in _THEMES.items()
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else OTHER


def _denied(before: str) -> int | None:
    """How many characters before a word its denial begins; None where it is not denied, or twice."""
    near = re.split(f"[{STOPS}]", before)[-1]
    words = re.findall(r"\S+\s*", near)
    english = "".join(words[-NEAR_WORDS:])
    reach = english if re.fullmatch(r"[\x00-\x7f]*", english) else near[-NEAR_CHARACTERS:]
    found = [m for m in _DENIALS.finditer(reach) if m[0].casefold() not in PASSED]
    return len(reach) - found[0].start() if len(found) % 2 else None


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest of these words wherever it stands; English ones as whole words only."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    spelled = (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest)
    return re.compile("|".join(spelled), re.IGNORECASE)


_LISTED = _any_of(GOOD + BAD + PASSED)
_DENIALS = _any_of(DENIALS + PASSED)
_THEMES = {name: _any_of(words + PASSED) for name, words in THEMES.items()}
