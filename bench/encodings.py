"""`python -m bench.encodings`: 42 ordinary files and 200 hard ones, each in bytes that the reader must make out itself.

The ordinary ones are seven encodings by two sizes and three kinds of text, to be read exactly. The hard ones are mixed,
cut, damaged or hardly any text at all: read rightly, asked about or handed back in part, but never loaded as mojibake.
"""

import codecs
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from bench.pollution.kinds import Polluted
from bench.pollution.scores import TEXT, Score, scores
from bench.pollution.ways import HEADER, TRADITIONAL, Row

SEED, EACH = 20_260_701, 10  # of the hard ones: the seed, files of each kind
SHORT, LONG = 3, 300  # rows
SIMPLIFIED = (
    "苏宁易购",
    "国美电器",
    "京东商城",
    "滚筒洗衣机",
    "对开门冰箱",
    "空调挂机",
    "华东大区",
    "旗舰店",
    "专卖店",
)
CLASSIC = (
    "臺灣電器",
    "對開門冰箱",
    "滾筒洗衣機",
    "華東經銷處",
    "專賣店",
    "國際貿易",
    "電視機櫃",
    "總公司倉庫",
    "門市部",
)
KANA = ("王文生", "方正", "白水田", "文心", "王正方", "田生", "日月", "王心白")  # read as GBK they are kana, みフ
RARE = ("𠮷野家", "㐂喜商贸", "䶮氏", "𡈽產", "㙍上", "𠀀店")  # four bytes in GB18030
FOREIGN = ("Müller", "José", "Café Zürich", "Éric", "Bäckerei", "Søn")
CODECS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16", "utf-16 without BOM")
TEXTS = ("names only", "numbers with one name", "sentences")
PLAIN = ("f0", "f1", "f2", "f3", "f4", "f5")  # a header in ASCII


def ordinary() -> Iterator[Polluted]:
    """The 42."""
    for codec in CODECS:
        for kind in TEXTS:
            for size in (SHORT, LONG):
                random = Random(f"{codec} {kind} {size}")
                words = CLASSIC if codec == "big5" else SIMPLIFIED
                rows = [_row(random, at, words, kind) for at in range(size)]
                if codec == "gb18030":
                    rows[-1] = (*rows[-1][:2], random.choice(RARE), *rows[-1][3:])
                text = _text(rows, TRADITIONAL if codec == "big5" else HEADER)
                yield Polluted(codec, _bytes(text, codec, little=size == SHORT), tuple(rows))


def _row(random: Random, at: int, words: Sequence[str], kind: str = "names only") -> Row:
    """A record whose third column, and for sentences whose last one too, is made of these words."""
    name = f"N{at}" if kind == "numbers with one name" and at else random.choice(words) + random.choice(words)
    note = "，".join(random.choices(words, k=9)) + "。" if kind == "sentences" else ""
    return (f"K{at:04}", f"2026-01-{at % 28 + 1:02}", name, str(at % 90 + 1), f"{at * 7 % 1000 + 1}.50", note)


def _text(rows: Iterable[Row], header: Row = HEADER) -> str:
    return "".join(",".join(row) + "\n" for row in (header, *rows))


def _bytes(text: str, codec: str, little: bool) -> bytes:
    """UTF-16 comes in both byte orders."""
    if not codec.startswith("utf-16"):
        return text.encode(codec)
    mark = "" if codec.endswith("BOM") else "\ufeff"
    return (mark + text).encode("utf-16-le" if little else "utf-16-be")


def hard(each: int = EACH, seed: int = SEED) -> Iterator[Polluted]:
    """`each` files of every hard kind; the same ones for the same seed."""
    for kind, make in HARD.items():
        for turn in range(each):
            content, records = make(Random(f"{seed} {kind} {turn}"))
            yield Polluted(kind, content, tuple(records), asks=("encoding",))


Made = tuple[bytes, list[Row]]
Make = Callable[[Random], Made]


def _rows(random: Random, words: Sequence[str] = SIMPLIFIED, least: int = 20, most: int = 200) -> list[Row]:
    return [_row(random, at, words) for at in range(random.randint(least, most))]


