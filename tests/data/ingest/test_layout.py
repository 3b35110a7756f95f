"""Where the header is, and what the columns are called."""

import pytest

from data.ingest.layout import look
from tests.data.ingest.kit import HEADER, Take, loaded, row

KNOWN = frozenset({"客户编码", "产品编码", "单据日期", "数量", "金额", "customer", "sku", "date", "qty", "amount"})
LINE = ["A1", "S1", "2026-01-05", "1", "10"]
BODY = [LINE, ["A2", "S2", "2026-01-06", "2", "20"]]


@pytest.mark.parametrize(
    ("rows", "headers", "begins"),
    [
        ([list(HEADER)], HEADER, 1),
        ([["销售明细", "", "", "", ""], list(HEADER)], HEADER, 2),
        ([["部门：", "华东", "日期：", "2026-01-31", ""], list(HEADER)], HEADER, 2),
        (
            [["客户编码", "产品编码", "本月", "", ""], ["", "", "日期", "数量", "金额"]],
            ("客户编码", "产品编码", "本月 / 日期", "本月 / 数量", "本月 / 金额"),
            2,
        ),
        (
            [["", "", "", "本月", "上月"], ["客户编码", "产品编码", "单据日期", "数量", "数量"]],
            ("客户编码", "产品编码", "单据日期", "本月 / 数量", "上月 / 数量"),
            2,
        ),
        ([list(HEADER), ["customer", "sku", "date", "qty", "amount"]], HEADER, 2),
        ([list(HEADER), ["who", "what", "when", "how many", "how much"]], HEADER, 2),
        ([list(HEADER), ["", "", "", "(件)", "(万元)"]], (*HEADER[:3], "数量(件)", "金额(万元)"), 2),
    ],
    ids=["plain", "title", "filters above", "merged groups", "repeats told apart", "two languages", "unknown", "units"],
)
def test_a_header_of_one_row_or_two_is_found_below_what_stands_above(rows, headers, begins):
    layout = look(rows + BODY, KNOWN)

    assert (layout.headers, layout.begins, layout.unnamed) == (tuple(headers), begins, ())


BELOW = [["A1", "苏宁", "S1", "洗衣机", "2026-01-05", "3"], ["A2", "国美", "S2", "冰箱", "2026-01-06", "4"]]
OWNED = ("客户编码", "客户名称", "产品编码", "产品名称")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["客户", "", "产品", "", "日期", "数量"], ["编码", "名称", "编码", "名称", "", ""]),
        (["客户", "", "产品", "", "", ""], ["编码", "名称", "编码", "名称", "日期", "数量"]),
        (["客户", None, "产品", None, "日期", None], ["编码", "名称", "编码", "名称", None, "数量"]),
    ],
    ids=["dates and figures above", "dates and figures below", "one above and one below"],
)
def test_codes_and_names_belong_to_whoever_stands_above_them(upper, lower):
    layout = look([["销售明细"], upper, lower, *BELOW], KNOWN)

    assert (layout.headers, layout.begins) == ((*OWNED, "日期", "数量"), 3)
    assert any("two rows, which were joined" in note.en for note in layout.notes)


def test_an_owner_over_two_columns_alone_is_joined_and_english_with_a_space():
    assert look([["客户", ""], ["编码", "名称"], ["A1", "苏宁"], ["A2", "国美"]], KNOWN).headers == OWNED[:2]
    rows = [["Account", "", "Qty"], ["Code", "Name", ""], ["A1", "x", "3"], ["A2", "y", "4"]]
    assert look(rows, KNOWN | {"accountcode"}).headers == ("Account Code", "Account Name", "Qty")


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ([["客户编码", "", "数量"], ["A1", "苏宁", ""]], ("客户编码", "column 2", "数量")),
        ([["客户", "产品", "数量"], ["编码", "名称", "5"]], ("客户", "产品", "数量")),
        ([["客户", "备注", "数量"], ["编码", "新店", ""]], ("客户", "备注", "数量")),
        ([["销售报表", "", ""], ["编码", "名称", "数量"]], ("编码", "名称", "数量")),
        ([["客户", "苏宁", ""], ["编码", "名称", "数量"]], ("编码", "名称", "数量")),
    ],
    ids=["data", "a figure in it", "a word that no header has", "a title", "a filter"],
)
def test_what_is_no_pair_of_headers_is_not_joined(rows, headers):
    assert look([*rows, ["A1", "x", "3"], ["A2", "y", "4"], ["A3", "z", "5"]], KNOWN).headers == headers


