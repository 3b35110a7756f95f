"""From the ship-by list to what is approved of it: the pieces that can be sent, as they stand in the list."""

from collections.abc import Sequence

from analytics.supply.ship import Row
from data.approve import Line


def lines(rows: Sequence[Row]) -> list[Line]:
    """The chosen rows as `data.approve.approve` takes them: pieces that can go, CNY of sales kept, P(out) as seen now.

    A row of which nothing can be sent stays in, with zero pieces: approving it is refused by name.
    """
    return [
        Line(
            account=r.account,
            account_name=r.name,
            sku=r.sku,
            sku_name=r.sku_name,
            qty=r.allotted,
            dispatch_by=r.dispatch_by,
            arrive_by=r.arrive_by,
            warehouse=r.warehouse,
            risk=r.risk,
            until=r.until,
            kept=r.kept_cny,
        )
        for r in rows
    ]
