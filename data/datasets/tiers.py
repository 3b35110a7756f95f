"""Tiers: from which amount or quantity on an agreement pays which rate."""

from data.contract import Dataset, Kind
from data.datasets.fields import number, text
from data.text import Text

TIERS = Dataset(
    name="tiers",
    title=Text("返利档位", "Rebate tiers"),
    grain=Text("每协议每档一行", "One row per agreement and tier"),
    key=("agreement", "tier"),
    fields=(
        text(
            "agreement",
            "协议编号",
            "Agreement",
            need=True,
            also=("合同编号", "合同号", "返利编号", "返利政策编号", "knuma", "contractno"),
            example="FL2026A01",
        ),
        number(
            "tier",
            Kind.COUNT,
            "档位",
            "Tier",
            "",
            need=True,
            also=("档次", "级别", "阶梯", "step"),
            check="tier >= 1",
            example="2",
        ),
        number(
            "threshold",
            Kind.MONEY,
            "起点",
            "From",
            "CNY or pcs",
            need=True,
            also=("达标金额", "达标数量", "起始金额", "下限", "门槛", "kstbm", "threshold"),
            check="threshold >= 0",
            example="40000000",
            about=Text("达到这个数（含）就算这一档", "the tier begins at this figure, included"),
        ),
        number(
            "rate",
            Kind.RATE,
            "返利比例",
            "Rate",
            "share of the basis",
            also=("返点", "返利点数", "比例", "返利率", "rebaterate"),
            check="rate BETWEEN 0 AND 1",
            example="0.02",
            about=Text(
                "按金额返的填这里；按台返的填“每台返利”",
                "for a rebate on money; one by piece goes to “Rebate per piece”",
            ),
        ),
        number(
            "per_piece",
            Kind.MONEY,
            "每台返利",
            "Rebate per piece",
            "CNY/pc",
            also=("单台返利", "每台金额", "perunit"),
            check="per_piece >= 0",
            example="0",
        ),
    ),
    latest_wins=True,
    typed=True,
)