def _odd_lines(
    usual: str, odd: str, share: float, words: Sequence[str] = SIMPLIFIED, names: Sequence[str] = ()
) -> Make:
    """Lines of one encoding among those of another: a share of them, or with 0 a single late one."""

    def make(random: Random) -> Made:
        rows = _rows(random)
        late = {random.randrange(len(rows) * 2 // 3, len(rows))}
        chosen = {at for at in range(len(rows)) if random.random() < share} or late
        if names:
            rows = [(*r[:2], random.choice(names), *r[3:]) if at in chosen else r for at, r in enumerate(rows)]
        head, *lines = _text(rows).splitlines(keepends=True)
        coded = [line.encode(odd if at in chosen else usual) for at, line in enumerate(lines)]
        return head.encode(usual) + b"".join(coded), rows

    return make


def _marked(make: Make) -> Make:
    """The same with a byte order mark of UTF-8."""

    def marked(random: Random) -> Made:
        content, rows = make(random)
        return codecs.BOM_UTF8 + content, rows

    return marked


def _late_in_ascii(codec: str) -> Make:
    """Thousands of ASCII lines, and one name near the end."""

    def make(random: Random) -> Made:
        rows = [(f"K{at:04}", "2026-01-05", f"N{at}", "1", "2.50", "") for at in range(random.randint(3_000, 6_000))]
        at = random.randrange(len(rows) - 200, len(rows))
        rows[at] = (*rows[at][:2], random.choice(SIMPLIFIED), *rows[at][3:])
        text = _text(rows, PLAIN)
        return text.encode(codec), rows

    return make


def _cut(codec: str) -> Make:
    """The last byte is missing, which belongs to a character."""

    def make(random: Random) -> Made:
        rows = _rows(random)
        rows[-1] = (*rows[-1][:5], random.choice(SIMPLIFIED))
        return _text(rows).rstrip("\n").encode(codec)[:-1], rows

    return make


def _small(codec: str, words: Sequence[str], header: Row, least: int = 1, most: int = 5) -> Make:
    return lambda random: (_text(rows := _rows(random, words, least, most), header).encode(codec), rows)


def _damaged(codec: str) -> Make:
    """One byte of one name is another one."""

    def make(random: Random) -> Made:
        rows = _rows(random)
        lines = [line.encode(codec) + b"\n" for line in _text(rows).splitlines()]
        at = random.randrange(1, len(lines))
        name = rows[at - 1][2].encode(codec)
        spoilt = name[: (cut := random.randrange(len(name)))] + b"\xff" + name[cut + 1 :]
        lines[at] = lines[at].replace(name, spoilt, 1)
        return b"".join(lines), rows

    return make


def _spoilt(spoil: Callable[[str], str]) -> Make:
    """Names that were mojibake before the file was written; they are no records."""

    def make(random: Random) -> Made:
        rows = _rows(random)
        bad = set(random.sample(range(len(rows)), 3))
        written = [(*r[:2], spoil(r[2]), *r[3:]) if at in bad else r for at, r in enumerate(rows)]
        return _text(written).encode(), [row for at, row in enumerate(rows) if at not in bad]

    return make


HARD: dict[str, Make] = {
    "late GBK line in ASCII": _late_in_ascii("gbk"),
    "late UTF-8 line in ASCII": _late_in_ascii("utf-8"),
    "late GBK line in UTF-8": _odd_lines("utf-8", "gbk", 0),
    "late UTF-8 line in GBK": _odd_lines("gbk", "utf-8", 0),
    "a third GBK in UTF-8": _odd_lines("utf-8", "gbk", 1 / 3),
    "a third UTF-8 in GBK": _odd_lines("gbk", "utf-8", 1 / 3),
    "UTF-8 with BOM and GBK lines": _marked(_odd_lines("utf-8", "gbk", 0.1)),
    "rare characters late in GB18030": _odd_lines("gb18030", "gb18030", 0, names=RARE),
    "Western name in GBK": _odd_lines("gbk", "cp1252", 0, names=FOREIGN),
    "Western name in UTF-8": _odd_lines("utf-8", "cp1252", 0, names=FOREIGN),
    "Big5, a few lines": _small("big5", CLASSIC, TRADITIONAL),
    "Big5 below an ASCII header": _small("big5", KANA, PLAIN, 1, 30),
    "GBK, a few lines": _small("gbk", SIMPLIFIED, HEADER),
    "GBK below an ASCII header": _small("gbk", SIMPLIFIED, PLAIN),
    "Western alone": _small("cp1252", FOREIGN, PLAIN, 1, 30),
    "UTF-8 cut within a character": _cut("utf-8"),
    "GBK cut within a character": _cut("gbk"),
    "UTF-8 with a damaged byte": _damaged("utf-8"),
    "GBK with a damaged byte": _damaged("gbk"),
    "mojibake in the source": _spoilt(lambda name: name.encode("gbk").decode("cp1252", "replace")),
}


def counts(found: Iterable[Score]) -> dict[str, int]:
    """How many files were read exactly, asked about, handed back in part, refused, and silently wrong."""
    kinds = dict.fromkeys(("exact", "asked", "handed back", "refused", "wrong"), 0)
    for one in found:
        kinds[became(one)] += 1
    return kinds


def became(one: Score) -> str:
    """What became of a file, in a word of `counts`."""
    if one.silent:
        return "wrong"
    if one.outcome.startswith(("asked", "refused")):
        return one.outcome.split()[0].rstrip(":")
    return "exact" if one.f1 == 10 else "handed back"


def report(found: Sequence[Score]) -> str:
    """The counts of each kind, and an example of what is not exact."""
    lines = []
    for kind in dict.fromkeys(one.kind for one in found):
        ones = [one for one in found if one.kind == kind]
        told = ", ".join(f"{name} {count}" for name, count in counts(ones).items() if count)
        example = next((one.silent or one.outcome for one in ones if became(one) != "exact"), "")
        lines.append(f"{kind:34} {len(ones):3}  {told:34} {example[:90]}")
    return "\n".join(lines)


def main() -> int:
    """Print both sets."""
    for title, polluted in (("ordinary", ordinary()), ("hard", hard())):
        with tempfile.TemporaryDirectory() as work:
            found = list(scores(TEXT, Path(work), polluted))
        print(f"{title}: {len(found)} files: {counts(found)}\n{report(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
