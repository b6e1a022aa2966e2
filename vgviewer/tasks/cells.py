"""The cells of a CSV file, read fast; where one is wrong, read again slowly, to say which."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgviewer.settings import shown
from vgviewer.shapes import LARGEST_NUMBER
from vgviewer.tasks.files import BadFile, named

MOST_NUMBERS = 20_000_000  # 160 MB while they are read
MOST_COLUMNS = 4096  # as many as a layer may have units
LONGEST_HEADER = 1_000_000  # characters
MOST_TOLD = 5
NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)
PLAIN = re.compile(
    r"-?\d{1,9}(\.\d{0,20})?(e[+-]?[01]?\d)?", re.ASCII
)  # right without a second look, most cells
SWAP = str.maketrans(",.", ".,")  # a decimal comma becomes a point, and a point nothing that is read


@dataclass(frozen=True)
class Header:
    """The columns' names, what separates them, and the line in which they stand, from 1."""

    path: Path
    names: tuple[str, ...]
    separator: str
    line: int

    def column(self, place: int) -> str:
        """As it may stand in a message."""
        return f"column {shown(self.names[place]) if self.names[place] else place + 1}"

    def place(self, name: str) -> int:
        """Where the column of that name stands, the last one for ""; raises BadFile."""
        found = [place for place, other in enumerate(self.names) if other == name]
        if not name or len(found) == 1:
            return found[0] if name else len(self.names) - 1
        if found:
            raise BadFile(f"{named(self.path)} has {len(found)} columns {shown(name)}. Rename one.", "target")
        there = ", ".join(map(shown, self.names[:MOST_TOLD]))
        others = len(self.names) - MOST_TOLD
        there += f" and {others} more" if others > 0 else ""
        raise BadFile(f"{named(self.path)} has no column {shown(name)}, but {there}. Choose one.", "target")

    def lines(self, swapped: bool) -> Iterator[str]:
        """What stands below the header, comma and point `swapped` or not."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            below = islice(file, self.line, None)
            yield from (line.translate(SWAP) for line in below) if swapped else below


@dataclass(frozen=True, eq=False)
class Cells:
    """Numbers float64 (N, C), in `words` the target's cells where they are no numbers: then its column holds 0."""

    numbers: NDArray[np.float64]
    words: list[str] | None


