"""A person's own arrays: an `.npz` file. Objects in it are refused unread: they would run as code."""

import math
import struct
import tokenize
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from pydantic import Field

from vgviewer.settings import DataFile, Endings, shown
from vgviewer.shapes import LARGEST_NUMBER
from vgviewer.tasks.files import MOST_CLASSES, BadFile, FileTask, Samples, named, remembered
from vgviewer.tasks.task import Array, Table, Targets

LARGEST_FILE = 1_000_000_000  # bytes
LARGEST_CONTENT = 1_000_000_000  # bytes of all arrays together, unpacked
MOST_NUMBERS = 100_000_000  # of an array: 400 MB as float32
MOST_TOLD = 5
WANTED = ("x", "y", "x_test", "y_test")
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as NumPy does
ENCRYPTED = 1  # the bit in a member's flags
HEADS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
ZIP_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError)
BROKEN = (*ZIP_BROKEN, ValueError, SyntaxError, tokenize.TokenError)


class Arrays(FileTask):
    """The numbers are taken as they are; without x_test and y_test the metric is taken on x and y."""

    label: ClassVar[str] = "NumPy arrays"
    summary: ClassVar[str] = "Your own arrays x and y from an .npz file, taken as they are."

    type: Literal["arrays"] = "arrays"
    path: Annotated[DataFile, Endings((".npz",))] = Field(
        title="File",
        description="An .npz with x, samples × features or samples × timesteps × features, and y: "
        "whole numbers are class labels from 0, floating-point numbers are values. x_test and y_test may be given.",
    )

    def read(self) -> Samples:
        return _samples(self.path)


@remembered(LARGEST_FILE)
def _samples(path: Path) -> Samples:
    try:
        arrays = _read(path)
    except BROKEN as error:
        why = shown(str(error)).strip('"')
        raise BadFile(f"{named(path)} is no whole .npz file ({why}). Write it with numpy.savez.") from None
    except BadFile as refusal:
        raise BadFile(f"{named(path)} {refusal}") from None
    try:
        return _meant(arrays)
    except BadFile as refusal:
        raise BadFile(f"{named(path)}: {refusal}") from None


