"""What the monthly reviews of the last year decided: most done in time, some still open, one dropped."""

import pyarrow as pa

from data.samples import market
from data.samples.columns import Words, serial, table

DECISIONS = (  # month reviewed, decided on, account, what, owner, due on, state, closed on, outcome
    ("2025-08-01", "2025-09-08", "A05", "国庆前给恒丰补足滚筒库存", 0, "2025-09-20", 1, "2025-09-18", "到货 600 台"),
    ("2025-10-01", "2025-11-10", "A02", "高管年内走访一次", 1, "2025-12-20", 0, None, None),
    ("2025-12-01", "2026-01-08", "A04", "查清销量下滑原因", 2, "2026-02-10", 1, "2026-02-06", "竞品直降，已定对策"),
    ("2026-02-01", "2026-03-09", None, "样机体验台（SD01）扩大到 A 级客户", 3, "2026-05-31", 0, None, None),
    ("2026-03-01", "2026-04-08", "A14", "联合海报方案报批", 4, "2026-04-20", 2, "2026-04-17", "客户改期"),
    ("2026-04-01", "2026-05-11", "A08", "暂缓发货，先消化库存", 5, "2026-06-15", 1, "2026-06-12", "库存降到 40 天"),
    ("2026-05-01", "2026-06-08", "A13", "月底前结清上季返利", 6, "2026-06-30", 0, None, None),
    ("2026-05-01", "2026-06-08", None, "生产部加排空调两周", 7, "2026-07-10", 0, None, None),
)
STATES = ("进行中", "完成", "取消")


def decisions() -> pa.Table:
    """The dataset `decisions`."""
    month, decided, account, words, owner, due, state, closed, outcome = map(list, zip(*DECISIONS, strict=True))
    return table(
        "decisions",
        decision=serial("JY", range(1, len(DECISIONS) + 1)),
        month=month,
        decided_on=decided,
        words=words,
        account=account,
        account_name=[code and market.ACCOUNTS[market.account(code)].name for code in account],
        owner=[market.MANAGERS[n % len(market.MANAGERS)] for n in owner],
        due_on=due,
        state=Words(state, STATES),
        closed_on=closed,
        outcome=outcome,
    )
