"""The six questions as an analyst writes them in pandas, on a frame with categories and the month worked out."""

from datetime import date
from typing import Any

import pandas as pd

Frame = Any  # without stubs pandas' own unions say less than this
YEAR: Any = pd.DateOffset(months=12)


class Pandas:
    """Answers on a frame of sell-out up to a day; the frame is made outside the timing."""

    def __init__(self, frame: Frame, as_of: date):
        self.frame: Frame = frame
        self.as_of: Any = pd.Timestamp(as_of)
        self.month = self.as_of.replace(day=1)
        self.year_ago = self.as_of - YEAR

    def _until(self, frame: Frame) -> Frame:
        return frame[frame["sold_on"] <= self.as_of]

    def _paired(self) -> tuple[Frame, Frame]:
        """Account x month, and the same with last year's same days beside it where both are there."""
        lines = self._until(self.frame)
        monthly = lines.groupby(["account", "month"], observed=True)[["amount", "qty"]].sum().reset_index()
        late = lines[
            (lines["month"] == self.month - YEAR) & (lines["sold_on"] > self.year_ago)
        ]  # the days that an open month has not reached
        gone = late.groupby(["account", "month"], observed=True)["amount"].sum().rename("late").reset_index()
        before = monthly.merge(gone, how="left", on=["account", "month"])
        before["before"] = before["amount"] - before["late"].fillna(0.0)
        before["month"] = before["month"] + YEAR
        columns = ["account", "month", "before"]
        return monthly, monthly.merge(before[columns], on=["account", "month"])

    def sales(self) -> list[tuple]:
        """Months beside last year's."""
        monthly, paired = self._paired()
        months = monthly.groupby("month").agg(amount=("amount", "sum"), qty=("qty", "sum"), accounts=("amount", "size"))
        alike = paired.groupby("month")[["amount", "before"]].sum().add_prefix("alike_")
        return list(months.join(alike).itertuples(name=None))

    def growth(self) -> list[tuple]:
        """Three months against the same three a year before."""
        paired, parts = self._paired()[1], []
        for back in range(3):
            part = paired.assign(month=paired["month"] + pd.DateOffset(months=back), reported=back == 0)
            parts.append(part[part["month"] <= self.month])
        columns = {"amount": "sum", "before": "sum", "reported": "max"}
        found = pd.concat(parts).groupby(["month", "account"], observed=True).agg(columns)
        return list(found[found["before"] > 0].reset_index().itertuples(index=False, name=None))

    def years(self) -> list[tuple]:
        """Sales of each calendar year."""
        lines = self._until(self.frame)
        by_year = lines.groupby(lines["sold_on"].dt.year)
        found = by_year.agg(
            amount=("amount", "sum"), qty=("qty", "sum"), months=("month", "nunique"), accounts=("account", "nunique")
        )
        return list(found.itertuples(name=None))

    def ranking(self) -> list[tuple]:
        """Accounts by rolling twelve months."""
        monthly, paired = self._paired()
        recent = monthly["month"] > self.year_ago
        parts = {
            "month_amount": monthly[monthly["month"] == self.month],
            "month_before": paired[paired["month"] == self.month],
            "year_amount": monthly[monthly["month"].dt.year == self.as_of.year],
            "rolling": monthly[recent],
            "alike": paired[paired["month"] > self.year_ago],
            "rolling_before": paired[paired["month"] > self.year_ago],
            "total": monthly,
        }
        found = {
            name: part.groupby("account", observed=True)["before" if name.endswith("_before") else "amount"].sum()
            for name, part in parts.items()
        }
        return list(pd.DataFrame(found).sort_values("rolling", ascending=False).itertuples(name=None))

    def change(self) -> list[tuple]:
        """The difference to last year by category."""
        lines, start = self.frame, self.month - pd.DateOffset(months=2)
        now = lines[(lines["month"] >= start) & (lines["sold_on"] <= self.as_of)]
        then = lines[(lines["month"] >= start - YEAR) & (lines["sold_on"] <= self.year_ago)]
        keys = ["account", "category", "month"]
        current = now.groupby(keys, observed=True)["amount"].sum().rename("current").reset_index()
        before = then.groupby(keys, observed=True)["amount"].sum().rename("before").reset_index()
        before["month"] = before["month"] + YEAR
        pairs = current[["account", "month"]].drop_duplicates().merge(before[["account", "month"]].drop_duplicates())
        sides = [
            side.merge(pairs).groupby("category", observed=True)[side.columns[-1]].sum() for side in (current, before)
        ]
        return list(pd.concat(sides, axis=1).itertuples(name=None))

    def products(self) -> list[tuple]:
        """Products by rolling twelve months."""
        since = self.month - pd.DateOffset(months=11)
        lines = self._until(self.frame)
        recent = lines[lines["month"] >= since]
        earlier = lines[(lines["month"] < since) & (lines["month"] >= since - YEAR)]
        found = recent.groupby("sku", observed=True)[["amount", "qty"]].sum()
        before = earlier.groupby("sku", observed=True)["amount"].sum().rename("before")
        return list(found.join(before, how="outer")[["amount", "before", "qty"]].itertuples(name=None))
