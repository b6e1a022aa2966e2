"""A run file, opened: what was known of the run after any of its steps, found in a few milliseconds.

recording = Recording(path)
history = recording.history(412)      # what a live run's history held after step 412
"""

from dataclasses import fields
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from vgviewer.experiment import Experiment, PresetError
from vgviewer.experiment.preset import loads
from vgviewer.frames import (
    QUANTITIES,
    Changed,
    Failed,
    Finished,
    Frame,
    History,
    Inspection,
    Refused,
    Started,
)
from vgviewer.frames.history import ALONG_TIME, MOST_COLUMNS, MOST_ROWS, Rows
from vgviewer.recording.codec import Damaged, unpacked
from vgviewer.recording.container import Reader
from vgviewer.recording.past import Columns, Past, stride
from vgviewer.recording.recorder import FORMAT, VERSION
from vgviewer.recording.records import (
    HAS_DETAILS,
    HAS_METRIC,
    HEADER,
    KEPT,
    KINDS,
    MESSAGES,
    NOTE,
    REMARKS,
    WAS_CLIPPED,
    Frames,
    Header,
    Remarks,
    Scalars,
    is_frame,
)

T = TypeVar("T")

MOST_TIMESTEPS = 1_000_000
ROWS_KEPT = 2 * MOST_ROWS  # frames whose timesteps are not read again
INSPECTIONS = tuple(KINDS[kind] for kind in MESSAGES.values() if issubclass(kind, Inspection))


class BadRun(Exception):
    """A file that cannot be opened as a run: a sentence that names it, and what to do."""


