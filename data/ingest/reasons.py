"""Why a row or a cell is handed back: one sentence a reason, by the key that the SQL and the parsers use."""

from datetime import date

from data.contract import Dataset, Field
from data.text import Text, same

REASONS: dict[str, Text] = {
    # rows
    "total": Text("像是合计行，未载入，否则会重复计算", "looks like a total row; not loaded, or it would count twice"),
    "example": Text("这是模板里的示例行", "is the example row of the template"),
    "header": Text("重复的表头行", "repeats the header row"),
    "twice": Text("与上面某一行完全相同，整张表在文件里有两遍", "equals a row above; the whole table is there twice"),
    "ragged": Text("这一行有 {cells} 格，表头有 {columns} 格", "this row has {cells} cells, the header {columns}"),
    "quote": Text("引号不成对，无法分列", "a quotation mark is left open; the row cannot be split into cells"),
    "nul": Text("含有空字符（NUL），文件可能已损坏", "holds NUL characters; the file may be damaged"),
    "encoding": Text(
        "这一行既不是 UTF-8 也不是 GBK，无法解码", "is neither UTF-8 nor GBK; its characters cannot be decoded"
    ),
    # any cell
    "empty": Text("必填，不能为空", "must not be empty"),
    "refused": Text("超出允许范围", "is outside the allowed range"),
    "mojibake": Text(
        "是乱码：原系统导出时编码已经转错，请重新导出",
        "is garbled: it was decoded wrongly before it was exported; export it again",
    ),
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
    "future": Text("日期晚于接受的范围", "is dated after the days that were accepted"),
    "far": Text("日期早于接受的范围", "is dated before the days that were accepted"),
    "order": Text(
        "日和月的顺序与本列其他日期矛盾", "its order of day and month contradicts other dates of this column"
    ),
    # codes beside what is there already
    "unknown_account": Text("客户档案里没有这个客户", "this account is not in the account master"),
    "unknown_sku": Text("产品档案里没有这个产品", "this product is not in the product master"),
    "alias_of_one": Text("客户、门店、产品三者只填其一", "must stand for one of account, store and product"),
    "alias_itself": Text("指向它自己，没有意义", "stands for itself, which says nothing"),
    "alias_of_two": Text("同一个别名指向了两个编码", "stands for two codes at once"),
    "alias_circle": Text("两个编码互为别名", "two codes are aliases of each other"),
    "alias_chain": Text(
        "别名的别名：请直接指向最终使用的编码", "is an alias of an alias; let both stand for the code that counts"
    ),
    "parent_circle": Text(
        "上级客户绕成了一圈", "its parents go round in a circle; an account cannot stand above itself"
    ),
}


LOCKED = "locked:"  # before what `locked` puts into a key
LOCKED_AT = Text(
    "“{label}”自 {since} 起定为“{value}”，{begun} 起锁定，不能再改",
    "“{label}” was fixed as “{value}” on {since} and is locked since {begun}: it cannot be changed",
)
EMPTY = Text("空", "empty")


def locked(field: str, since: date, begun: date, value: str) -> str:
    """The key of why a row is handed back that changes what stands: which field, since when, as what ("" empty)."""
    return f"{LOCKED}{field}:{since}:{begun}:{value}"


def why(dataset: Dataset, f: Field, key: str) -> Text:
    """Why a cell is handed back; of a closed list, what it could have said; of a rule of the contract, what it says; of
    what is locked, as what and since when."""
    if key.startswith(LOCKED):
        name, since, begun, value = key.removeprefix(LOCKED).split(":", 3)
        told = same(value) if value else EMPTY
        return LOCKED_AT.fill(label=dataset.field(name).label, since=since, begun=begun, value=told)
    said = next((rule.says for rule in dataset.rules if key == f"rule:{rule.name}"), None)
    return said or REASONS[key].fill(allowed=f.allowed)
