"""`python -m bench.hostile`: files that mean harm, each through a process of its own, and how long they took to refuse.

Each is small on disk and asks a parser for far more: memory, time, another file, or a crash. An honest answer is a
sentence within a second; a file that can be read rightly in spite of it may be.
"""

import io
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from data.ingest.read import ReadError, Source, read

QUICK = 1.0  # seconds to refuse
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = '<c r="{at}" t="inlineStr"><is><t>{word}</t></is></c>'
HEAD = f'<row r="1">{WORD.format(at="A1", word="account")}{WORD.format(at="B1", word="qty")}</row>'
FIRST = f'{HEAD}<row r="2">{WORD.format(at="A2", word="X")}<c r="B2"><v>3</v></c></row>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
NOISE = {"noise.bin": random.Random(0).randbytes(100_000)}  # does not compress
LINK = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
Parts = Mapping[str, bytes | str]


def sheet(rows: str = FIRST, before: str = "") -> str:
    """A sheet of these rows."""
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def book(parts: Parts | None = None, sheets: int = 1) -> bytes:
    """A minimal xlsx with some parts added or replaced; all sheets are the same one."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    whole: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet(),
        **(parts or {}),
    }
    return zipped(whole)


def related(kind: str, target: str) -> str:
    """A part with one relationship."""
    one = f'<Relationship Id="rId1" Type="{REL}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>'


def zipped(parts: Parts) -> bytes:
    """These entries as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def in_sheet(rows: str, before: str = "") -> bytes:
    """A book whose sheet has these rows, with noise beside them that keeps the ratio low."""
    return book({"xl/worksheets/sheet1.xml": sheet(rows, before), **NOISE})


def far(reference: str) -> bytes:
    """A book with one cell far away."""
    return in_sheet(f'{FIRST}<row r="1048576"><c {reference}><v>1</v></c></row>')


def elsewhere(name: str, content: bytes | str) -> bytes:
    """A book whose sheet has another name than usual."""
    rels = related("worksheet", f"worksheets/{name}")
    return book({"xl/_rels/workbook.xml.rels": rels, f"xl/worksheets/{name}": content})


