"""A text as symbols: the shipped novel, and a file of the person's own that may be anything."""

import bz2
import os
from pathlib import Path

import numpy as np
import pytest

from vgviewer.experiment import Experiment
from vgviewer.resources import RESOURCES
from vgviewer.tasks import batches
from vgviewer.tasks.characters import Characters

LONG = "the quick brown fox jumps over the lazy dog\n" * 40


def own(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "own.txt"
    path.write_bytes(content)
    return path


def said(ids: np.ndarray, text: str) -> str:
    symbols = sorted(set(text))
    return "".join(symbols[symbol] for symbol in ids)


def test_that_the_target_is_the_next_character_at_every_timestep() -> None:
    x, y = next(batches(Characters(length=60), 100, seed=0))
    np.testing.assert_array_equal(x[:, 1:], y[:, :-1])


def test_that_the_shipped_text_is_moby_dick() -> None:
    table = Characters(length=60).table()
    assert Characters().inputs().features == 81
    assert len(table.x) == 1_191_295 * 9 // 10 - 60
    assert table.x_test is not None
    assert table.x_test.shape == (512, 60)
    assert table.y_test is not None
    text = bz2.decompress((RESOURCES / "data" / "moby-dick.txt.bz2").read_bytes()).decode()
    assert text.startswith("CHAPTER 1. Loomings.\n\nCall me Ishmael. Some years ago—never mind how long")
    assert said(table.x[0], text) == text[:60]
    assert said(table.y_test[-1], text) == text[-60:]
    assert text.endswith("only found another orphan.\n")


def test_that_symbols_are_in_the_order_of_their_code_points(tmp_path: Path) -> None:
    text = "zß→a\t😀" * 30
    table = Characters(text=own(tmp_path, text.encode()), length=6).table()
    assert said(table.x[0], text) == "zß→a\t😀"
    assert said(table.y[0], text) == "ß→a\t😀z"


def test_that_the_test_windows_come_after_all_that_is_trained_on(tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(1000))  # every character tells its place
    table = Characters(text=own(tmp_path, text.encode()), length=9).table()
    assert table.x_test is not None
    assert table.y_test is not None
    assert table.x.min() == 0
    assert table.y.max() == 899
    assert table.x_test.min() == 900
    assert table.y_test.max() == 999
    assert len(table.x) == 891


def test_that_line_ends_and_byte_order_marks_of_other_systems_do_not_matter(tmp_path: Path) -> None:
    path = own(tmp_path, LONG.encode())
    plain = Characters(text=path).table()
    path.write_bytes(b"\xef\xbb\xbf" + LONG.replace("\n", "\r\n").encode())
    other = Characters(text=path).table()
    np.testing.assert_array_equal(plain.x, other.x)


def test_that_a_changed_file_is_read_again(tmp_path: Path) -> None:
    task = Characters(text=own(tmp_path, LONG.encode()))
    before = task.inputs().features
    own(tmp_path, (LONG + "!?" * 20).encode())
    assert task.inputs().features == before + 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"caf\xe9 " * 200, '"own.txt" is not UTF-8 text: byte 4 is 0xe9. Save it as UTF-8.'),
        (b"", '"own.txt" must have between 2 and 4,096 different characters, has 0. Choose another text.'),
        (b"a" * 900, '"own.txt" must have between 2 and 4,096 different characters, has 1. Choose another text.'),
        (
            b"abc" * 100,
            '"own.txt" has 300 characters; a length of 50 takes 510. Take a longer text or a smaller length.',
        ),
        (
            "".join(map(chr, range(0x4E00, 0x4E00 + 4097))).encode(),
            '"own.txt" must have between 2 and 4,096 different characters, has 4,097. Choose another text.',
        ),
        (b"ab" * 5_500_000, '"own.txt" has 11 MB; at most 10 MB are read. Take a part of it.'),
    ],
)  # fmt: skip
def test_that_a_text_that_cannot_be_learned_is_a_problem_at_its_field(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    task = Characters(text=own(tmp_path, content))
    assert task.problem() == ("text", sentence)
    assert task.baseline("cross_entropy") is None
    assert task.goal() is None
    experiment = Experiment.model_validate({"network": {"layers": ()}, "task": task})
    assert [problem.path for problem in experiment.problems] == ["task.text"]


@pytest.mark.parametrize("name", ["missing.txt", "folder", "pipe"])
def test_that_what_is_no_file_is_a_problem_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    problem = Characters(text=tmp_path / name).problem()
    assert problem is not None
    field, sentence = problem
    assert field == "text"
    assert sentence.startswith(f'"{name}" ')


def test_that_a_name_is_a_shipped_text_only_if_there_is_one() -> None:
    assert Characters.model_validate_json('{"type": "characters", "text": "moby-dick"}') == Characters()
    unknown = Characters.model_validate_json('{"type": "characters", "text": "moby"}')
    assert unknown.text == Path("moby")
    assert unknown.problem() is not None
