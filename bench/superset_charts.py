"""The six questions as Superset's chart data API is asked for them."""

from datetime import date
from typing import Any

from analytics.answer import months_back


def six(dataset: int, month: str, *, force: bool) -> list[dict[str, Any]]:
    """Sales by month; growth, years, ranking by account; change by category; products."""
    first = date.fromisoformat(f"{month}-01")
    quarter, year, ever = _range(first, 3), _range(first, 12), _range(first, 36)
    charts = (
        _chart(["sold_on"], ever, ["amount", "qty"], by_month=True),
        _chart(["account"], quarter, ["amount"], offset=True),
        _chart(["account"], _range(first, 4), ["amount"], last_day=True),
        _chart(["account"], year, ["amount"], offset=True),
        _chart(["category"], quarter, ["amount"], offset=True),
        _chart(["sku"], year, ["amount", "qty"]),
    )
    source = {"datasource": {"id": dataset, "type": "table"}, "result_format": "json", "result_type": "full"}
    return [source | {"force": force, "queries": [chart]} for chart in charts]


def _range(first: date, months: int) -> str:
    """Some months that end with this one."""
    return f"{months_back(first, months - 1)} : {months_back(first, -1)}"


def _chart(
    by: list[str], when: str, sums: list[str], *, by_month: bool = False, offset: bool = False, last_day: bool = False
) -> dict[str, Any]:
    axis = {"timeGrain": "P1M", "columnType": "BASE_AXIS", "sqlExpression": "sold_on", "label": "sold_on"}
    metrics = [_metric(f"SUM({name})", name) for name in sums]
    return {
        "columns": [axis | {"expressionType": "SQL"}] if by_month else by,
        "metrics": metrics + ([_metric("MAX(sold_on)", "last_day")] if last_day else []),
        "granularity": "sold_on",
        "time_range": when,
        "time_offsets": ["1 year ago"] if offset else [],
        "orderby": [[_metric("SUM(amount)", "amount"), False]],
        "row_limit": 5_000,
        "filters": [],
        "extras": {"time_grain_sqla": "P1M"} if by_month else {},
    }


def _metric(sql: str, label: str) -> dict[str, Any]:
    return {"expressionType": "SQL", "sqlExpression": sql, "label": label}
