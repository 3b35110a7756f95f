"""Why a row or a cell is handed back: one sentence a reason, by the key that the SQL and the parsers use."""

from data.text import Text

REASONS: dict[str, Text] = {
    # rows
    "total": Text("像是合计行，未载入，否则会重复计算", "looks like a total row; not loaded, or it would count twice"),
    "header": Text("重复的表头行", "repeats the header row"),
    "ragged": Text("这一行有 {cells} 格，表头有 {columns} 格", "this row has {cells} cells, the header {columns}"),
    "quote": Text("引号不成对，无法分列", "a quotation mark is left open; the row cannot be split into cells"),
    "nul": Text("含有空字符（NUL），文件可能已损坏", "holds NUL characters; the file may be damaged"),
    # any cell
    "empty": Text("必填，不能为空", "must not be empty"),
    "refused": Text("超出允许范围", "is outside the allowed range"),
    # codes and flags
    "science": Text(
        "编码已变成科学计数法，位数已丢失；请在原系统中按文本导出",
        "the code was turned into scientific notation and has lost digits; export it as text",
    ),
    "flag": Text("不是“是/否”", "is neither yes nor no"),
    "choice": Text("只能是：{allowed}", "must be one of: {allowed}"),
    # numbers
    "number": Text("不是数字", "is not a number"),
    "huge": Text("数字过大", "is too large a number"),
    "whole": Text("应为整数", "must be a whole number"),
    "percent": Text("此列不能用百分比", "a percentage does not belong in this column"),
    "inexact": Text("科学计数法丢失了位数", "scientific notation has lost digits"),
    "unit": Text("表头和单元格都带有“万”或“亿”", "both the header and the cell say 万 or 亿"),
    "comma": Text("逗号的用法与本列其他数字矛盾", "its comma contradicts the other numbers of this column"),
    # dates
    "date": Text("不是日期", "is not a date"),
    "month": Text("不是月份", "is not a month"),
    "impossible": Text("没有这一天", "is a day that does not exist"),
    "range": Text("日期不在 1990–2099 年之间", "lies outside the years 1990–2099"),
    "order": Text(
        "日和月的顺序与本列其他日期矛盾", "its order of day and month contradicts other dates of this column"
    ),
}
