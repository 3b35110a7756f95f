"""Bad inputs 73 to 89: files, names and cells that mean harm, and people who act at the same moment."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from data import intake
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import NotReady, prepare, rejected_file, upload
from data.ingest.read import Source
from data.ingest.rejects import guarded
from data.lake import Batch
from data.store import Store
from pages.ui import export, kit
from pages.ui.wizard import Wizard
from tests.data.ingest.bad.kit import HEADER, asked, handed_back, reason, table, values
from tests.data.ingest.kit import TODAY, Take, read_here, row
from tests.data.ingest.test_workbook import SHEET, far_cell, rebuilt

NAMES = [
    "../../etc/passwd",
    "x" * 300 + ".csv",
    "a\0b.csv",
    "CON.csv",
    "C:\\windows\\win.ini",
    "\u202evsc.exe",
    "a/b\\c.csv",
]
MARKUP = ["<img src=x onerror=alert(1)>", "<script>x</script>", "javascript:alert(1)", "![x](http://a.example/b.png)"]
SQL = ["' OR 1=1 --", '"; DROP TABLE lines; --', "$h0", "{0}", "%s", "c0"]


def book(file: Path, *rows: tuple) -> Path:
    """A workbook of these rows."""
    with xlsxwriter.Workbook(file) as opened:
        sheet = opened.add_worksheet()
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return file


@pytest.fixture
def refused(tmp_path: Path, take: Take):
    """Why a workbook with these parts is refused."""

    def why(changes: dict[str, bytes]) -> str:
        return reason(take(rebuilt(book(tmp_path / "b.xlsx", HEADER, row()), changes).read_bytes(), name="b.xlsx"))

    return why


def test_73_a_zip_bomb_is_refused(refused):
    """73 zip bomb: R."""
    assert "unpacks" in refused({"xl/media/zero.bin": b"\0" * (310 << 20)})


def test_74_a_far_cell_is_refused(refused):
    """74 far cell: R."""
    assert "used area" in refused({"xl/worksheets/sheet1.xml": far_cell('r="XFD1048576"')})


def test_75_a_dtd_is_refused(refused):
    """75 DTD: R."""
    sheet = b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + SHEET.format(rows="").encode()
    assert "DTD" in refused({"xl/worksheets/sheet1.xml": sheet})


def test_76_macros_are_refused(refused):
    """76 macros: R."""
    assert "macros" in refused({"xl/vbaProject.bin": b"macro"})


def test_77_links_to_other_files_are_nothing_but_their_last_values(take: Take, tmp_path: Path):
    """77 external links and DDE: stripped; text that looks like one is text."""
    file = book(tmp_path / "b.xlsx", HEADER, row())
    link = b'<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    prepared = take(rebuilt(file, {"xl/externalLinks/externalLink1.xml": link}).read_bytes(), name="b.xlsx")
    if prepared.refused:
        assert "link" in reason(prepared)
    else:
        assert values(prepared, "account") == ["A1"]
    with xlsxwriter.Workbook(file) as opened:
        sheet = opened.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, row())
        sheet.write_formula(1, 3, "='file:///c:/[x.xlsx]S'!A1", None, 7)
    assert values(take(file.read_bytes(), name="b.xlsx"), "qty") == [7]


def test_78_a_protected_workbook_is_refused_with_a_hint(take: Take):
    """78 password: R with a hint."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "Remove the password" in reason(take(locked, name="b.xlsx"))


@pytest.mark.parametrize("name", NAMES)
def test_79_the_name_of_a_file_is_never_a_path(name: str, tmp_path: Path):
    """79 ../ and links as names: stored under a name of our own."""
    wizard = Wizard()
    wizard.take(memoryview(b"a,b"), name, tmp_path / "uploads")
    assert [p.read_bytes() for p in (tmp_path / "uploads").iterdir()] == [b"a,b"] and wizard.name == name
    assert len(list(tmp_path.iterdir())) == 1 and wizard.path and wizard.path.parent == tmp_path / "uploads"


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1|x", "-cmd", "@SUM(A1)", "＝1"])
def test_80_formulas_in_cells_are_text_here_and_harmless_where_they_go(cell: str, take: Take):
    """80 formulas: kept, escaped on export."""
    prepared = take(table(row(account=cell), row(account=cell, qty="x")))
    assert values(prepared, "account") == [cell]
    assert guarded(cell) == export.guarded(cell) == "'" + cell
    assert f"'{cell}" in rejected_file(prepared).decode("utf-8-sig")


@pytest.mark.parametrize("name", MARKUP)
def test_81_markup_in_names_is_literal_text(name: str, take: Take, monkeypatch: pytest.MonkeyPatch):
    """81 HTML and Markdown: literal."""
    monkeypatch.setattr(kit.state, "lang", lambda: "zh")
    assert values(take([row(account=name)]), "account") == [name]
    assert "<" not in kit.esc(name) and re.search(r"(?<!\\)[<\[!:]", kit.md(name)) is None
    assert re.sub(r"\\(.)", r"\1", kit.md(name)) == name


