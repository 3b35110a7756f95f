"""Tables derived from the datasets and kept beside them; one `.sql` each, rebuilt where a sync touched them."""

from dataclasses import dataclass
from pathlib import Path

from data.codes import SAID
from data.contract import Dataset

HERE = Path(__file__).parent
VIEWS = {"sales": (HERE / "sales.sql").read_text(encoding="utf-8")}  # by name, what each selects
FLOWS = ("sell_out", "sell_in")  # the two kinds of sales; never mixed, hence a column `flow` in every sales mart


@dataclass(frozen=True, slots=True)
class Mart:
    """A derived table: its columns, the datasets it reads, and the column that dates it ("": rebuilt whole)."""

    name: str
    columns: str
    reads: tuple[str, ...]
    dated: str = ""

    @property
    def sql(self) -> str:
        """The SELECT that fills it; `{flow}` stands for a sales dataset's name."""
        return (HERE / f"{self.name}.sql").read_text(encoding="utf-8")

    def ddl(self) -> str:
        """The CREATE TABLE statement."""
        return f"CREATE TABLE {self.name} ({self.columns})"


@dataclass(frozen=True, slots=True)
class Kept:
    """A derived table that no SQL can fill: analysis works its rows out when they are first asked for and hands them to
    the store. `kept`, its first column, is the mark of what they were worked out from (`Store.kept`)."""

    name: str
    columns: str  # without `kept`
    reads: tuple[str, ...]  # datasets

    @property
    def names(self) -> list[str]:
        """Its columns without `kept`, in order."""
        return [column.split()[0] for column in self.columns.split(", ")]

    def ddl(self) -> str:
        """The CREATE TABLE statement."""
        return f"CREATE TABLE {self.name} (kept VARCHAR, {self.columns})"


MARTS = (
    Mart(
        "sales_month",
        "flow VARCHAR, account VARCHAR, sku VARCHAR, month DATE, qty DECIMAL(18,3), amount DECIMAL(18,4), lines BIGINT",
        FLOWS,
        "month",
    ),
    Mart(
        "sales_day",
        "flow VARCHAR, account VARCHAR, day DATE, qty DECIMAL(18,3), amount DECIMAL(18,4), lines BIGINT",
        FLOWS,
        "day",
    ),
    Mart(
        "stock_month",
        "account VARCHAR, sku VARCHAR, month DATE, counted_on DATE, on_hand DECIMAL(18,3), in_transit DECIMAL(18,3)",
        ("stock",),
    ),
    Mart(
        "account_month",
        "flow VARCHAR, account VARCHAR, month DATE, name VARCHAR, named_on DATE, region VARCHAR, placed_on DATE",
        FLOWS,
        "month",
    ),
    Mart(
        "product_month",
        "flow VARCHAR, sku VARCHAR, month DATE, name VARCHAR, named_on DATE, category VARCHAR, placed_on DATE",
        FLOWS,
        "month",
    ),
    Mart("target_month", "account VARCHAR, category VARCHAR, month DATE, amount DECIMAL(18,4)", ("targets",)),
    Mart("both_years", "flow VARCHAR, month DATE", FLOWS),
    Mart(
        "account_dim",
        "account VARCHAR, name VARCHAR, name_en VARCHAR, parent VARCHAR, region VARCHAR, tier VARCHAR, "
        "channel VARCHAR, owner VARCHAR, key_account BOOLEAN, stores BIGINT, listed BOOLEAN",
        ("accounts", *FLOWS),
    ),
    Mart(
        "product_dim",
        "sku VARCHAR, name VARCHAR, name_en VARCHAR, category VARCHAR, price DECIMAL(18,4), margin DECIMAL(18,4), "
        "lead_days BIGINT, listed BOOLEAN",
        ("products", *FLOWS),
    ),
)