def test_only_codes_and_names_below_an_owner_are_its_and_each_once():
    rows = [
        ["客户", "", "", ""],
        ["编码", "名称", "数量", "编码"],
        ["A1", "苏宁", "3", "S1"],
        ["A2", "国美", "4", "S2"],
    ]

    assert look(rows, KNOWN).headers == ("客户编码", "客户名称", "数量", "编码")


def test_a_group_does_not_spread_over_a_column_of_its_own():
    rows = [["客户编码", "本月", "", "备注", ""], ["", "数量", "金额", "", "其他"], ["A1", "1", "2", "x", "y"]]

    assert look(rows, KNOWN).headers == ("客户编码", "本月 / 数量", "本月 / 金额", "备注", "其他")


@pytest.mark.parametrize(
    "first", [["A1", "S1", "?", "x", ""], ["A1", "S1", "2026-01-05", "", ""], ["A", "S", "N/A", "N/A", "N/A"]]
)
def test_a_first_row_with_words_where_numbers_belong_is_still_data(first):
    assert look([list(HEADER), first, *BODY], KNOWN).begins == 1


def test_a_title_over_a_column_without_a_name_is_still_a_title():
    layout = look([["", "报表", ""], ["客户编码", "", "数量"], ["A1", "x", "1"], ["A2", "y", "2"]], KNOWN)

    assert (layout.headers, layout.above) == (("客户编码", "column 2", "数量"), ("报表",))


def test_words_above_a_single_column_of_numbers_are_data_and_no_second_header():
    assert look([["名称", "数量"], ["甲", "乙"], ["丙", "1"], ["丁", "2"]], KNOWN).begins == 1


def test_a_file_without_a_header_loses_no_row():
    layout = look(BODY, KNOWN)

    assert (layout.begins, layout.headers[0], layout.headers[4]) == (0, "column 1", "column 5")
    assert any("no header" in note.en for note in layout.notes)


@pytest.mark.parametrize(
    "header", [["名称", "地区", "一", "二", "三"], ["x", "y", "2024", "2025", "2026"], ["客户编码", "1", "2", "3", "4"]]
)
def test_words_or_years_or_a_known_word_are_a_header(header):
    assert look([header, *BODY], KNOWN).begins == 1


def test_a_column_that_holds_data_under_a_blank_header_is_named_by_its_place():
    rows = [["客户编码", "", "数量", ""], ["A1", "x", "1", ""], ["A2", "", "2", ""]]

    layout = look(rows, KNOWN)

    assert (layout.headers[1], layout.unnamed) == ("column 2", (2,))
    assert layout.samples == (("A1", "A2"), ("x",), ("1", "2"), ())


def test_a_file_without_header_is_loaded_whole_once_its_columns_are_told(take: Take):
    text = "\n".join(",".join(row(str(n))) for n in range(3)) + "\n"
    told = dict(zip(("account", "sku", "sold_on", "qty"), (f"column {n}" for n in range(1, 5)), strict=True))

    assert {q.key for q in take(text).questions} == {f"map.{name}" for name in told}
    assert [one["account"] for one in loaded(take(text, mapping=told))] == ["0", "1", "2"]


def test_a_column_without_a_name_is_asked_about_and_read_as_told_or_left(take: Take):
    header = ("客户编码", "", "单据日期", "数量", "金额")

    asked = take([row()], header=header)

    assert [q.key for q in asked.questions] == ["column:2", "map.sku"]
    assert "S1" in asked.questions[0].ask.en
    assert loaded(take([row()], header=header, answers={"column:2": "sku"}))[0]["sku"] == "S1"
    assert [q.key for q in take([row()], header=header, answers={"column:2": "-"}).questions] == ["map.sku"]
    with pytest.raises(ValueError, match="column:2"):
        take([row()], header=header, answers={"column:2": "nonsense"})
