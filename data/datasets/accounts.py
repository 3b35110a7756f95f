"""Accounts: the channel customers, and which of them are key accounts."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, REGION, number, required, text
from data.datasets.headers import HEADERS
from data.text import Text, same

LEVELS = (same("A"), same("B"), same("C"))
CHANNELS = (
    Text("连锁", "Chain"),
    Text("家电连锁", "Appliance chain"),
    Text("百货", "Department store"),
    Text("商城", "Shopping mall"),
    Text("家居卖场", "Home store"),
    Text("经销商", "Dealer"),
    Text("分销商", "Distributor"),
    Text("电商", "E-commerce"),
)

ACCOUNTS = Dataset(
    name="accounts",
    title=Text("客户档案", "Account master"),
    grain=Text("每客户一行", "One row per account"),
    key=("account",),
    fields=(
        ACCOUNT,
        required(ACCOUNT_NAME),
        text("name_en", "英文名称", "English name", also=("englishname", "客户英文名"), example="Jintai Appliances"),
        text("parent", "上级客户", "Parent account", also=("集团", "总部", "parentaccount"), example="A00"),
        REGION,
        text("tier", "客户级别", "Tier", also=("等级", "客户等级", "客户分级"), example="A", usual=LEVELS),
        text(
            "channel",
            "渠道类型",
            "Channel type",
            also=("客户类型", "渠道", "businesstype", "细分"),
            example="连锁",
            usual=CHANNELS,
        ),
        text("owner", "客户经理", "Account manager", also=HEADERS["salesperson"], example="李敏"),
        number("key_account", Kind.FLAG, "是否大客户", "Key account", "", also=("大客户", "重点客户"), example="是"),
        number("stores", Kind.COUNT, "门店数", "Stores", "stores", also=("门店数量", "storecount"), example="48"),
        number(
            "purchases",
            Kind.MONEY,
            "年采购额",
            "Purchases a year",
            "CNY",
            also=("年采购规模", "采购总额", "同类年采购额", "annualpurchases", "purchasesayear", "walletsize"),
            check="purchases > 0",
            example="36000000",
            about=Text(
                "一年向所有供应商采购同类商品的金额，用来算客户份额",
                "goods of our kind from all suppliers in a year; for the share of wallet",
            ),
        ),
    ),
    latest_wins=True,
)
