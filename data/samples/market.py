"""Who buys and what we make: the demo company's accounts, products, people and stores. Every name is invented.

Sizes fall off like a Pareto law (the five largest make just under half of the first year). Two accounts fall and two
rise in the last months; `growth` is the yearly drift that all of them have besides.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Account(NamedTuple):
    """One key account.

    `sales_mcny`: sell-out in its first full year, million CNY; `growth`: log per year; `cover_days` it aims at.
    """

    code: str
    name: str
    name_en: str
    region: str
    tier: str
    channel: str
    stores: int
    sales_mcny: float
    growth: float
    discount: float
    cover_days: int
    since: str = "2020-01-01"
    parent: str = ""


class Product(NamedTuple):
    """One SKU. `weight`: share of its category's pieces; `until`: last month made ("" while it is current)."""

    code: str
    name: str
    name_en: str
    category: str
    price: int
    margin: int
    lead_days: int
    weight: float
    launched: str = "2021-03-01"
    until: str = ""


N, E, S, W = "华北", "华东", "华南", "西部"
CHAIN, MALL, STORE, TRADE, HOME = "家电连锁", "百货", "商城", "分销商", "家居卖场"

ACCOUNTS = (
    Account("A01", "锦泰家电", "Jintai", E, "A", CHAIN, 7, 128, 0.03, 0.050, 34),
    Account("A02", "万汇商城", "Wanhui", S, "B", STORE, 4, 46, -0.06, 0.025, 36),
    Account("A03", "北辰百货", "Beichen", N, "A", MALL, 5, 58, -0.07, 0.030, 32, parent="G02"),
    Account("A04", "云海电器", "Yunhai", W, "B", CHAIN, 3, 24, -0.05, 0.015, 34),
    Account("A05", "恒丰家电", "Hengfeng", E, "A", CHAIN, 8, 150, -0.01, 0.060, 27),
    Account("A06", "汇宁百货", "Huining", N, "C", MALL, 2, 12, 0.00, 0.005, 35, parent="G02"),
    Account("A07", "嘉禾商贸", "Jiahe", S, "B", TRADE, 3, 38, -0.02, 0.025, 40),
    Account("A08", "同创电器", "Tongchuang", W, "A", CHAIN, 5, 66, 0.01, 0.040, 30),
    Account("A09", "金桥百货", "Jinqiao", E, "B", MALL, 3, 26, 0.01, 0.015, 31),
    Account("A10", "新宇家居", "Xinyu", N, "B", HOME, 3, 18, 0.02, 0.010, 33, parent="G01"),
    Account("A11", "泰安商厦", "Taian", N, "B", MALL, 3, 33, 0.02, 0.020, 30),
    Account("A12", "盛元电器", "Shengyuan", S, "A", CHAIN, 6, 84, 0.03, 0.045, 29),
    Account("A13", "华岳商城", "Huayue", W, "C", STORE, 2, 15, 0.03, 0.010, 36),
    Account("A14", "乐家连锁", "Lejia", E, "A", CHAIN, 7, 105, 0.03, 0.050, 26),
    Account("A15", "联达分销", "Lianda", S, "B", TRADE, 3, 31, 0.04, 0.020, 38),
    Account("A16", "东海百货", "Donghai", E, "C", MALL, 2, 16, 0.04, 0.010, 31, parent="G02"),
    Account("A17", "瑞景家电", "Ruijing", N, "C", CHAIN, 3, 20, 0.05, 0.010, 30),
    Account("A18", "南国电器", "Nanguo", S, "A", CHAIN, 5, 52, 0.05, 0.030, 29),
    Account("A19", "天府商城", "Tianfu", W, "B", STORE, 3, 28, 0.06, 0.015, 31, since="2024-03-01"),
    Account("A20", "百利连锁", "Baili", E, "A", CHAIN, 6, 72, 0.06, 0.040, 27),
    Account("A21", "安居家居", "Anju", N, "C", HOME, 2, 9, 0.06, 0.000, 33, since="2024-09-01", parent="G01"),
    Account("A22", "明珠百货", "Mingzhu", S, "C", MALL, 3, 22, 0.07, 0.010, 29),
    Account("A23", "丰谷商贸", "Fenggu", W, "C", TRADE, 3, 11, 0.09, 0.005, 30),
    Account("A24", "沪新电器", "Huxin", E, "B", CHAIN, 5, 44, 0.09, 0.030, 26),
)

