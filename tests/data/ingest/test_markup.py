"""Web pages and XML spreadsheets under the name of a workbook."""

import pytest

from tests.data.ingest.kit import HEADER, Take, loaded, row

SS = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'


def page(*rows: str, charset: str = "gb2312") -> bytes:
    """A web page with one table, as ERP systems export it."""
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return f'<html><head><meta charset="{charset}"></head><table>{body}</table></html>'.encode(charset)


def cells(*words: str, tag: str = "td") -> str:
    """Cells of one row."""
    return "".join(f"<{tag}>{word}</{tag}>" for word in words)


def book(*sheets: str) -> bytes:
    """An XML spreadsheet with these rows on each sheet."""
    parts = "".join(f'<Worksheet ss:Name="S{n}"><Table>{rows}</Table></Worksheet>' for n, rows in enumerate(sheets))
    return f'<?xml version="1.0"?><Workbook {SS}>{parts}</Workbook>'.encode()


def xml_row(*words: str, at: str = "") -> str:
    """A row of an XML spreadsheet."""
    data = "".join(f'<Cell><Data ss:Type="String">{word}</Data></Cell>' for word in words)
    return f"<Row{at}>{data}</Row>"


def test_a_web_page_named_xls_is_read_below_its_title(take: Take):
    title = '<td colspan="5">一月销售</td>'

    done = take(page(title, cells(*HEADER, tag="th"), cells(*row("苏宁"))), name="导出.xls")

    assert loaded(done)[0]["account"] == "苏宁"
    assert any("really is a web page" in note.en for note in done.notes)


def test_cells_that_span_rows_are_filled_down_on_demand(take: Take):
    first = '<td rowspan="3">苏宁</td>' + cells(*row()[1:])
    content = page(cells(*HEADER), first, cells(*row(qty="2")[1:]), cells(*row(qty="3")[1:]))

    assert [q.key for q in take(content).questions] == ["fill"]
    assert [one["account"] for one in loaded(take(content, answers={"fill": "down"}))] == ["苏宁"] * 3


def test_an_xml_spreadsheet_is_read_with_its_gaps_and_dates(take: Take):
    gap = '<Row ss:Index="5"><Cell><Data>A9</Data></Cell><Cell ss:Index="2"><Data>S9</Data></Cell>'
    gap += "<Cell><Data>2026-01-07T00:00:00.000</Data></Cell><Cell><Data>4</Data></Cell></Row>"

    done = take(book(xml_row(*HEADER) + xml_row(*row()) + gap))

    assert [(one["_line"], str(one["sold_on"]), int(one["qty"])) for one in loaded(done)] == [
        (2, "2026-01-05", 1),
        (5, "2026-01-07", 4),
    ]


def test_several_sheets_of_it_are_asked_about(take: Take):
    rows = xml_row(*HEADER) + xml_row(*row())

    assert [o.value for o in take(book(rows, rows)).questions[0].options] == ["S0", "S1"]
    assert take(book("", rows)).questions == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><p>no table</p></html>", "without a table"),
        (b"<html>" + b"<table>" * 1_000, "damaged"),
        (b"<html>" + b"<table>" * 1_001, "damaged"),
        (book(xml_row(*HEADER, at=' ss:Index="99999999"')), "damaged"),
        (book(xml_row(*HEADER, at=' ss:Index="0"')), "damaged"),
        (book(xml_row(*HEADER))[:-30], "damaged"),
        (
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaa">]>'
            + book(xml_row(*HEADER) + xml_row("&a;"))[21:],
            "DTD",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
    ],
)  # fmt: skip
def test_what_is_no_table_or_would_blow_up_is_refused_with_the_reason(content: bytes, why: str, take: Take):
    refused = take(content).refused

    assert refused and why in refused.en
