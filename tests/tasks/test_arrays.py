"""A person's own arrays: what they mean, and that nothing in a file is believed or run."""

import io
import json
import os
import pickle
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vgviewer.resources import RESOURCES
from vgviewer.shapes import Shape
from vgviewer.tasks import Arrays, Table, Targets

NAME = "mine.npz"
VECTORS = np.linspace(-1, 1, 12).reshape(4, 3)
SEQUENCES = np.linspace(-1, 1, 24).reshape(4, 2, 3)


def arrays(folder: Path, content: bytes | None = None, **named: Any) -> Arrays:
    path = folder / NAME
    if content is None:
        np.savez(path, **named)
    else:
        path.write_bytes(content)
    return Arrays.model_validate({"path": path})


def table(task: Arrays) -> Table:
    assert task.problem() is None
    return task.table()


def refusal(task: Arrays) -> str:
    problem = task.problem()
    assert problem is not None
    assert problem[0] == "path"
    assert problem[1].startswith('"mine.npz"')
    assert problem[1].isprintable()
    assert (task.inputs(), task.targets()) == (Shape(1), Targets("values", 1))
    return problem[1]


# what arrays mean


@pytest.mark.parametrize(
    ("x", "y", "inputs", "targets"),
    [
        (VECTORS, np.array([0, 2, 1, 0]), Shape(3), Targets("classes", 3)),
        (VECTORS, np.array([True, False, True, False]), Shape(3), Targets("classes", 2)),
        (VECTORS, np.array([0.0, 2.0, 1.0, 0.0]), Shape(3), Targets("values", 1)),
        (VECTORS, np.ones((4, 5), np.float16), Shape(3), Targets("values", 5)),
        (SEQUENCES, np.array([0, 2, 1, 0], np.uint8), Shape(3, 2), Targets("classes", 3)),
        (SEQUENCES, np.array([[0, 1]] * 4), Shape(3, 2), Targets("classes", 2, 2)),
        (SEQUENCES, np.ones((4, 2)), Shape(3, 2), Targets("values", 2)),
        (SEQUENCES, np.ones((4, 2, 5)), Shape(3, 2), Targets("values", 5, 2)),
        (np.arange(8, dtype=np.int8).reshape(4, 2), np.ones(4), Shape(2), Targets("values", 1)),
        (VECTORS.astype(">f8"), np.ones(4, ">f4"), Shape(3), Targets("values", 1)),
        (np.asfortranarray(VECTORS), np.array([0, 2, 1, 0], ">i2"), Shape(3), Targets("classes", 3)),
    ],
)
def test_that_dtype_and_shape_of_y_say_what_is_to_be_answered(
    tmp_path: Path, x: np.ndarray, y: np.ndarray, inputs: Shape, targets: Targets
) -> None:
    task = arrays(tmp_path, x=x, y=y)
    found = table(task)
    assert (task.inputs(), task.targets()) == (inputs, targets)
    assert found.x.dtype == np.float32
    assert found.y.dtype == (np.int64 if targets.kind == "classes" else np.float32)
    np.testing.assert_array_equal(found.x, x.astype(np.float32))
    along = () if targets.timesteps is None else (targets.timesteps,)
    width = () if targets.kind == "classes" else (targets.size,)
    np.testing.assert_array_equal(found.y, y.reshape(4, *along, *width))
    assert found.x_test is None


def test_that_test_arrays_are_kept_for_the_metric(tmp_path: Path) -> None:
    found = table(arrays(tmp_path, x=VECTORS, y=[0, 1, 2, 1], x_test=VECTORS[:2], y_test=[1, 1], other=[1]))
    assert found.x_test is not None
    assert found.y_test is not None
    np.testing.assert_array_equal(found.x_test, VECTORS[:2].astype(np.float32))
    assert found.y_test.tolist() == [1, 1]


def test_that_a_compressed_file_is_read(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / NAME, x=VECTORS, y=[0, 1, 2, 1])
    assert table(Arrays.model_validate({"path": tmp_path / NAME})).y.tolist() == [0, 1, 2, 1]


