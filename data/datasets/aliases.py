"""Aliases: codes and names in other people's files that mean one of our accounts, stores or products.

What they do is in data/codes.py: `used_by` binds a store's or product's alias to the rows of one account; an account's
counts everywhere. An alias that stands for itself and names another code there says that the two are not the same.
"""

from dataclasses import replace

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, SKU, STORE, optional, text
from data.text import Text

ALIASES = Dataset(
    name="aliases",
    title=Text("编码对照", "Aliases"),
    grain=Text(
        "每个别名一行；客户、门店、产品三者填其一", "One row per alias; it stands for an account, a store or a product"
    ),
    key=("alias", "used_by"),
    fields=(
        text(
            "alias",
            "对方编码或名称",
            "Alias",
            need=True,
            also=("别名", "外部编码", "对方编码", "alias"),
            example="JT-10086",
        ),
        text(
            "used_by",
            "使用方",
            "Whose file uses it",
            also=("来源", "来源客户", "系统", "source"),
            example="A01",
            about=Text(
                "谁的文件里这样写：门店和产品填客户编码，只对它的行有效；空着表示所有文件",
                "in whose files: an account's code, for stores and products only its rows count; empty means in all",
            ),
        ),
        replace(optional(ACCOUNT), example=""),  # one of the three; the example is a product's
        replace(STORE, example=""),
        optional(SKU),
        text("note", "备注", "Note", also=("说明", "注释", "note"), example="锦泰自有货号"),
    ),
    latest_wins=True,
    typed=True,
)