def read_header(path: Path) -> Header:
    """The first line that is not blank; raises BadFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            number, line = 1, file.readline(LONGEST_HEADER)
            while line.isspace():
                number, line = number + 1, file.readline(LONGEST_HEADER)
    except UnicodeDecodeError:
        raise _no_text(path) from None
    separator = max(",;\t", key=line.count)
    try:
        names = tuple(name.strip() for name in next(csv.reader([line], delimiter=separator, strict=True), []))
    except csv.Error as error:
        raise BadFile(
            f"{named(path)}, line {number}, is no header: {error}. Name the columns there."
        ) from None
    if not names:
        raise BadFile(f"{named(path)} is empty. Choose another file.")
    if len(names) > MOST_COLUMNS or len(line) >= LONGEST_HEADER:
        raise BadFile(
            f"{named(path)}, line {number}, names more than {MOST_COLUMNS:,} columns. Leave some out."
        )
    if all(NUMBER.fullmatch(name) for name in names):
        raise BadFile(f"{named(path)}, line {number}, holds numbers. Write the columns' names above them.")
    return Header(path, names, separator, number)


def read_cells(header: Header, target: int) -> Cells:
    """Everything below the header; the target is read as words where its first cell is no number. Raises BadFile."""
    words = target if _begins_with_a_word(header, target) else None
    ways = (False, True) if header.separator == ";" else (False,)  # where ; separates, a comma may be decimal
    try:
        found = next((cells for swapped in ways if (cells := _cells(header, words, swapped))), None)
        if found is None:
            _refuse_words(header, target)
            faults = min((_faults(header, words, swapped) for swapped in ways), key=lambda found: found[0])
            raise BadFile(_complaint(header.path, *faults))
    except UnicodeDecodeError:
        raise _no_text(header.path) from None
    return found


def _begins_with_a_word(header: Header, target: int) -> bool:
    rows = _first_rows(header, 1)
    if rows == []:
        raise BadFile(f"{named(header.path)} has no rows below its header. Add some.")
    return bool(rows) and _is_word(header, rows[0], target)


def _refuse_words(header: Header, target: int) -> None:
    """A whole column of words is one mistake, not one in every line."""
    rows = _first_rows(header, 2)
    for place in range(len(header.names)) if len(rows) == 2 else ():
        if place != target and all(_is_word(header, row, place) for row in rows):
            told = f"{named(header.path)}: {header.column(place)} holds words, and an input must be a number."
            raise BadFile(f"{told} Make it the target, or remove the column.", "target")


def _first_rows(header: Header, count: int) -> list[list[str]]:
    """Fewer where there are no more, or where they are no rows of cells."""
    rows = csv.reader(
        (line for line in header.lines(False) if not line.isspace()), delimiter=header.separator
    )
    try:
        return list(islice(rows, count))
    except UnicodeDecodeError:
        raise _no_text(header.path) from None
    except csv.Error:
        return [[]]


def _is_word(header: Header, row: list[str], place: int) -> bool:
    cell = row[place].strip() if place < len(row) else ""
    ways = (cell, cell.translate(SWAP)) if header.separator == ";" else (cell,)
    return (
        bool(cell)
        and not any(map(NUMBER.fullmatch, ways))
        and cell.lower().lstrip("+-") not in ("nan", "inf")
    )


def _cells(header: Header, words: int | None, swapped: bool) -> Cells | None:
    """None where a cell or a row is not as it should be."""
    width = len(header.names)
    most = MOST_NUMBERS // width
    each = [("", np.float64 if place != words else np.object_) for place in range(width)]
    lines = (line for line in header.lines(swapped) if not line.isspace())
    try:
        rows: NDArray[Any] = np.loadtxt(
            lines,
            dtype=np.float64 if words is None else np.dtype(each),
            delimiter=header.separator,
            comments=None,
            quotechar='"',
            max_rows=most + 1,
            ndmin=1 if words is not None else 2,
        )
    except UnicodeDecodeError:
        raise
    except ValueError:
        return None
    if len(rows) > most:
        raise BadFile(
            f"{named(header.path)} has more than {most:,} rows of {width} columns. Take a part of it."
        )
    told = None
    if words is not None:
        told = [str(word).translate(SWAP if swapped else {}).strip() for word in rows[f"f{words}"]]
        rows[f"f{words}"] = 0
        rows = np.column_stack([rows[name].astype(np.float64) for name in rows.dtype.names or ()])
    fits = rows.shape[1] == width and bool((np.abs(rows) <= LARGEST_NUMBER).all())
    return Cells(rows, told) if fits and not any(map(_no_word, told or ())) else None


def _faults(header: Header, words: int | None, swapped: bool) -> tuple[int, list[str]]:
    """How many there are, and the first few."""
    count = 0
    told: list[str] = []
    rows = csv.reader(header.lines(swapped), delimiter=header.separator)
    line = header.line
    try:
        for row in rows:
            line, begun = header.line + rows.line_num, line + 1
            is_blank = not row or (len(row) == 1 and not row[0].strip())
            if is_blank or (len(row) == len(header.names) and all(map(PLAIN.fullmatch, row))):
                continue
            for fault in _row_faults(header, row, words, swapped):
                count += 1
                if len(told) < MOST_TOLD:
                    told.append(f"line {begun}{fault}")
    except csv.Error as error:
        count, told = (
            count + 1,
            [*told[: MOST_TOLD - 1], f"line {line + 1}: {error}; is a quotation mark left open?"],
        )
    return count, told


def _row_faults(header: Header, row: list[str], words: int | None, swapped: bool) -> Iterator[str]:
    if len(row) != len(header.names):
        cells = f"{len(row)} cell{'s' if len(row) > 1 else ''}"
        yield f" has {cells}, the header has {len(header.names)}"
        return
    for place, cell in enumerate(row):
        if place == words:
            fault = _no_word(cell)
        elif NUMBER.fullmatch(cell):
            fault = "" if abs(float(cell)) <= LARGEST_NUMBER else f": {shown(cell)} is beyond ±1e30"
        else:
            fault = _no_number(cell, header.separator == ";", swapped)
        if fault:
            yield f", {header.column(place)}{fault}"


def _no_word(cell: str) -> str:
    if "\n" in cell.strip():
        return " holds a line break; is a quotation mark left open?"
    return "" if cell.strip() else " is empty"


def _no_number(cell: str, may_swap: bool, swapped: bool) -> str:
    written = cell.translate(SWAP) if swapped else cell
    if not written.strip():
        return " is empty"
    fault = f": {shown(written)}"
    if not NUMBER.fullmatch(cell.translate(SWAP)):
        return f"{fault} is no number"
    if may_swap:
        return f"{fault} has a {'point' if swapped else 'comma'} where others have a {'comma' if swapped else 'point'}"
    return f"{fault} is no number (a decimal comma is read only where semicolons separate the columns)"


def _complaint(path: Path, count: int, told: list[str]) -> str:
    if count == 0:
        return f"{named(path)} cannot be read as a table. Save it as CSV again, without line breaks in its cells."
    if count == 1:
        return f"{named(path)}, {told[0]}. Correct it or remove the line."
    more = f"; and {count - len(told):,} more" if count > len(told) else ""
    return f"{named(path)} has {count:,} mistakes: {'; '.join(told)}{more}. Correct them or remove the lines."


def _no_text(path: Path) -> BadFile:
    """Raised where a byte is not UTF-8: in which line, counted again from the bytes."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return BadFile(f"{named(path)}, line {number}, is not UTF-8 text. Save the file as UTF-8.")
    return BadFile(f"{named(path)} is not UTF-8 text. Save it as UTF-8.")