def _read(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays that are wanted, all of them numbers; raises BadFile without the file's name, or one of BROKEN."""
    with zipfile.ZipFile(path) as archive:
        there = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
        members = {name: there[name] for name in WANTED if name in there}
        missing = [name for name in ("x", "y") if name not in members]
        if missing:
            names = ", ".join(map(shown, list(there)[:MOST_TOLD])) or "nothing"
            raise BadFile(
                f"has no {' and no '.join(missing)}, but {names}. Write it with numpy.savez(file, x=…, y=…)."
            )
        size = sum(info.file_size for info in members.values())
        if size > LARGEST_CONTENT:
            raise BadFile(
                f"unpacks to {size / 1e6:,.0f} MB; at most {LARGEST_CONTENT / 1e6:,.0f} MB are read."
            )
        if any(info.compress_type not in PACKED or info.flag_bits & ENCRYPTED for info in members.values()):
            raise BadFile(
                "is packed or encrypted in a way that NumPy does not use. Write it with numpy.savez."
            )
        return {name: _array(archive, info, name) for name, info in members.items()}


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> NDArray[Any]:
    """Read only after its head has promised numbers, and as many as there are bytes."""
    with archive.open(info) as file:
        version = npy.read_magic(file)
        if version not in HEADS:
            raise ValueError(f"{name} has the format {version}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a head that Python 2 wrote is as good
            shape, is_fortran, dtype = HEADS[version](file)
        if dtype.kind not in "biuf":
            raise BadFile(
                f"holds {shown(str(dtype))} as {name}, which is neither whole nor floating-point numbers. "
                "Write it as one of them."
            )
        count = math.prod(shape)
        if min(shape, default=0) < 0 or count * dtype.itemsize != info.file_size - file.tell():
            raise ValueError(f"{name} does not have the size that its head says")
        if count > MOST_NUMBERS:
            raise BadFile(f"holds {count:,} numbers as {name}; at most {MOST_NUMBERS:,} are read.")
        return np.frombuffer(file.read(), dtype).reshape(shape, order="F" if is_fortran else "C")


def _meant(arrays: dict[str, NDArray[Any]]) -> Samples:
    """Raises BadFile without the file's name."""
    x = _inputs("x", arrays["x"])
    y, targets = _answers("y", arrays["y"], x)
    if ("x_test" in arrays) != ("y_test" in arrays):
        raise BadFile("has only one of x_test and y_test. Give both or none.")
    if "x_test" not in arrays:
        return Samples(Table(x, y), targets)
    x_test = _inputs("x_test", arrays["x_test"])
    y_test, tested = _answers("y_test", arrays["y_test"], x_test)
    if x_test.shape[1:] != x.shape[1:]:
        raise BadFile(f"x_test is {_times(x_test)}, x is {_times(x)}: only the first numbers may differ.")
    alike = tested.kind == targets.kind and tested.timesteps == targets.timesteps
    if not alike or (tested.size > targets.size if tested.kind == "classes" else tested.size != targets.size):
        raise BadFile(f"y_test is {_words(tested)}, y is {_words(targets)}. Make them alike.")
    return Samples(Table(x, y, x_test, y_test), targets)


def _inputs(name: str, given: NDArray[Any]) -> NDArray[np.float32]:
    if given.ndim not in (2, 3) or not given.size:
        message = "must be samples × features or samples × timesteps × features"
        raise BadFile(f"{name} {message}, is {_times(given)}.")
    return _finite(name, given)


def _answers(name: str, given: NDArray[Any], x: NDArray[np.float32]) -> tuple[Array, Targets]:
    along = x.shape[1] if x.ndim == 3 else None
    if given.ndim == 0 or len(given) != len(x):
        raise BadFile(
            f"{name} must have as many samples as {name.replace('y', 'x')}, {len(x)}, is {_times(given)}."
        )
    if given.dtype.kind != "f":
        at_every = along is not None and given.shape[1:] == (along,)
        if given.ndim > 1 and not at_every:
            message = "whole numbers are class labels, one for each sample or each of its timesteps"
            raise BadFile(f"{name} is {_times(given)}; {message}. Write values as floating-point numbers.")
        wrong = (given < 0) | (given >= MOST_CLASSES)
        if wrong.any():
            raise BadFile(f"{_first(name, given, wrong)}; class labels go from 0 to {MOST_CLASSES - 1}.")
        return given.astype(np.int64), Targets("classes", int(given.max()) + 1, along if at_every else None)
    at_every = given.ndim == 3
    if given.ndim > 3 or not given.size or (at_every and given.shape[1] != along):
        message = "values are samples × values, or samples × timesteps × values as in x"
        raise BadFile(f"{name} is {_times(given)}; {message}.")
    values = _finite(name, given if given.ndim > 1 else given[:, None])
    return values, Targets("values", values.shape[-1], along if at_every else None)


def _finite(name: str, given: NDArray[Any]) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # what overflows is refused
        values = given.astype(np.float32)
    wrong = ~(np.abs(values) <= LARGEST_NUMBER)
    if wrong.any():
        raise BadFile(f"{_first(name, given, wrong)}; all numbers must be finite and within ±1e30.")
    return values


def _first(name: str, given: NDArray[Any], wrong: NDArray[np.bool_]) -> str:
    place = np.unravel_index(int(wrong.argmax()), wrong.shape)
    return f"{name}[{', '.join(map(str, place))}] is {given[place]}"


def _times(array: NDArray[Any]) -> str:
    return " × ".join(map(str, array.shape)) or "a single number"


def _words(targets: Targets) -> str:
    kind = f"classes from 0 to {targets.size - 1}" if targets.kind == "classes" else f"{targets.size} values"
    return f"{kind} at every timestep" if targets.timesteps is not None else kind
