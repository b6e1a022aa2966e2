"""A person's own table: a CSV file whose first line names the columns."""

from pathlib import Path
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from vgviewer.settings import DataFile, Endings, Note
from vgviewer.tasks.cells import Cells, Header, read_cells, read_header
from vgviewer.tasks.files import MOST_CLASSES, BadFile, FileTask, Samples, named, remembered
from vgviewer.tasks.task import Array, Table, Targets

LARGEST_FILE = 200_000_000  # bytes


class Csv(FileTask):
    """Every column of numbers is scaled to mean 0 and standard deviation 1 over the whole file."""

    label: ClassVar[str] = "CSV file"
    summary: ClassVar[str] = (
        "Your own table of numbers, its columns named in the first line; "
        "each is scaled to mean 0 and standard deviation 1 over the file."
    )

    type: Literal["csv"] = "csv"
    path: Annotated[DataFile, Endings((".csv", ".tsv", ".txt"))] = Field(
        title="File",
        description="UTF-8; columns are separated by commas, tabs or semicolons (then a comma may be decimal).",
    )
    target: str = Field(
        default="",
        max_length=200,
        title="Target",
        description="The column to predict; empty: the last one. "
        "Words, or whole numbers 0, 1, 2, … without a gap, are classes; all other numbers are values.",
    )
    window: Annotated[int | None, Note(unit="rows")] = Field(
        default=None,
        ge=1,
        le=4096,
        title="Window",
        description="none: each row is a sample, its other columns are the input. A number: so many rows in turn, "
        "a target of numbers among their columns, are the input, and the next row's target is the answer.",
    )

    def in_order(self) -> bool:
        return self.window is not None

    def read(self) -> Samples:
        return _samples(self.path, self.target, self.window)


@remembered(LARGEST_FILE)
def _read(path: Path, target: str) -> tuple[Header, int, Cells]:
    header = read_header(path)
    place = header.place(target)
    return header, place, read_cells(header, place)


@remembered(LARGEST_FILE)
def _samples(path: Path, target: str, window: int | None) -> Samples:
    header, place, cells = _read(path, target)
    y, targets = _targets(header, place, cells)
    features = _scaled(cells.numbers)
    if window is None or cells.words is not None:
        features = np.delete(features, place, axis=1)
    if not features.shape[1]:
        raise BadFile(f"{named(path)} has only one column. Add others, from which to predict it.", "target")
    if window is None:
        return Samples(Table(features, y), targets)
    if len(y) <= window:
        message = f"must be smaller than the number of rows in {named(path)}, {len(y):,}, is {window:,}"
        raise BadFile(message, "window")
    runs = np.lib.stride_tricks.sliding_window_view(features, window, axis=0)[:-1]
    return Samples(Table(runs.transpose(0, 2, 1), y[window:]), targets)


def _targets(header: Header, place: int, cells: Cells) -> tuple[Array, Targets]:
    where = f"{named(header.path)}, {header.column(place)}"
    column = cells.numbers[:, place]
    if cells.words is not None:
        words = sorted(set(cells.words))
        numbers = {word: number for number, word in enumerate(words)}
        count, column = len(words), np.array([numbers[word] for word in cells.words])
        if count > MOST_CLASSES:
            message = (
                f"has {count:,} different words; at most {MOST_CLASSES:,} can be classes. Take another one."
            )
            raise BadFile(f"{where}, {message}", "target")
    else:
        count = len(np.unique(column))
    if len(column) == 1:
        raise BadFile(f"{named(header.path)} has only one row below its header. Add others.")
    if count == 1:
        raise BadFile(
            f"{where}, is the same in every row: nothing is to be predicted. Take another one.", "target"
        )
    if count <= MOST_CLASSES and np.array_equal(np.unique(column), np.arange(count)):
        return column.astype(np.int64), Targets("classes", count)
    return _scaled(column[:, None]), Targets("values", 1)


def _scaled(numbers: NDArray[np.float64]) -> NDArray[np.float32]:
    """Each column with mean 0 and standard deviation 1; 0 where it is constant. float32 (N, C)."""
    scaled = np.zeros(numbers.shape, np.float32)
    for place, column in enumerate(numbers.T):
        if column.min() < column.max():
            scaled[:, place] = (column - column.mean()) / column.std()
    return scaled
