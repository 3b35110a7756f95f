"""The six questions as an analyst writes them in polars: lazy, on a frame with categories and the month worked out."""

from datetime import date

import polars as pl

from analytics.answer import months_back

AMOUNT = pl.col("amount").sum()


class Polars:
    """Answers on a frame of sell-out up to a day; the frame is made outside the timing."""

    def __init__(self, frame: pl.DataFrame, as_of: date):
        self.as_of, self.month = as_of, as_of.replace(day=1)
        self.year_ago = months_back(as_of, 12).replace(day=as_of.day)
        self.lines = frame.lazy().filter(pl.col("sold_on") <= as_of)

    def _paired(self) -> tuple[pl.LazyFrame, pl.LazyFrame]:
        """Account x month, and the same with last year's same days beside it where both are there."""
        open_month = (pl.col("month") == months_back(self.month, 12)) & (pl.col("sold_on") > self.year_ago)
        monthly = self.lines.group_by("account", "month").agg(
            AMOUNT, pl.col("qty").sum(), pl.col("amount").filter(~open_month).sum().alias("before")
        )
        earlier = monthly.select("account", pl.col("month").dt.offset_by("12mo"), "before")
        return monthly.drop("before"), monthly.drop("before").join(earlier, on=["account", "month"])

    def sales(self) -> list[tuple]:
        """Months beside last year's."""
        monthly, paired = self._paired()
        months = monthly.group_by("month").agg(AMOUNT, pl.col("qty").sum(), pl.len().alias("accounts"))
        alike = paired.group_by("month").agg(AMOUNT.alias("alike"), pl.col("before").sum())
        return months.join(alike, on="month", how="left").sort("month").collect().rows()

    def growth(self) -> list[tuple]:
        """Three months against the same three a year before."""
        paired = self._paired()[1]
        parts = [
            paired.with_columns(pl.col("month").dt.offset_by(f"{back}mo"), pl.lit(back == 0).alias("reported"))
            for back in range(3)
        ]
        found = (
            pl.concat(parts)
            .filter(pl.col("month") <= self.month)
            .group_by("month", "account")
            .agg(AMOUNT, pl.col("before").sum(), pl.col("reported").any())
        )
        return found.filter(pl.col("before") > 0).sort("month", "account").collect().rows()

    def years(self) -> list[tuple]:
        """Sales of each calendar year."""
        found = self.lines.group_by(pl.col("sold_on").dt.year().alias("year")).agg(
            AMOUNT, pl.col("qty").sum(), pl.col("month").n_unique(), pl.col("account").n_unique().alias("accounts")
        )
        return found.sort("year").collect().rows()

    def ranking(self) -> list[tuple]:
        """Accounts by rolling twelve months."""
        monthly, paired = self._paired()
        amount, before, recent = pl.col("amount"), pl.col("before"), pl.col("month") > self.year_ago
        found = monthly.group_by("account").agg(
            amount.filter(pl.col("month") == self.month).sum().alias("month_amount"),
            amount.filter(pl.col("month").dt.year() == self.as_of.year).sum().alias("year_amount"),
            amount.filter(recent).sum().alias("rolling"),
            AMOUNT.alias("total"),
        )
        alike = paired.group_by("account").agg(
            before.filter(pl.col("month") == self.month).sum().alias("month_before"),
            amount.filter(recent).sum().alias("alike"),
            before.filter(recent).sum().alias("rolling_before"),
        )
        order = ("month_amount", "month_before", "year_amount", "rolling", "alike", "rolling_before", "total")
        joined = found.join(alike, on="account", how="left").select("account", *order)
        return joined.sort("rolling", descending=True).collect().rows()

    def change(self) -> list[tuple]:
        """The difference to last year by category."""
        start = months_back(self.month, 2)
        keys = ["account", "category", "month"]
        now = self.lines.filter(pl.col("month") >= start)
        then = self.lines.filter((pl.col("month") >= months_back(start, 12)) & (pl.col("sold_on") <= self.year_ago))
        current = now.group_by(keys).agg(AMOUNT.alias("current"))
        before = then.group_by(keys).agg(AMOUNT.alias("before")).with_columns(pl.col("month").dt.offset_by("12mo"))
        on = ["account", "month"]
        left = current.join(before, on=on, how="semi").group_by("category").agg(pl.col("current").sum())
        right = before.join(current, on=on, how="semi").group_by("category").agg(pl.col("before").sum())
        return left.join(right, on="category").collect().rows()

    def products(self) -> list[tuple]:
        """Products by rolling twelve months."""
        since = months_back(self.month, 11)
        recent = pl.col("month") >= since
        lines = self.lines.filter(pl.col("month") >= months_back(since, 12))
        found = lines.group_by("sku").agg(
            pl.col("amount").filter(recent).sum(),
            pl.col("amount").filter(~recent).sum().alias("before"),
            pl.col("qty").filter(recent).sum(),
        )
        return found.sort("amount", descending=True).collect().rows()
