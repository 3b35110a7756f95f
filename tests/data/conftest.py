"""A home, and files on their way into it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from data import intake
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import Prepared, prepare, upload
from tests.data.ingest.kit import read_here

Came = Callable[..., Prepared]
HEADERS = {
    "sell_out": "客户编码,产品编码,销售日期,数量,含税金额",
    "sell_in": "客户编码,产品编码,单据日期,数量,含税金额",
    "targets": "客户编码,月份,目标金额",
    "products": "产品编码,产品名称",
    "accounts": "客户编码,客户名称",
    "aliases": "别名,使用方,门店编码,客户编码",
    "orders": "订单号,行号,客户编码,产品编码,下单日期,订购数量,已发数量",
    "own_stock": "仓库,产品编码,库存日期,可发库存,在订数量,再订货点",
    "plan": "客户编码,品类,月份,目标金额,目标数量",
}
ALSO = {"plan": "targets"}  # the same dataset under more headers


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home that shows the demo."""
    opened = Home(tmp_path / "home", memory_mb=256)
    (opened.path / "demo").mkdir(parents=True)
    yield opened
    opened.own().close()


@pytest.fixture
def came(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Came:
    """A file of these lines that came in for a dataset, read and checked; no child process."""
    monkeypatch.setattr(upload, "read", read_here)

    def file(*lines: str, dataset: str = "sell_out", **told: dict[str, str]) -> Prepared:
        path = tmp_path / f"in-{len(list(tmp_path.iterdir()))}.csv"
        path.write_text("\n".join([HEADERS[dataset], *lines, ""]), encoding="utf-8")
        work = intake.work_folder(home)
        contract = BY_NAME[ALSO.get(dataset, dataset)]
        return prepare(path, "in.csv", contract, work=work, today=date(2026, 6, 30), **told)

    return file