SUPPLY_OUTLOOK = Kept(  # analytics/supply/outlook.py
    "supply_outlook",
    "account VARCHAR, sku VARCHAR, basis VARCHAR, steps DOUBLE[], single DOUBLE, level DOUBLE, recent DOUBLE, "
    "lost DOUBLE",
    (*FLOWS, "stock", "products", "calendar"),
)
SUPPLY_PLAN = Kept(  # analytics/supply/plan.py
    "supply_plan",
    "account VARCHAR, sku VARCHAR, state VARCHAR, basis VARCHAR, counted_on DATE, on_hand DOUBLE, "
    "in_transit DOUBLE, on_order DOUBLE, filled DOUBLE, unsent DOUBLE, recent DOUBLE, rate DOUBLE, "
    "cover_now DOUBLE, cover_days DOUBLE, lead_days DOUBLE, need_days DOUBLE, transit_days DOUBLE, "
    "until DATE, peak VARCHAR, peak_en VARCHAR, need DOUBLE, safety DOUBLE, ship DOUBLE, rush DOUBLE, "
    "allotted DOUBLE, risk DOUBLE, risk_until DOUBLE, soon_pcs DOUBLE, lost_pcs DOUBLE, kept_pcs DOUBLE, "
    "price DOUBLE, arrive_by DATE, dispatch_by DATE, order_by DATE, warehouse VARCHAR, free DOUBLE, "
    "excess DOUBLE, lost DOUBLE, region VARCHAR, category VARCHAR, until_days DOUBLE, sent_by_step DOUBLE[], "
    "unsent_by_step DOUBLE[], place BIGINT, risk_place BIGINT",
    (*FLOWS, "stock", "products", "accounts", "orders", "calendar", "own_stock"),
)
SUPPLY_SUMS = Kept(  # analytics/supply/plan.py
    "supply_sums",
    "account VARCHAR, region VARCHAR, category VARCHAR, places BIGINT, told BIGINT, short BIGINT, half BIGINT, "
    "short_cny DOUBLE, stock DOUBLE, pace DOUBLE, needed DOUBLE, numbered BIGINT, stake_cny DOUBLE, "
    "missing DOUBLE, over BIGINT, over_priced BIGINT, over_cny DOUBLE, lines BIGINT, wanted DOUBLE, "
    "wanted_cny DOUBLE, allotted DOUBLE, goods_cny DOUBLE, kept_cny DOUBLE, soon BIGINT, late BIGINT, "
    "unpriced BIGINT, longest DOUBLE, items BIGINT, lacking BIGINT, need_pcs DOUBLE, safety DOUBLE, "
    "on_hand DOUBLE, in_transit DOUBLE, unsent DOUBLE, packs DOUBLE, ship DOUBLE",
    SUPPLY_PLAN.reads,
)
SUPPLY_SERVICE = Kept(  # analytics/supply/service.py
    "supply_service",
    "place BIGINT, view VARCHAR, month DATE, account VARCHAR, name VARCHAR, name_en VARCHAR, owner VARCHAR, "
    "cause VARCHAR, lines BIGINT, ordered_pcs DOUBLE, filled_pcs DOUBLE, fill DOUBLE, judged_pcs DOUBLE, otif DOUBLE, "
    "late_pcs DOUBLE, partial_pcs DOUBLE, missing_pcs DOUBLE, early_pcs DOUBLE, missed_cny DOUBLE, below BOOLEAN, "
    "others DOUBLE",
    (*FLOWS, "orders", "products", "accounts"),
)
SUPPLY_IN_STOCK = Kept(  # analytics/supply/availability.py
    "supply_in_stock",
    "place BIGINT, month DATE, listed BIGINT, out BIGINT",
    (*FLOWS, "stock", "products", "accounts"),
)
KEPT = (SUPPLY_OUTLOOK, SUPPLY_PLAN, SUPPLY_SUMS, SUPPLY_SERVICE, SUPPLY_IN_STOCK)


def ddl(dataset: Dataset) -> str:
    """The CREATE TABLE of a dataset in the cache: its fields, `_said`, the batch's `_seq` and the file's `_line`."""
    lines = ", ".join(f"{field.name} {field.kind.sql}" for field in dataset.fields)
    return f"CREATE TABLE {dataset.name} ({lines}, {SAID} VARCHAR, _seq BIGINT NOT NULL, _line BIGINT NOT NULL)"
