"""What a picture shows as numbers: a table that a spreadsheet takes."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float | None  # None: there is no value


@dataclass(frozen=True)
class Table:
    """Rows in the order of `columns`. Sizes are given as they are drawn, log10 where the column says so."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def as_tsv(self) -> str:
        """Tab-separated, decimal points, no value as nothing; nan, inf and -inf by these names."""
        return self._written("\t")

    def _written(self, delimiter: str) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(_plain(row) for row in self.rows)
        return out.getvalue()


def _plain(row: Iterable[Cell]) -> list[str]:
    return ["" if cell is None else f"{cell:.7g}" if isinstance(cell, float) else str(cell) for cell in row]
