"""Account forecasts: what an account told the symposium it would sell of a category in a period to come."""

from dataclasses import replace

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, AMOUNT, CATEGORY, QTY, day, optional, required, text
from data.text import Text

ACCOUNT_FORECASTS = Dataset(
    name="account_forecasts",
    title=Text("客户自报预测", "Accounts' own forecasts"),
    grain=Text("每届座谈会每客户每品类每预测期一行", "One row per symposium, account, category and period"),
    key=("symposium", "account", "category", "starts_on"),
    fields=(
        text(
            "symposium", "座谈会", "Symposium", need=True, also=("会议", "座谈会编号", "届次", "年度"), example="2025"
        ),
        day("given_on", "提出日期", "Given on", need=False, also=("会议日期", "填报日期"), example="2025-12-05"),
        ACCOUNT,
        ACCOUNT_NAME,
        required(CATEGORY),
        day(
            "starts_on",
            "预测期开始",
            "Period starts on",
            also=("开始日期", "期间开始", "startdate"),
            example="2026-04-01",
        ),
        day("ends_on", "预测期结束", "Period ends on", also=("结束日期", "期间结束", "enddate"), example="2026-06-30"),
        replace(
            QTY,
            label=Text("预测数量", "Forecast quantity"),
            also=("预测销量", "预计销量", "数量", "forecastqty"),
            example="860",
        ),
        optional(
            replace(
                AMOUNT,
                label=Text("预测金额", "Forecast amount"),
                also=("预计金额", "预测销售额", "金额", "forecastamount"),
                example="2580000.00",
            )
        ),
    ),
    dated="starts_on",
    quantity="qty",
    amount="amount",
    latest_wins=True,
    typed=True,
)