WASHER, FRIDGE, AIRCON, HEATER, DISH = "洗衣机", "冰箱", "空调", "热水器", "洗碗机"
CATEGORIES = (WASHER, FRIDGE, AIRCON, HEATER, DISH)
CATEGORY_SHARE = (
    0.40,
    0.22,
    0.19,
    0.12,
    0.07,
)  # of an account's first-year sales in CNY; a washer maker that widened its range

PRODUCTS = (
    Product("XQG100-B1", "10 公斤滚筒洗衣机", "10 kg front-load washer", WASHER, 2990, 480, 21, 0.19),
    Product(
        "XQG120-B3",
        "12 公斤静音滚筒洗衣机",
        "12 kg silent front-load washer",
        WASHER,
        4590,
        880,
        28,
        0.08,
        "2024-09-02",
    ),
    Product("XQG80-B2", "8 公斤滚筒洗衣机", "8 kg front-load washer", WASHER, 2290, 340, 21, 0.13),
    Product(
        "XQG70-B5",
        "7 公斤滚筒洗衣机",
        "7 kg front-load washer",
        WASHER,
        1890,
        220,
        21,
        0.08,
        "2020-04-01",
        "2025-05-31",
    ),
    Product(
        "XQG80-B6", "8 公斤超薄滚筒洗衣机", "8 kg slim front-load washer", WASHER, 2590, 450, 28, 0.09, "2025-04-07"
    ),
    Product("XQG100-H1", "10 公斤洗烘一体机", "10 kg washer-dryer", WASHER, 4290, 760, 28, 0.08),
    Product(
        "XQG120-H2", "12 公斤热泵洗烘一体机", "12 kg heat-pump washer-dryer", WASHER, 6490, 1280, 35, 0.04, "2025-03-03"
    ),
    Product(
        "XQG100-S9", "10 公斤分区洗烘一体机", "10 kg twin-drum washer-dryer", WASHER, 7990, 1720, 35, 0.0, "2026-04-06"
    ),
    Product("XQB100-L1", "10 公斤波轮洗衣机", "10 kg top-load washer", WASHER, 1390, 170, 14, 0.14),
    Product("XQB80-L2", "8 公斤波轮洗衣机", "8 kg top-load washer", WASHER, 990, 110, 14, 0.10),
    Product("GYJ90-R1", "9 公斤热泵干衣机", "9 kg heat-pump dryer", WASHER, 3590, 690, 28, 0.05, "2023-02-01"),
    Product("XQB30-M1", "3 公斤迷你洗衣机", "3 kg mini washer", WASHER, 790, 120, 14, 0.06),
    Product("BCD-500W", "500 升多门冰箱", "500 L multi-door refrigerator", FRIDGE, 4190, 620, 28, 0.16),
    Product("BCD-456F", "456 升法式冰箱", "456 L French-door refrigerator", FRIDGE, 3690, 520, 28, 0.18),
    Product("BCD-630D", "630 升对开门冰箱", "630 L side-by-side refrigerator", FRIDGE, 4990, 780, 28, 0.10),
    Product("BCD-550Z", "550 升零嵌冰箱", "550 L built-in refrigerator", FRIDGE, 6890, 1290, 35, 0.08, "2024-11-04"),
    Product("BCD-320T", "320 升三门冰箱", "320 L three-door refrigerator", FRIDGE, 2390, 280, 21, 0.19),
    Product("BCD-215S", "215 升双门冰箱", "215 L two-door refrigerator", FRIDGE, 1490, 150, 21, 0.16),
    Product(
        "BCD-180J",
        "180 升直冷冰箱",
        "180 L direct-cool refrigerator",
        FRIDGE,
        1090,
        80,
        21,
        0.09,
        "2019-05-01",
        "2025-10-31",
    ),
    Product("BC-95", "95 升单门冰箱", "95 L mini refrigerator", FRIDGE, 790, 90, 14, 0.09),
    Product("KFR-26GW-A", "1 匹壁挂空调", "1 hp wall air conditioner", AIRCON, 1990, 240, 21, 0.24),
    Product("KFR-35GW-A", "1.5 匹壁挂空调", "1.5 hp wall air conditioner", AIRCON, 2390, 300, 21, 0.32),
    Product(
        "KFR-35GW-X", "1.5 匹新风空调", "1.5 hp fresh-air air conditioner", AIRCON, 3990, 740, 28, 0.12, "2025-02-17"
    ),
    Product(
        "KFR-26GW-E",
        "1 匹定频空调",
        "1 hp fixed-speed air conditioner",
        AIRCON,
        1590,
        90,
        21,
        0.12,
        "2019-03-01",
        "2025-08-31",
    ),
    Product("KFR-50LW-A", "2 匹柜式空调", "2 hp standing air conditioner", AIRCON, 4490, 650, 28, 0.10),
    Product("KFR-72LW-A", "3 匹柜式空调", "3 hp standing air conditioner", AIRCON, 5490, 820, 28, 0.13),
    Product("JSQ30-A1", "16 升燃气热水器", "16 L gas water heater", HEATER, 2190, 420, 21, 0.30),
    Product("JSQ25-B1", "13 升燃气热水器", "13 L gas water heater", HEATER, 1490, 230, 21, 0.24),
    Product("DSZF-60", "60 升电热水器", "60 L electric water heater", HEATER, 1090, 180, 14, 0.24),
    Product("DSZF-80", "80 升电热水器", "80 L electric water heater", HEATER, 1390, 240, 14, 0.16),
    Product("KRS-200", "200 升空气能热水器", "200 L heat-pump water heater", HEATER, 4990, 980, 35, 0.06),
    Product("WQP8-D1", "8 套洗碗机", "8-set dishwasher", DISH, 2690, 510, 28, 0.42),
    Product("WQP13-D2", "13 套嵌入式洗碗机", "13-set built-in dishwasher", DISH, 4390, 930, 28, 0.38),
    Product("WQP16-D3", "16 套热泵洗碗机", "16-set heat-pump dishwasher", DISH, 6390, 1450, 35, 0.20, "2024-08-05"),
)

