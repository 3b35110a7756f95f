"""What holds for a whole file and stands in none of its columns: an account's own export does not name the account.

`value:<field>` is answered with the word that every row has. It belongs to its file: the next one of the layout is
asked again.
"""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from data.contract import Dataset
from data.ingest.layout import names
from data.ingest.read import Source
from data.ingest.shapes import WrongAnswer
from data.ingest.staging import bench, literal
from data.text import Text

VALUE = "value:"
WHOLE = "whole.parquet"
SAID = Text("“{field}”：整个文件都按“{value}”。", "“{field}”: “{value}” for the whole file.")


def told(dataset: Dataset, answers: Mapping[str, str]) -> dict[str, str]:
    """{field: its value in every row}; raises `WrongAnswer` for what the dataset does not have, or for no value."""
    found = {key.removeprefix(VALUE): word for key, word in answers.items() if key.startswith(VALUE)}
    for name, word in found.items():
        if not dataset.has(name) or not word.strip():
            fields = [f.name for f in dataset.fields]
            raise WrongAnswer(f"{VALUE}{name} is answered {word!r}; it takes a value, for one of {fields}")
    return found


def added(source: Source, dataset: Dataset, values: Mapping[str, str]) -> tuple[Source, dict[str, str]]:
    """The same file with a column for each of `values`, and what these feed: {field: header}."""
    staged = source.staged
    assert staged
    if not values:
        return source, {}
    lang = "en" if all(map(str.isascii, staged.headers)) else "zh"
    labels = [dataset.field(name).label for name in values]
    headers = names([*staged.headers, *(label[lang] for label in labels)])
    width = len(staged.headers)
    columns = {f"c{at}": [word] for at, word in enumerate(values.values(), width)}
    with bench(source.folder) as con:
        con.register("said", pa.table(columns))
        cells = ", ".join(f"c{at}" for at in range(len(headers)))
        con.execute(
            f"COPY (SELECT {cells}, _line FROM {source.cells()} CROSS JOIN said) "
            f"TO {literal(source.folder / WHOLE)} (FORMAT parquet, COMPRESSION lz4_raw)"
        )
    notes = [SAID.fill(field=label, value=word) for label, word in zip(labels, values.values(), strict=True)]
    samples = (*staged.samples, *((word,) for word in values.values()))
    wider = replace(staged, headers=headers, samples=samples, first_line=None, notes=(*staged.notes, *notes))
    return replace(source, staged=wider, table=WHOLE), dict(zip(values, headers[width:], strict=True))
