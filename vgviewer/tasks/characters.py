"""The next character of a text, at every timestep (resources/data tells the source of the shipped one)."""

import bz2
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from pydantic import Field, PrivateAttr

from vgviewer.resources import RESOURCES
from vgviewer.settings import DataFile, Endings, Note
from vgviewer.shapes import Shape
from vgviewer.tasks.files import BadFile, named, remembered
from vgviewer.tasks.task import Baseline, Table, Targets, Task, best_answers

LARGEST_TEXT = 10_000_000  # bytes; as numbers, a text takes eight times as much
MOST_SYMBOLS = 4096  # as many as a layer may have units
TRAINING_SHARE = 0.9
TESTED_WINDOWS = 512  # as many as generated tasks are tested on
AVOIDED = 0.1  # of the errors that the best guess from the newest character makes


class Characters(Task):
    """Symbols are the text's different characters in the order of their code points. Every window of the first nine
    tenths is a sample to train on; the test windows are spread over the rest."""

    label: ClassVar[str] = "Characters"
    summary: ClassVar[str] = "Foretell the next character of a text, at every timestep."

    type: Literal["characters"] = "characters"
    text: Annotated[Literal["moby-dick"] | DataFile, Endings((".txt", ".md"))] = Field(
        default="moby-dick",
        title="Text",
        description="The shipped novel, or a UTF-8 file of your own. "
        "Trained on the first nine tenths, tested on the rest.",
    )
    length: Annotated[int, Note(unit="timesteps")] = Field(
        default=50, ge=1, le=4096, title="Length", description="Timesteps of a sequence."
    )

    _settled: "_Text | None" = PrivateAttr(default=None)

    def settled(self) -> Self:
        settled = self.model_copy()
        settled._settled = self._read()
        return settled

    def problem(self) -> tuple[str, str] | None:
        try:
            self._read()
        except BadFile as refusal:
            return "text", str(refusal)
        return None

    def inputs(self) -> Shape:
        return Shape(self._symbols(), self.length, tokens=True)

    def targets(self) -> Targets:
        return Targets("classes", self._symbols(), self.length)

    def goal(self) -> float | None:
        if self.problem() is not None:
            return None
        read, table = self._read(), self.table()
        assert table.x_test is not None
        guess = read.pairs().argmax(axis=1)[table.x_test]
        right = float((guess == table.y_test).mean())
        return right + AVOIDED * (1 - right)

    def baseline(self, loss: str) -> Baseline | None:
        best = None if self.problem() is not None else best_answers(self._read().pairs(), loss)
        return None if best is None else Baseline(best, "seeing the newest character alone", is_good=True)

    def table(self) -> Table:
        read = self._read()
        x = sliding_window_view(read.ids[:-1], self.length)
        y = sliding_window_view(read.ids[1:], self.length)
        rows = read.training - self.length
        tested = np.linspace(read.training, len(x) - 1, TESTED_WINDOWS).astype(np.int64)
        return Table(x[:rows], y[:rows], x[tested], y[tested])

    def _symbols(self) -> int:
        return 2 if self.problem() is not None else len(self._read().symbols)

    def _read(self) -> "_Text":
        """The text; raises BadFile."""
        if self._settled is not None:
            return self._settled
        if not isinstance(self.text, Path):
            return _shipped(self.text)
        read = _own(self.text)
        least = round((self.length + 1) / (1 - TRAINING_SHARE))
        if len(read.ids) < least:
            reason = f"has {len(read.ids):,} characters; a length of {self.length:,} takes {least:,}"
            raise BadFile(f"{named(self.text)} {reason}. Take a longer text or a smaller length.")
        return read


@dataclass(frozen=True, eq=False)
class _Text:
    """ids int64 (N,), places in `symbols`; the first `training` of them are to train on."""

    ids: NDArray[np.int64]
    symbols: str
    training: int

    def pairs(self) -> NDArray[np.float64]:
        """How often each symbol (row) is followed by each other (column) in the training part."""
        count = len(self.symbols)
        ids = self.ids[: self.training]
        pairs = np.bincount(ids[:-1] * count + ids[1:], minlength=count**2)
        return pairs.reshape(count, count).astype(np.float64)


@cache
def _shipped(name: str) -> _Text:
    return _numbered(bz2.decompress((RESOURCES / "data" / f"{name}.txt.bz2").read_bytes()).decode())


@remembered(LARGEST_TEXT)
def _own(path: Path) -> _Text:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1:,} is {error.object[error.start]:#04x}"
        raise BadFile(f"{named(path)} is not UTF-8 text: {place}. Save it as UTF-8.") from None
    read = _numbered(text.replace("\r\n", "\n"))
    if not 2 <= len(read.symbols) <= MOST_SYMBOLS:
        limits = f"between 2 and {MOST_SYMBOLS:,} different characters, has {len(read.symbols):,}"
        raise BadFile(f"{named(path)} must have {limits}. Choose another text.")
    return read


def _numbered(text: str) -> _Text:
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    symbols = np.flatnonzero(np.bincount(codes))
    places = np.zeros(int(codes.max(initial=0)) + 1, np.int64)
    places[symbols] = np.arange(len(symbols))
    return _Text(places[codes], "".join(map(chr, symbols)), int(TRAINING_SHARE * len(codes)))