def strings() -> bytes:
    """A string table of 90 MB, all of it different enough to pass as text."""
    words = [f"<si><t>{n * 2_654_435_761 % 2**32:08x}{'x' * 50}</t></si>" for n in range(1_200_000)]
    return book({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(words)}</sst>'})


def ods(rows: str, before: str = "") -> bytes:
    """An ods of these rows, with noise beside them that keeps the ratio low."""
    body = f'<table:table table:name="x">{rows}</table:table>'
    content = f"{before}<office:document-content>{body}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **NOISE})


def ods_far() -> bytes:
    """One cell repeated over a whole sheet."""
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value="1" office:value-type="float"/>'
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def spoilt_directory(seed: int) -> bytes:
    """A book with some bytes of its central directory changed."""
    whole, rng = bytearray(book()), random.Random(seed)
    start = whole.index(b"PK\x01\x02")
    for _ in range(6):
        whole[rng.randrange(start, len(whole))] = rng.randrange(256)
    return bytes(whole)


def symlink() -> bytes:
    """A book with a link out of the archive."""
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a") as made:
        entry = zipfile.ZipInfo("xl/media/link")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return out.getvalue()


def lying_size() -> bytes:
    """A bomb whose directory says that it is small."""
    whole = bytearray(book({"xl/media/zero.xml": b"\0" * (310 << 20)}))
    at = whole.rindex(b"xl/media/zero.xml", 0, len(whole))
    whole[at - 46 + 24 : at - 46 + 28] = (1_000).to_bytes(4, "little")
    return bytes(whole)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: book({"xl/media/zero.bin": b"\0" * (310 << 20)}),
    "zip bomb that lies of its size": lying_size,
    "ratio beyond any table": lambda: book({"xl/media/zero.bin": b"\0" * (100 << 20)}),
    "zips within a zip": lambda: zipped({f"{n}.zip": zipped({"zero": b"\0" * (1 << 20)}) for n in range(200)}),
    "far cell": lambda: far('r="XFD1048576"'),
    "far cell in small letters": lambda: far('r="xfd1048576"'),
    "far cell beyond every sheet": lambda: far('r="ZZZZZZ4294967295"'),
    "far cell in a sheet of UTF-16": lambda: book(
        {"xl/worksheets/sheet1.xml": sheet(f'{FIRST}<row r="9"><c r="XFD1048576"><v>1</v></c></row>').encode("utf-16")}
    ),
    "far cell in a part of another ending": lambda: elsewhere(
        "sheet1.dat", sheet(f'{FIRST}<row r="9"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "far row without references": lambda: in_sheet(f'{FIRST}<row r="4294967295"><c><v>1</v></c></row>'),
    "used area at the limit": lambda: far('r="S1048576"'),
    "dimension that lies": lambda: book(
        {"xl/worksheets/sheet1.xml": sheet().replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')}
    ),
    "entity bomb": lambda: in_sheet("<row r='1'><c t='inlineStr'><is><t>&a9;</t></is></c></row>", BOMB),
    "entity bomb in the string table": lambda: book({"xl/sharedStrings.xml": f"{BOMB}<sst><si><t>&a9;</t></si></sst>"}),
    "outside entity": lambda: in_sheet(FIRST, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "macros": lambda: book({"xl/vbaProject.bin": b"macro"}),
    "external links": lambda: book({"xl/externalLinks/externalLink1.xml": LINK}),
    "encrypted": lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    "50,000 sheets": lambda: book(sheets=50_000),
    "100,000 entries": lambda: zipped({f"x{n}": b"" for n in range(100_000)}),
    "path out of the archive": lambda: book({"../../evil.xml": b"x", "/etc/evil.xml": b"x"}),
    "link out of the archive": symlink,
    "string table of 90 MB": strings,
    "zip cut in half": lambda: (whole := book())[: len(whole) // 2],
    **{f"spoilt zip directory {n}": lambda n=n: spoilt_directory(n) for n in range(3)},
    "XML nested a million deep": lambda: in_sheet("<a>" * 1_000_000),
    "a cell nested a million deep": lambda: in_sheet(f"<row r='1'><c r='A1'>{'<is>' * 1_000_000}"),
    "ods far cell": ods_far,
    "ods entity bomb": lambda: ods("<table:table-row/>", BOMB),
    "ods nested a million deep": lambda: ods("<table:table-row>" + "<text:p>" * 1_000_000),
    "xls of noise": lambda: OLE + random.Random(1).randbytes(200_000),
    "xls that points at itself": lambda: OLE + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0" + b"\1\0\0\0" * 20_000,
    "SpreadsheetML entity bomb": lambda: f'<?xml version="1.0"?>{BOMB}<Workbook>&a9;</Workbook>'.encode(),
    "HTML nested a million deep": lambda: b"<html>" + b"<table><tr><td>" * 1_000_000,
    "csv of quotation marks": lambda: b"a,b\n" + b'"' * 900_000 + b"\n" + b'"x\n' * 200_000,
    "csv of a line without end": lambda: b"a,b\n" + b"x," * 5_000_000,
}


def refused(name: str, folder: Path) -> tuple[Source, float]:
    """What came of one of them, and the seconds that reading took."""
    file = folder / "in.xlsx"
    file.write_bytes(HOSTILE[name]())
    start = time.perf_counter()
    source = read(file, file.name, folder)
    return source, time.perf_counter() - start


def main() -> int:
    """Print a line for each; 1 when one took longer than a second to refuse, or ended as a fault of ours."""
    bad = 0
    for name in HOSTILE:
        with tempfile.TemporaryDirectory() as folder:
            try:
                source, seconds = refused(name, Path(folder))
            except ReadError as fault:
                bad += 1
                print(f"{name:40}   FAULT  {str(fault).splitlines()[-1][:80]}", flush=True)
                continue
        late = source.refused is not None and seconds > QUICK
        bad += late
        said = source.refused.en if source.refused else f"read, {source.staged.rows if source.staged else 0} rows"
        print(f"{name:40} {seconds:6.2f} s{' !' if late else '  '} {said[:80]}", flush=True)
    print(f"{len(HOSTILE)} files, {bad} refused late or not at all")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
