"""What stands in a run file: which kind of record a message becomes, and how a training step is laid out.

Everything is kept exactly as it travels, float32 and float64 bit for bit.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import QUANTITIES, Changed, Failed, Finished, Frame, Refused, Started
from vgviewer.frames.details import Details
from vgviewer.frames.inspections import Answers, HopAccounts, Jacobians, Reach
from vgviewer.recording.codec import LARGEST_PACKED, LEVEL, Damaged, packed, shuffled, unpacked, unshuffled

HEADER, FRAME, NOTE, KEPT, REMARKS = 0, 1, 64, 65, 66
MESSAGES: dict[int, type] = {
    2: Started,
    3: Changed,
    4: Refused,
    5: Finished,
    6: Failed,
    7: Reach,
    8: Jacobians,
    9: HopAccounts,
    10: Answers,
}
KINDS = {kind: number for number, kind in MESSAGES.items()}
# beside FRAME, so that they are found without reading the content
HAS_METRIC, HAS_DETAILS, WAS_CLIPPED = 16, 32, 128
# loss, metric, gradient norm, whether there is one, which quantities follow
SCALARS = struct.Struct("<ddd?I")
REST = struct.Struct("<IIB")  # which quantities follow, their bytes before compression and how they are kept
PLAIN, ZIPPED = 0, 1
LENGTH = struct.Struct("<I")
PER_LAYER = tuple(name for name, quantity in QUANTITIES.items() if quantity.axes == "layers")
ALONG_TIME = tuple(name for name in QUANTITIES if name not in PER_LAYER)


@dataclass(frozen=True)
class Header:
    """`experiment` is the preset's own text, `versions` those of the program and of what it computed with, `began` the
    time in ISO 8601; `per_layer` and `along_time` are the quantities in the order in which frames have them."""

    format: str
    version: int
    experiment: str
    versions: Mapping[str, str]
    began: str
    per_layer: tuple[str, ...] = PER_LAYER
    along_time: tuple[str, ...] = ALONG_TIME


@dataclass(frozen=True)
class Bookmark:
    """A step to come back to, and what is said of it."""

    step: int
    caption: str


@dataclass(frozen=True)
class Remarks:
    """What a person says of a run: steps in ascending order, and a note. The last ones in a file count."""

    bookmarks: tuple[Bookmark, ...] = ()
    note: str = ""


def is_frame(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of a table's records are frames, (N,)."""
    found: NDArray[np.bool_] = (kinds & ~np.uint8(HAS_METRIC | HAS_DETAILS | WAS_CLIPPED)) == FRAME
    return found


def kind_of(frame: Frame) -> int:
    """The number of its record."""
    has_metric, has_details = frame.metric is not None, frame.details is not None
    return FRAME | HAS_METRIC * has_metric | HAS_DETAILS * has_details | WAS_CLIPPED * frame.clipped


def parts_of(frame: Frame) -> tuple[bytes, bytes]:
    """The two parts: what is one number for each layer, ready to be read a thousand times; everything else."""
    present = [name for name in PER_LAYER if name in frame.readings]
    mask = sum(1 << PER_LAYER.index(name) for name in present)
    norm = 0.0 if frame.gradient_norm is None else frame.gradient_norm
    metric = 0.0 if frame.metric is None else frame.metric
    scalars = SCALARS.pack(frame.loss, metric, norm, frame.gradient_norm is not None, mask)
    layers = (np.ascontiguousarray(frame.readings[name], "<f4").tobytes() for name in present)
    return b"".join([scalars, *layers]), _rest(frame)


def _rest(frame: Frame) -> bytes:
    """What is along time, bytes of one significance together; then the details, if it was looked at closely."""
    present = [name for name in ALONG_TIME if name in frame.readings]
    mask = sum(1 << ALONG_TIME.index(name) for name in present)
    content = b"".join(shuffled(frame.readings[name]) for name in present)
    kept, size = PLAIN, len(content)
    if 0 < size <= LARGEST_PACKED:
        kept, content = ZIPPED, zlib.compress(content, LEVEL)
    details = b"" if frame.details is None else packed(frame.details)
    return b"".join([REST.pack(mask, size, kept), LENGTH.pack(len(content)), content, details])


class Scalars(NamedTuple):
    """A frame's numbers without those along time."""

    loss: float
    metric: float | None
    gradient_norm: float | None
    layers: dict[str, NDArray[np.float32]]


class Frames:
    """Reads the frames of a run of `count` layers, whose header says in which order its quantities are; `shapes` are
    what each of them has there."""

    def __init__(self, header: "Header", count: int, shapes: Mapping[str, tuple[int, ...]]) -> None:
        self._header, self._count, self._shapes = header, count, shapes

    def scalars(self, kind: int, first: bytes) -> Scalars:
        """Of the first part; raises Damaged."""
        try:
            loss, metric, norm, has_norm, mask = SCALARS.unpack_from(first)
        except struct.error as error:
            raise Damaged(f"no frame: {error}") from error
        present = _present(mask, self._header.per_layer)
        if len(first) != SCALARS.size + 4 * self._count * len(present):
            raise Damaged("no frame of this network")
        rows = np.frombuffer(first, "<f4", offset=SCALARS.size).reshape(len(present), self._count)
        layers = dict(zip(present, rows, strict=True))
        return Scalars(loss, metric if kind & HAS_METRIC else None, norm if has_norm else None, layers)

    def whole(self, kind: int, step: int, first: bytes, rest: bytes) -> Frame:
        """Of both parts; raises Damaged."""
        scalars = self.scalars(kind, first)
        try:
            found = {**scalars.layers, **self._along_time(rest)}
            details = self._details(kind, rest)
        except (struct.error, zlib.error) as error:
            raise Damaged(f"no frame: {error}") from error
        readings = {name: found[name] for name in QUANTITIES if name in found}
        clipped = bool(kind & WAS_CLIPPED)
        return Frame(step, scalars.loss, scalars.metric, clipped, scalars.gradient_norm, readings, details)

    def _along_time(self, rest: bytes) -> dict[str, NDArray[np.float32]]:
        mask, size, kept = REST.unpack_from(rest)
        (length,) = LENGTH.unpack_from(rest, REST.size)
        content = memoryview(rest)[REST.size + LENGTH.size :][:length]
        if kept == ZIPPED and size <= LARGEST_PACKED:
            content = memoryview(zlib.decompressobj().decompress(content, size + 1))
        if len(content) != size:
            raise Damaged("its length is another one")
        found, at = {}, 0
        for name in _present(mask, self._header.along_time):
            if name not in self._shapes:
                raise Damaged(f"there is no {name}")
            array, at = unshuffled(content, at, np.dtype(np.float32), self._shapes[name])
            found[name] = array
        return found

    def _details(self, kind: int, rest: bytes) -> Details | None:
        (length,) = LENGTH.unpack_from(rest, REST.size)
        return unpacked(Details, rest[REST.size + LENGTH.size + length :]) if kind & HAS_DETAILS else None


def _present(mask: int, names: Sequence[str]) -> list[str]:
    return [name for place, name in enumerate(names) if mask >> place & 1]
