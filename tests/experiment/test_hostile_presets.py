"""Files made to break a reader: each is refused in a sentence or loads as plain text, and leaves no trace."""

import gzip
import io
import json
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.experiment.broken_presets import GOOD, changed
from vgviewer.experiment import PresetError, dumps, find, load, loads

NAME = "hostile.vgnet.json"
WHOLE = json.dumps(GOOD).encode()


class Bomb:
    """Unpickling it would make a file."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.mkdir, ("unpickled",)


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, content)
    return packed.getvalue()


CONTENTS = {
    "a pickle": pickle.dumps(Bomb()),
    "a pickle of protocol 0": pickle.dumps(Bomb(), 0),
    "a gzip bomb": gzip.compress(b"[" * 30_000_000),
    "a zip bomb": zipped(b" " * 30_000_000),
    "an .npz": zipped(b"\x93NUMPY"),
    "100,000 arrays in each other": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects in each other": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "33 arrays in each other": changed("notes", "@").replace(b'"@"', b"[" * 33 + b"]" * 33),
    "100,000 open brackets in a text": changed("name", "[" * 100_000),
    "a number of 5,000 digits": changed("training.seed", "@").replace(b'"@"', b"1" * 5000),
    "a number of 5,000 digits for a value": changed("training.loss_scale", "@").replace(b'"@"', b"1" * 5000),
    "1e400": changed("training.optimizer.lr", "@").replace(b'"@"', b"1e400"),
    "-1e400": changed("training.optimizer.lr", "@").replace(b'"@"', b"-1e400"),
    "a hexadecimal number": changed("training.seed", "@").replace(b'"@"', b"0x10"),
    "100,000 keys": json.dumps(GOOD | {f"k{n}": 0 for n in range(60_000)}).encode(),
    "a name of 10 MB": changed("name", "x" * 10_000_000),
    "60,000 unknown alerts": json.dumps(GOOD | {"alerts": {f"k{n}": 0 for n in range(60_000)}}).encode(),
    "20,000 layers": json.dumps(
        {"layers": [{"id": f"a{n}", "type": "last_step"} for n in range(20_000)]}
    ).encode(),
    "10,000 layers": changed("network.layers", [GOOD["network"]["layers"][7]] * 10_000),
    "a lone surrogate": changed("name", "\ud800"),
    "a lone surrogate in a key": changed("\udfff", 1),
    "a NUL byte in the file": WHOLE.replace(b'"Good"', b'"Go\x00od"'),
    "NUL bytes only": b"\x00" * 1000,
    "one byte above a megabyte": WHOLE + b" " * (1_000_001 - len(WHOLE)),
    "a prototype": changed("__proto__", {"a": 1}),
    "a class": changed("__class__", "os.system"),
    "a model's own name": changed("model_config", {"extra": "allow"}),
    "a right-to-left key": changed("\u202eeman", 1),
    "a key of line breaks": json.dumps(GOOD | {"a\nb\r\n\x1b[31m": 1}).encode(),
    "a layer from the file system": changed("network.layers[0].type", "../../etc/passwd"),
    "a thousand times twice": b'{"format": "vgviewer.preset", ' + b'"version": 1, ' * 1000 + WHOLE[1:],
}
TEXTS = {
    "markup": "<img src=x onerror=alert(1)><b>bold</b>",
    "a path": "../../etc/passwd",
    "a format string": "{0.__class__} %s %n ${HOME}",
    "a line break": "one\ntwo\r\nthree",
    "a NUL": "a\x00b",
    "right to left": "abc\u202edcba",
    "terminal colors": "\x1b[31mred\x1b[0m",
    "emoji": "🧠" * 50,
    "combining marks": "e" + "\u0301" * 150,
}


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("what", CONTENTS)
def test_that_hostile_content_is_refused_in_a_short_plain_sentence(what: str, tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(CONTENTS[what])
    with pytest.raises(PresetError) as caught:
        load(file)
    problems = caught.value.problems
    assert problems
    for problem in problems[:20]:
        assert str(problem).isprintable()
        assert "\u202e" not in str(problem)
        assert len(str(problem)) < 300
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize(("depth", "is_deep"), [(32, False), (33, True), (100_000, True)])
def test_that_nesting_is_counted_before_it_is_read(depth: int, is_deep: bool) -> None:
    with pytest.raises(PresetError) as caught:
        loads(b"[" * depth + b"]" * depth, "deep")
    assert ("is nested more than 32 levels deep" in str(caught.value)) == is_deep


def test_that_a_preset_cut_anywhere_is_refused() -> None:
    for length in [*range(0, len(WHOLE), 64), len(WHOLE) - 1]:
        with pytest.raises(PresetError) as caught:
            loads(WHOLE[:length], "cut")
        assert [problem.path for problem in caught.value.problems] == ["file"]


@pytest.mark.parametrize("field", ["name", "summary", "notes"])
@pytest.mark.parametrize("what", TEXTS)
def test_that_a_text_stays_a_text(what: str, field: str) -> None:
    experiment = loads(changed(field, TEXTS[what]), "text")
    assert getattr(experiment, field) == TEXTS[what]
    assert loads(dumps(experiment), "again") == experiment


@pytest.mark.parametrize("what", TEXTS)
def test_that_a_text_in_a_message_is_escaped_and_short(what: str) -> None:
    with pytest.raises(PresetError) as caught:
        loads(changed("training.loss", TEXTS[what]), "text")
    (problem,) = caught.value.problems
    assert problem.path == "training.loss"
    assert problem.message.isprintable()
    assert len(problem.message) < 200


def test_that_minus_zero_is_a_zero() -> None:
    content = changed("training.optimizer.lr", "@").replace(b'"@"', b"-0.0")
    experiment = loads(content, "zero")
    assert experiment.training.optimizer.lr == 0
    assert dumps(loads(dumps(experiment), "again")) == dumps(experiment)


def test_that_a_megabyte_of_white_space_is_still_a_preset(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(WHOLE + b" " * (1_000_000 - len(WHOLE)))
    assert load(file) == loads(WHOLE, "good")


def make_sparse(file: Path) -> None:
    with file.open("wb") as content:
        content.truncate(2**30)


def make_loop(file: Path) -> None:
    file.symlink_to(file.name)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda file: file.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "is not a regular file"),
        (Path.mkdir, "is not a regular file"),
        (make_sparse, "has 1,073,741,824 bytes; a preset has at most 1,000,000"),
        (make_loop, "cannot be read: Too many levels of symbolic links"),
        (link_to("/dev/zero"), "is not a regular file"),
        (link_to("/nowhere/at/all"), "does not exist"),
        (link_to("/proc/self/mem"), "cannot be read: "),
        (lambda file: None, "does not exist"),
    ],
)
def test_that_what_is_no_file_is_not_read(make: Callable[[Path], Any], reason: str, tmp_path: Path) -> None:
    make(tmp_path / NAME)
    with pytest.raises(PresetError) as caught:
        load(tmp_path / NAME)
    assert str(caught.value).startswith(f"{tmp_path / NAME}: file: {reason}")


@pytest.mark.parametrize("name", ["x" * 5000, "a\x00b", "", ".", "nobody", "../nobody", "\ud800", "~", "%s"])
def test_that_an_impossible_file_name_is_refused(name: str) -> None:
    with pytest.raises(PresetError) as caught:
        load(find(name))
    assert [problem.path for problem in caught.value.problems] == ["file"]


def test_that_an_unknown_preset_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(PresetError, match=r"neither a file nor a preset; the shipped presets are .*, "):
        find("rnn-forgetz")


def test_that_a_file_in_the_way_of_a_shipped_name_comes_first(tmp_path: Path) -> None:
    (tmp_path / "digits").write_bytes(WHOLE)
    assert find("digits") == Path("digits")