class Recording:
    """`steps` are those that can be shown, int64 (N,), ascending. `lost` says in a sentence what of the file cannot be
    read, and is empty where all can. Raises BadRun."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._reader = Reader(path)
            self._table = self._reader.extend()
        except Damaged as error:
            raise BadRun(f"{path} is no run file: {error}. Choose another one.") from error
        except OSError as error:
            raise BadRun(f"{path} cannot be read: {error.strerror or error}. Choose another file.") from error
        try:
            self.header = self._find(HEADER, Header)
            self.experiment: Experiment = loads(self.header.experiment.encode(), str(path))
            self.started = self._find(KINDS[Started], Started)
            self._check()
            self._read = Frames(self.header, len(self.started.sites), self._shapes())
            self._kept: dict[int, Columns] = {}
            self._index()
        except (Damaged, PresetError) as error:
            self._reader.close()
            raise BadRun(f"{path} is a damaged run file: {error}. Nothing of it can be shown.") from error
        self._along_time = lru_cache(ROWS_KEPT)(self._read_along_time)

    def close(self) -> None:
        """The file may be moved or deleted."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def lost(self) -> str:
        """What of the file cannot be read."""
        damaged = self._reader.damaged
        places = f"{damaged} damaged place{'s' if damaged > 1 else ''} left out" if damaged else ""
        torn = "the last record was not written to its end" if self._reader.is_torn else ""
        told = "; ".join(filter(None, [places, torn]))
        return told[:1].upper() + told[1:] + "." if told else ""

    def extend(self) -> None:
        """Looks for what has come since; raises Damaged."""
        table = self._reader.extend()
        if len(table) > len(self._table):
            self._table = table
            self._index()

    @property
    def remarks(self) -> Remarks:
        """What the person says of the run."""
        rows = np.flatnonzero(self._table["kind"] == REMARKS)
        return unpacked(Remarks, self._reader.first(self._table[rows[-1]])) if len(rows) else Remarks()

    def frame(self, step: int) -> Frame:
        """That training step; raises KeyError where there is none, Damaged where it cannot be read."""
        place = int(np.searchsorted(self.steps, step))
        if place == len(self.steps) or self.steps[place] != step:
            raise KeyError(step)
        return self._frame(place)

    def note(self, step: int, kind: type[T]) -> T | None:
        """What was noted last up to the moment before the step after this one; raises Damaged."""
        rows = self._before(step, self._notes)
        return unpacked(kind, self._reader.first(self._table[rows[-1]])) if len(rows) else None

    def kept(self, number: int, kind: type[T]) -> T:
        """What was kept under that number; raises Damaged."""
        if not 0 <= number < len(self._kept_rows):
            raise Damaged(f"there is no number {number}")
        return unpacked(kind, self._reader.first(self._table[self._kept_rows[number]]))

    def history(self, step: int) -> History:
        """What a live run's history held after that step, before the next one came; raises as `frame` does."""
        place = int(np.searchsorted(self.steps, step))
        latest = self.frame(step)
        past = Past(self.started, latest, self._columns(place), partial(self._rows, place))
        past.metrics = [pair for pair in self._metrics if pair[0] <= step]
        past.clipped = int(self._strikes[place])
        past.detailed = self._detailed(place)
        past.has_ended = self.end is not None and place == len(self.steps) - 1
        for row in self._before(step, self._others):
            self._tell(past, int(row))
        for kind in INSPECTIONS:
            rows = self._before(step, self._rows_of[kind])
            if len(rows):
                found = self._message(int(rows[-1]))
                past.inspections[type(found)] = found
        return past

    @property
    def end(self) -> Finished | Failed | None:
        """The last message, where the run came to an end."""
        for kind in (Finished, Failed):
            rows = np.flatnonzero(self._table["kind"] == KINDS[kind])
            if len(rows):
                last: Finished | Failed = self._message(int(rows[-1]))
                return last
        return None

    def _find(self, number: int, kind: type[Any]) -> Any:
        rows = np.flatnonzero(self._table["kind"] == number)
        if not len(rows):
            raise Damaged(f"it has no {kind.__name__}")
        found = unpacked(kind, self._reader.first(self._table[rows[0]]))
        if kind is Header and (found.format, found.version) != (FORMAT, VERSION):
            raise Damaged(
                f"it is {found.format!r} of version {found.version}, not {FORMAT!r} of version {VERSION}"
            )
        return found

    def _check(self) -> None:
        """Whether the run is one of that experiment: what follows is laid out by it."""
        ids = [*(layer.id for layer in self.experiment.network.layers), "output"]
        if [site.id for site in self.started.sites] != ids:
            raise Damaged("its layers are not those of its network")
        if not 0 <= self.started.timesteps <= MOST_TIMESTEPS:
            raise Damaged(f"{self.started.timesteps:,} timesteps")

    def _index(self) -> None:
        kinds = self._table["kind"]
        rows = np.flatnonzero(is_frame(kinds))
        steps = self._table["step"][rows]
        grows = (
            np.concatenate([[True], steps[1:] > np.maximum.accumulate(steps)[:-1]])
            if len(rows)
            else rows == 0
        )
        self._frames = rows[grows]  # a foreign file may have its steps in any order
        self.steps: NDArray[np.int64] = steps[grows]
        self._strikes = np.cumsum(kinds[self._frames] & WAS_CLIPPED != 0)
        self._notes = np.flatnonzero(kinds == NOTE)
        self._kept_rows = np.flatnonzero(kinds == KEPT)
        self._rows_of = {kind: np.flatnonzero(kinds == kind) for kind in INSPECTIONS}
        self._others = np.flatnonzero(np.isin(kinds, [KINDS[Changed], KINDS[Refused]]))
        measured = np.flatnonzero(kinds[self._frames] & HAS_METRIC)
        read = ((int(self.steps[place]), self._first(int(place)).metric) for place in measured)
        self._metrics = [(step, metric) for step, metric in read if metric is not None]

    def _before(self, step: int, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of the table's rows that stand before the frame after that step."""
        place = int(np.searchsorted(self.steps, step, "right"))
        return rows if place == len(self._frames) else rows[: np.searchsorted(rows, self._frames[place])]

    def _shapes(self) -> dict[str, tuple[int, ...]]:
        """Of each quantity's readings."""
        sites, timesteps = self.started.sites, self.started.timesteps
        gates = max((len(site.gates) for site in sites), default=0)
        return {name: quantity.shape(len(sites), gates, timesteps) for name, quantity in QUANTITIES.items()}

    def _first(self, place: int) -> Scalars:
        row = self._table[self._frames[place]]
        return self._read.scalars(int(row["kind"]), self._reader.first(row))

    def _frame(self, place: int) -> Frame:
        row = self._table[self._frames[place]]
        return self._read.whole(
            int(row["kind"]), int(row["step"]), self._reader.first(row), self._reader.rest(row)
        )

    def _columns(self, place: int) -> Columns:
        """Those that a live run's history keeps after that frame, which is the last."""
        every = stride(self.steps[:place], MOST_COLUMNS)
        places = np.flatnonzero(self.steps[:place] % every == 0)
        kept = self._kept.get(every)
        if kept is None:
            kept = self._read_columns(places)
        elif len(kept.steps) < len(places):
            kept = _joined(kept, self._read_columns(places[len(kept.steps) :]), len(kept.steps))
        self._kept[every] = kept
        return _joined(kept, self._read_columns(np.array([place])), len(places))

    def _read_columns(self, places: NDArray[np.int64]) -> Columns:
        read = [self._first(int(place)) for place in places]
        empty = np.full(len(self.started.sites), np.nan, np.float32)
        layers = {
            name: np.array([each.layers.get(name, empty) for each in read], np.float32).reshape(
                -1, len(empty)
            )
            for name in self.header.per_layer
        }
        return Columns(
            self.steps[places],
            np.array([each.loss for each in read]),
            np.array([np.nan if each.gradient_norm is None else each.gradient_norm for each in read]),
            self._strikes[places],
            layers,
        )

    def _rows(self, place: int, quantity: str) -> Rows:
        every = stride(self.steps[:place], MOST_ROWS)
        places = [*np.flatnonzero(self.steps[:place] % every == 0), place]
        found = ((int(self.steps[at]), self._along_time(int(at)).get(quantity)) for at in places)
        return [(step, readings) for step, readings in found if readings is not None]

    def _message(self, row: int) -> Any:
        kind = MESSAGES[int(self._table[row]["kind"])]
        return unpacked(kind, self._reader.first(self._table[row]))

    def _tell(self, past: History, row: int) -> None:
        message = self._message(row)
        if isinstance(message, Changed):
            past.changes.append(message)
        else:
            past.refused = message

    def _detailed(self, place: int) -> Frame | None:
        looked_at = np.flatnonzero(self._table["kind"][self._frames[: place + 1]] & HAS_DETAILS)
        return self._frame(int(looked_at[-1])) if len(looked_at) else None

    def _read_along_time(self, place: int) -> dict[str, NDArray[np.float32]]:
        readings = self._frame(place).readings
        return {name: readings[name] for name in ALONG_TIME if name in readings}


def _joined(kept: Columns, others: Columns, count: int) -> Columns:
    """The first `count`, and the others behind them."""

    def behind(name: str) -> Any:
        one, other = getattr(kept, name), getattr(others, name)
        if isinstance(one, dict):
            return {quantity: np.concatenate([one[quantity][:count], other[quantity]]) for quantity in one}
        return np.concatenate([one[:count], other])

    return Columns(*(behind(field.name) for field in fields(Columns)))