def test_that_a_head_that_python_2_wrote_is_read(tmp_path: Path) -> None:
    assert arrays(tmp_path, zipped(x=head("(1L, 2L)") + bytes(8))).inputs() == Shape(2)


def test_that_the_shipped_arrays_are_what_their_program_makes(tmp_path: Path) -> None:
    told = re.search(r"```python\n(.*?)```", (RESOURCES / "data" / "pulse.md").read_text("utf-8"), re.DOTALL)
    assert told is not None
    subprocess.run([sys.executable, "-c", told[1]], cwd=tmp_path, check=True)
    made = table(Arrays.model_validate({"path": tmp_path / "pulse.npz"}))
    shipped = table(Arrays.model_validate({"path": RESOURCES / "data" / "pulse.npz"}))
    for one, other in zip(made, shipped, strict=True):
        np.testing.assert_array_equal(one, other)


# what is said


LABELS = np.array([0, 1, 2, 1])
HUGE = np.array([[1.0, 2.0], [3.0, -1e31], [5.0, np.nan], [7.0, 8.0]])
MISFITS: dict[str, tuple[dict[str, Any], str]] = {
    "no y": ({"x": VECTORS}, 'has no y, but "x". Write it with numpy.savez(file, x=…, y=…).'),
    "neither": ({"a": VECTORS, "b\n": LABELS}, 'has no x and no y, but "a", "b\\n".'),
    "nothing": ({}, "has no x and no y, but nothing."),
    "complex": ({"x": VECTORS.astype(complex), "y": LABELS}, 'holds "complex128" as x'),
    "text": ({"x": VECTORS, "y": np.array(["a", "b", "c", "d"])}, 'holds "<U1" as y'),
    "dates": ({"x": VECTORS, "y": np.zeros(4, "M8[s]")}, 'holds "datetime64[s]" as y'),
    "records": ({"x": np.zeros(4, [("a", float)]), "y": LABELS}, "as x, which is neither whole nor floating"),
    "one axis": ({"x": VECTORS[:, 0], "y": LABELS}, "x must be samples × features or samples × timesteps"),
    "four axes": ({"x": VECTORS[..., None, None], "y": LABELS}, "features, is 4 × 3 × 1 × 1."),
    "a number": ({"x": 1.0, "y": LABELS}, "is a single number."),
    "no samples": ({"x": VECTORS[:0], "y": LABELS[:0]}, "is 0 × 3."),
    "no features": ({"x": VECTORS[:, :0], "y": LABELS}, "is 4 × 0."),
    "lengths": ({"x": VECTORS, "y": LABELS[:3]}, "y must have as many samples as x, 4, is 3."),
    "y a number": ({"x": VECTORS, "y": 3}, "y must have as many samples as x, 4, is a single number."),
    "nan": (
        {"x": np.where(VECTORS > 0.5, np.nan, VECTORS), "y": LABELS},
        ": x[3, 0] is nan; all numbers must be",
    ),
    "infinite": (
        {"x": VECTORS, "y": np.array([1, 2, np.inf, 3])},
        ": y[2, 0] is inf; all numbers must be finite",
    ),
    "huge": ({"x": HUGE, "y": LABELS}, ": x[1, 1] is -1e+31; all numbers must be finite and within ±1e30."),
    "double": ({"x": np.full((4, 1), 1e300), "y": LABELS}, ": x[0, 0] is 1e+300;"),
    "negative": ({"x": VECTORS, "y": LABELS - 1}, ": y[0] is -1; class labels go from 0 to 4095."),
    "many classes": ({"x": VECTORS, "y": LABELS * 4096}, ": y[1] is 4096; class labels go from 0 to 4095."),
    "unsigned": ({"x": VECTORS, "y": np.full(4, 2**64 - 1, np.uint64)}, ": y[0] is 18446744073709551615;"),
    "labels in a row": (
        {"x": VECTORS, "y": LABELS[:, None]},
        "y is 4 × 1; whole numbers are class labels, one for",
    ),
    "labels in time": (
        {"x": SEQUENCES, "y": np.zeros((4, 3), int)},
        "y is 4 × 3; whole numbers are class labels",
    ),
    "values in time": (
        {"x": SEQUENCES, "y": np.zeros((4, 3, 1))},
        "y is 4 × 3 × 1; values are samples × values, or",
    ),
    "timesteps of vectors": ({"x": VECTORS, "y": np.zeros((4, 3, 1))}, "y is 4 × 3 × 1; values are"),
    "no values": ({"x": VECTORS, "y": np.zeros((4, 0))}, "y is 4 × 0; values are"),
    "half a test": ({"x": VECTORS, "y": LABELS, "x_test": VECTORS}, "has only one of x_test and y_test."),
    "other test": (
        {"x": VECTORS, "y": LABELS, "x_test": VECTORS[:, :2], "y_test": LABELS},
        "x_test is 4 × 2, x is 4 × 3: only the first numbers may differ.",
    ),
    "a test's class": (
        {"x": VECTORS, "y": LABELS, "x_test": VECTORS, "y_test": LABELS + 1},
        "y_test is classes from 0 to 3, y is classes from 0 to 2. Make them alike.",
    ),
    "a test's kind": (
        {"x": VECTORS, "y": LABELS, "x_test": VECTORS, "y_test": LABELS * 1.0},
        "y_test is 1 values, y is classes from 0 to 2. Make them alike.",
    ),
    "a test's length": (
        {"x": VECTORS, "y": LABELS, "x_test": VECTORS, "y_test": LABELS[:1]},
        "y_test must have as many samples as x_test, 4, is 1.",
    ),
}