@pytest.mark.parametrize("word", SQL)
def test_82_sql_in_values_and_headers_is_data(word: str, take: Take, store: Store):
    """82 SQL: bound and quoted."""
    assert values(take([row(account=word)]), "account") == [word]
    header = (*HEADER[:4], word)
    told = take([row()], header=header, mapping={"amount": word}, answers={"tax_basis": "net"})
    assert values(told, "amount") == [10]
    assert store.execute("SELECT $x", x=word) == [(word,)]


def test_83_rare_characters_are_kept(take: Take):
    """83 emoji, four bytes, combining marks: kept."""
    names = ["店😀", "𠮷野家", "e\u0301cole", "👨‍👩‍👧家庭店"]
    assert values(take([row(account=name) for name in names]), "account") == names


def test_84_a_file_name_that_turns_its_letters_round_is_shown_as_it_is_stored(monkeypatch: pytest.MonkeyPatch):
    """84 U+202E in a file name: shown escaped, or without."""
    monkeypatch.setattr(kit.state, "lang", lambda: "zh")
    shown: list[str] = []
    monkeypatch.setattr(kit.st, "html", shown.append)
    kit.empty("x", "y", "safe\u202evsc.exe")
    kit.headline("safe\u202evsc.exe", "x", "y")
    assert "\u202e" not in "".join(shown) + kit.md("safe\u202evsc.exe")


@pytest.mark.parametrize("name", NAMES)
def test_85_long_and_reserved_file_names_are_read_like_any_other(name: str, take: Take, write, work: Path):
    """85 300 characters, NUL, CON.csv: the name is a label."""
    prepared = prepare(write(table(row())), name, BY_NAME["sell_in"], work=work, today=TODAY)
    assert prepared.source.name == name and prepared.source.staged and prepared.source.staged.rows == 1
    saved = export.file_name(name)
    assert "/" not in saved and "\\" not in saved and "\0" not in saved and len(saved.encode()) <= 255


@pytest.mark.parametrize(("content", "what"), [(b"MZ\x90\0\x03", "EXE"), (b"\x7fELF\2\1", "ELF"), (b"%PDF-1.7", "PDF")])
def test_86_bytes_of_another_kind_are_refused_whatever_name_they_came_under(
    content: bytes, what: str, tmp_path: Path, take: Take
):
    """86 evil.exe by a raw PUT: R, by its first bytes."""
    wizard = Wizard()
    wizard.take(memoryview(content), "sales.csv", tmp_path / "uploads")
    assert wizard.path and what in reason(take(wizard.path.read_bytes(), name="sales.csv"))


def test_87_uploads_have_an_upper_limit_that_the_page_names():
    """87 too large: 413 by Streamlit, whose limit is the one that the page says."""
    from streamlit import config

    from pages.intake.choose import DROP

    limit = config.get_option("server.maxUploadSize")
    assert limit == 500 and f"{limit} MB" in DROP.en and f"{limit} MB" in DROP.zh


def test_88_a_file_that_is_given_up_while_it_is_read_leaves_nothing_and_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """88 the uploader goes away mid-parse: the copy goes, the reading ends, nothing is left when it is given up."""
    wizard, uploads = Wizard(), tmp_path / "uploads"
    wizard.take(memoryview(table(row()).encode()), "a.csv", uploads)
    assert wizard.path

    def interrupted(*args: Any, **told: Any) -> Source:
        source = read_here(*args, **told)
        wizard.drop()
        return source

    monkeypatch.setattr(upload, "read", interrupted)
    prepared = prepare(wizard.path, "a.csv", BY_NAME["sell_in"], work=uploads, today=TODAY)
    assert values(prepared, "account") == ["A1"] and (wizard.path, wizard.prepared) == (None, None)
    prepared.discard()
    assert list(uploads.iterdir()) == []


def test_89_of_two_people_who_publish_one_period_at_once_one_wins_and_the_other_is_told(tmp_path: Path):
    """89 the same period at once: one wins, the other is told."""
    home = Home(tmp_path / "home", memory_mb=256)
    header = ("客户编码", "产品编码", "销售日期", "数量", "含税金额")
    files = []
    for who, qty in (("ana", "1"), ("bo", "2")):
        path = tmp_path / f"{who}.csv"
        path.write_text(table(row(day="2026-06-02", qty=qty), header=header), encoding="utf-8")
        work = intake.work_folder(home)
        files.append((who, prepare(path, path.name, BY_NAME["sell_out"], work=work, today=TODAY)))
    assert [intake.open_questions(home, prepared, {}) for _, prepared in files] == [
        [],
        [],
    ]  # neither meets anything yet
    told: list[NotReady] = []
    batches: list[Batch] = []
    for who, prepared in files:
        try:
            batches.append(intake.take(home, prepared, {}, who, partial=False))
        except NotReady as stop:
            told.append(stop)
    total = home.own().execute("SELECT sum(qty)::INTEGER FROM sell_out")
    home.own().close()
    assert (len(batches), len(told), total) == (1, 1, [(1,)]), "both counted and nobody was told"


def test_a_corrupted_archive_is_refused_and_asks_nothing(take: Take, tmp_path: Path):
    """Beside 73: a zip whose directory lies."""
    whole = book(tmp_path / "b.xlsx", HEADER, row()).read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(whole))
    prepared = take(whole[: len(whole) // 2], name="b.xlsx")
    assert "damaged" in reason(prepared) and asked(prepared) == []
    assert handed_back(take(table(row()))) == []
