from dataclasses import dataclass
from datetime import date
from pathlib import Path
SQL = Path(__file__).with_suffix(".sql")
@dataclass(frozen=True, slots=True)
class Week:
    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    week: date
    weeks: int
    series: int
    forecast: int
    pcs: float | None
    low: float | None
    high: float | None
    total: float | None
    total_low: float | None
    total_high: float | None
    before: float | None