@pytest.mark.parametrize(("named", "words"), MISFITS.values(), ids=MISFITS)
def test_that_arrays_that_do_not_fit_are_refused_in_words(
    tmp_path: Path, named: dict[str, Any], words: str
) -> None:
    assert words in refusal(arrays(tmp_path, **named))


# hostile files


class Bomb:
    """Unpickling it would make a folder."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.mkdir, ("unpickled",)


def head(shape: str, descr: str = "'<f4'", version: tuple[int, int] = (1, 0)) -> bytes:
    """The beginning of an .npy file, whatever it claims."""
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}".encode().ljust(117) + b"\n"
    return b"\x93NUMPY" + bytes(version) + struct.pack("<H" if version == (1, 0) else "<I", len(text)) + text


def zipped(packed: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packed) as archive:
        for name, member in ({"y": head("(1,)", "'<i8'") + bytes(8)} | members).items():
            archive.writestr(f"{name}.npy", member)
    return content.getvalue()


def saved(**named: Any) -> bytes:
    content = io.BytesIO()
    np.savez(content, **named)
    return content.getvalue()


GOOD = saved(x=VECTORS, y=LABELS)
LYING = zipped(x=head("(3, 1000)") + bytes(12_000)).replace(
    struct.pack("<I", 12_128), struct.pack("<I", 2**31)
)
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is no whole .npz file"),
    "text": (b"a,b\n1,2\n", "is no whole .npz file (File is not a zip file)"),
    "an .npy": (head("(1,)") + bytes(4), "is no whole .npz file"),
    "a pickle": (pickle.dumps(Bomb()), "is no whole .npz file"),
    "a pickle as a member": (zipped(x=pickle.dumps(Bomb())), "is no whole .npz file"),
    "an object array": (saved(x=np.array([Bomb()], object), y=LABELS), 'holds "object" as x'),
    "objects in records": (
        zipped(x=head("(1,)", "[('a', '|O')]") + bytes(8)),
        "as x, which is neither whole nor",
    ),
    "objects in a test array": (
        saved(x=VECTORS, y=LABELS, x_test=np.array([Bomb()], object)),
        '"object" as x_test',
    ),
    "half a file": (GOOD[: len(GOOD) // 2], "is no whole .npz file"),
    "no end": (GOOD[:-10], "is no whole .npz file"),
    "a changed byte": (
        GOOD.replace(VECTORS.tobytes()[8:16], b"12345678"),
        "is no whole .npz file (Bad CRC-32",
    ),
    "a lie about its size": (LYING, "unpacks to 2,147 MB"),
    "more than there is": (
        zipped(x=head("(1000000, 1000000)") + bytes(100)),
        "does not have the size that its head",
    ),
    "a product past 64 bits": (zipped(x=head(f"({2**62}, 4)") + bytes(4)), "does not have the size"),
    "less than there is": (zipped(x=head("(1, 1)") + bytes(100)), "does not have the size"),
    "a negative shape": (zipped(x=head("(-1, -1)") + bytes(4)), "does not have the size"),
    "a shape of text": (zipped(x=head("('a', 1)") + bytes(4)), "is no whole .npz file"),
    "no tuple": (zipped(x=head("4") + bytes(16)), "is no whole .npz file"),
    "a call in the head": (zipped(x=head("__import__('os').mkdir('unpickled')")), "is no whole .npz file"),
    "an unknown dtype": (zipped(x=head("(1, 1)", "'<q17'") + bytes(4)), "is no whole .npz file"),
    "open brackets": (zipped(x=head("(" * 90)), "is no whole .npz file"),
    "many brackets": (zipped(x=head("(" * 5000 + ")" * 5000, version=(2, 0))), "is no whole .npz file"),
    "a head of 4 GB": (zipped(x=b"\x93NUMPY\x02\x00\xff\xff\xff\xff{}"), "is no whole .npz file"),
    "a future version": (zipped(x=head("(1, 1)", version=(9, 9)) + bytes(4)), "is no whole .npz file"),
    "an empty member": (zipped(x=b""), "is no whole .npz file"),
    "another packing": (
        zipped(zipfile.ZIP_BZIP2, x=head("(1, 1)") + bytes(4)),
        "is packed or encrypted in a way",
    ),
    "a password": (
        zipped(x=head("(1, 1)") + bytes(4)).replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
        ),
        "is packed or encrypted in a way",
    ),
    "a path as a name": (zipped(**{"../../x": head("(1, 1)")}), 'has no x, but "y", "../../x".'),
}


@pytest.mark.parametrize(("content", "words"), HOSTILE.values(), ids=HOSTILE)
def test_that_a_hostile_file_is_refused_and_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in refusal(arrays(tmp_path, content))
    assert os.listdir(tmp_path) == [NAME]


def test_that_a_bomb_is_refused_before_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(x=head("(5, 1000000)") + bytes(20_000_000))
    assert len(bomb) < 30_000
    monkeypatch.setattr("vgviewer.tasks.arrays.LARGEST_CONTENT", 19_000_000)
    assert "unpacks to 20 MB; at most 19 MB are read" in refusal(arrays(tmp_path, bomb))
    many = zipped(x=head("(5, 1000000)", "'|i1'") + bytes(5_000_000))
    monkeypatch.setattr("vgviewer.tasks.arrays.MOST_NUMBERS", 4_999_999)
    assert "holds 5,000,000 numbers as x; at most 4,999,999 are read" in refusal(arrays(tmp_path, many))


def test_that_every_cut_and_every_changed_byte_is_refused_or_read(tmp_path: Path) -> None:
    """None of them may end in anything but a sentence or arrays."""
    dice = np.random.default_rng(3)
    outcomes = set()
    for number in range(400):
        content = bytearray(GOOD)
        if number < 100:
            del content[len(GOOD) * number // 100 :]
        else:
            content[dice.integers(len(content))] ^= int(dice.integers(1, 256))
        task = arrays(
            tmp_path / f"{number}" if not (tmp_path / f"{number}").mkdir() else tmp_path, bytes(content)
        )
        outcomes.add(task.problem() is None)
        assert json.dumps([task.inputs(), task.targets()])
    assert outcomes == {True, False}
