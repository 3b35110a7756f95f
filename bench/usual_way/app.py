"""The barometer's home page as it is usually written: one script, a cached frame, groupby, plotly express, defaults.

Written with care (columns read once, categories instead of strings, everything in the cache that the tutorials put
there), so that the comparison is with a good page of this kind. Ours shows more: index, weather map, breadth, stock.
"""

import os
from typing import Any

import pandas as pd
import plotly.express as px
import streamlit as st

st.set_page_config(page_title="Sales", layout="wide")


@st.cache_data
def load() -> Any:
    """Every sales line."""
    sales: Any = pd.read_parquet(os.environ["USUAL_SALES"])
    for name in ("account", "region", "category", "sku"):
        sales[name] = sales[name].astype("category")
    sales["month"] = sales["date"].dt.to_period("M").dt.to_timestamp()
    return sales


@st.cache_data
def load_targets() -> Any:
    """Targets by account and month."""
    return pd.read_parquet(os.environ["USUAL_TARGETS"])


sales, targets = load(), load_targets()
months = sorted(sales["month"].unique(), reverse=True)

left, middle, right = st.columns(3)
month = left.selectbox("Month", months, format_func=lambda m: f"{m:%Y-%m}", key="month")
region = middle.selectbox("Region", ["All", *sales["region"].cat.categories], key="region")
category = right.selectbox("Category", ["All", *sales["category"].cat.categories], key="category")

chosen = sales[sales["month"] <= month]
if region != "All":
    chosen = chosen[chosen["region"] == region]
if category != "All":
    chosen = chosen[chosen["category"] == category]

year: Any = pd.DateOffset(months=12)
monthly = chosen.groupby("month")[["amount", "qty"]].sum()
now, last_year = monthly["amount"].get(month, 0.0), monthly["amount"].get(month - year, 0.0)
rolling = monthly["amount"].iloc[-12:].sum()
rolling_before = monthly["amount"].iloc[-24:-12].sum()
target = targets[targets["month"] == month]["amount"].sum()
accounts = chosen[chosen["month"] == month]["account"].nunique()

st.title(f"Sales {month:%Y-%m}")
tiles = st.columns(5)
tiles[0].metric("Sales of the month", f"{now / 1e6:,.1f} M", f"{now / last_year - 1:+.1%}" if last_year else None)
tiles[1].metric(
    "Rolling twelve months",
    f"{rolling / 1e6:,.1f} M",
    f"{rolling / rolling_before - 1:+.1%}" if rolling_before else None,
)
tiles[2].metric("Target reached", f"{now / target:.0%}" if target else "n/a")
tiles[3].metric("Accounts with sales", accounts)
tiles[4].metric("Pieces", f"{monthly['qty'].get(month, 0.0):,.0f}")

line = monthly[["amount"]].rename(columns={"amount": "This year"})
line["Last year"] = line["This year"].shift(12)
st.plotly_chart(px.line(line.iloc[-13:].reset_index(), x="month", y=["This year", "Last year"], title="Sales by month"))

recent = chosen[chosen["month"] > month - year]
before = chosen[(chosen["month"] <= month - year) & (chosen["month"] > month - year - year)]
ranking: Any = pd.DataFrame(
    {
        "rolling": recent.groupby("account", observed=True)["amount"].sum(),
        "before": before.groupby("account", observed=True)["amount"].sum(),
    }
).sort_values("rolling", ascending=False)
ranking["change"] = ranking["rolling"] / ranking["before"] - 1
ranking["share"] = ranking["rolling"] / ranking["rolling"].sum()
ranking = ranking.reset_index()

left, right = st.columns(2)
left.plotly_chart(px.bar(ranking.head(15), x="rolling", y="account", orientation="h", title="Largest accounts"))
by_category = recent.groupby("category", observed=True)["amount"].sum().reset_index()
right.plotly_chart(px.bar(by_category, x="category", y="amount", title="Categories"))
st.dataframe(ranking, hide_index=True)