MANAGERS = ("李敏", "王磊", "陈静", "赵强", "刘洋", "周婷")  # account managers, four accounts each
EXECUTIVES = (("沈国栋", "总经理"), ("方文华", "销售副总经理"), ("顾晓东", "市场副总经理"), ("秦立新", "研发副总经理"))
TRAINERS = ("孙悦", "何俊", "林可")
BY_STORE = (
    "A01",
    "A05",
    "A12",
    "A14",
    "A18",
    "A20",
)  # these six report sell-out by store; the others one figure per account
SILENT = ("A09", "A18")  # had not sent their sell-out of the last month when the data was drawn

HANDED_OVER = np.datetime64("2025-01-01")  # territories were redrawn: three accounts in four changed their manager, ...
MANAGER_OF = [a % len(MANAGERS) for a in range(len(ACCOUNTS))]
FORMER_MANAGER_OF = [  # ... each rep's to three different ones, so that a rep's effect can be told from an account's
    (m + 1 + a // len(MANAGERS)) % len(MANAGERS) if a < 18 else m for a, m in enumerate(MANAGER_OF)
]

CODES = [account.code for account in ACCOUNTS]
SKUS = [product.code for product in PRODUCTS]
NAMES = [account.name for account in ACCOUNTS]
SKU_NAMES = [product.name for product in PRODUCTS]
CATEGORY_OF = [CATEGORIES.index(product.category) for product in PRODUCTS]  # category number by SKU number
STORES = [f"S{account.code[1:]}{n:02d}" for account in ACCOUNTS for n in range(1, account.stores + 1)]
STORE_OF = [a for a, account in enumerate(ACCOUNTS) for _ in range(account.stores)]  # account number by store number


def account(code: str) -> int:
    """The number of an account, by its code."""
    return CODES.index(code)


def sku(code: str) -> int:
    """The number of a product, by its code."""
    return SKUS.index(code)


def ours(account_numbers: ArrayLike, days: ArrayLike) -> NDArray[np.bool_]:
    """Whether each account was already ours on its day."""
    since = np.array([account.since for account in ACCOUNTS], dtype="datetime64[D]")
    return since[np.asarray(account_numbers)] <= np.asarray(days)


def managers(account_numbers: ArrayLike, days: ArrayLike) -> NDArray[np.int64]:
    """The number of the manager who looked after each account on its day."""
    who = np.asarray(account_numbers)
    return np.where(np.asarray(days) < HANDED_OVER, np.array(FORMER_MANAGER_OF)[who], np.array(MANAGER_OF)[who])
