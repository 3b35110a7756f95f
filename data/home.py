"""One home folder: a company's own lake, or the made-up demo company until the first own file is begun with."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from data.cache import shape
from data.datasets import BY_NAME
from data.lake import Receipt
from data.store import Store
from data.text import Text

Progress = Callable[[float, Text], None]
MAKING = Text("正在编造示例公司：{table}", "Making up the demo company: {table}")
DEMO_USER = "demo"


class Home:
    """`path/lake` and `path/cache` hold one's own data; `path/demo` the demo's, which never mix.

    Own data has begun when `path/begun` exists or a batch was ever published; from then on the demo is gone for good.
    `engine` answers for one's own data (see `Store`); the demo is small and always embedded.
    """

    def __init__(self, path: Path, memory_mb: int = 1024, engine: str = ""):
        self.path = path
        self._memory_mb, self._engine = memory_mb, engine
        self._stores: dict[Path, Store] = {}
        self._turn = threading.RLock()

    @property
    def is_demo(self) -> bool:
        """Whether the demo company is what is shown."""
        return not (self.path / "begun").exists() and not (self.path / "lake").exists()

    @property
    def is_ready(self) -> bool:
        """Whether `store` can be asked: always for own data; the demo once made, by this version."""
        if not self.is_demo:
            return True
        made = self.path / "demo" / "made"
        return made.exists() and made.read_text(encoding="utf-8") == shape()

    def store(self) -> Store:
        """The store of what is shown."""
        return self._store(self.path / "demo" if self.is_demo else self.path)

    def own(self) -> Store:
        """The store of one's own data, for loading into; publishing there ends the demo."""
        return self._store(self.path)

    def shown(self) -> "Home":
        """The home that holds what is shown: this one; the demo's own folder while the demo is shown, so that what is
        published there belongs to the demo company and goes with it."""
        if not self.is_demo:
            return self
        inner = Home(self.path / "demo", self._memory_mb)
        inner._stores, inner._turn = self._stores, self._turn  # one store over a folder in a process
        return inner

    def make_demo(self, progress: Progress = lambda share, text: None) -> None:
        """Write the demo company's tables, once; a process that comes second waits and finds it made.

        `progress` gets a share of 0-1 and what is being done.
        """
        with self._turn:
            if self.is_ready:
                return
            root = self.path / "demo"
            shutil.rmtree(root, ignore_errors=True)  # what a killed process left half made
            self._stores.pop(root, None)
            self._fill(self._store(root), progress)
            (root / "made").write_text(shape(), encoding="utf-8")

    def begin(self) -> None:
        """Begin with one's own files: the demo is removed."""
        with self._turn:
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / "begun").touch()
            self._stores.pop(self.path / "demo", None)  # sessions that still ask it keep it open until they are done
            shutil.rmtree(self.path / "demo", ignore_errors=True)

    def _store(self, root: Path) -> Store:
        with self._turn:
            if root not in self._stores:
                self._stores[root] = Store(root, self._memory_mb, self._engine if root == self.path else "")
            return self._stores[root]

    def _fill(self, store: Store, progress: Progress) -> None:
        from data.samples import company

        progress(0.0, MAKING.fill(table=Text("销售与库存", "sales and stock")))
        tables = company().tables
        for n, (name, table) in enumerate(tables.items()):
            progress((n + 1) / (len(tables) + 2), MAKING.fill(table=BY_NAME[name].title))
            lines = table.append_column("_line", _lines(table.num_rows))
            store.lake.commit(BY_NAME[name], lines, Receipt(f"{name}.demo", "", DEMO_USER, rows_in=table.num_rows))
        store.version()


def _lines(count: int) -> object:
    import pyarrow as pa

    return pa.array(range(2, count + 2), pa.int64())
