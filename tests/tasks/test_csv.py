"""A person's own table: what it means, and what is said where something in it is wrong."""

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vgviewer.shapes import Shape
from vgviewer.tasks import Csv, Table, Targets, batches
from vgviewer.tasks import test_set as held_out  # by this name pytest would take it for a test

NAME = "mine.csv"


def csv(folder: Path, content: str | bytes, **fields: Any) -> Csv:
    path = folder / NAME
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Csv.model_validate({"path": path, **fields})


def table(task: Csv) -> Table:
    assert task.problem() is None
    return task.table()


def columns(count: int = 30) -> np.ndarray:
    """Three columns of very different sizes, float64 (count, 3)."""
    return np.random.default_rng(5).normal([0, 5000, -1], [0.001, 300, 1], (count, 3))


def written(numbers: np.ndarray, separator: str = ",", names: tuple[str, ...] = ("a", "b", "c")) -> str:
    lines = [separator.join(names), *(separator.join(map(repr, row)) for row in numbers.tolist())]
    return "\n".join(lines) + "\n"


def standardized(numbers: np.ndarray) -> np.ndarray:
    return np.stack(
        [(c - sum(c) / len(c)) / np.sqrt(sum((c - sum(c) / len(c)) ** 2) / len(c)) for c in numbers.T], 1
    )


# what a table means


def test_that_a_row_is_a_sample_and_every_column_is_scaled(tmp_path: Path) -> None:
    task = csv(tmp_path, written(columns()), target="b")
    x, y, *rest = table(task)
    scaled = standardized(columns())
    assert (task.inputs(), task.targets(), rest) == (Shape(2), Targets("values", 1), [None, None])
    assert x.dtype == y.dtype == np.float32
    np.testing.assert_allclose(x, scaled[:, [0, 2]], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(y, scaled[:, [1]], rtol=1e-6, atol=1e-6)


def test_that_a_window_is_followed_by_its_target(tmp_path: Path) -> None:
    task = csv(tmp_path, written(columns()), target="a", window=4)
    x, y, *_ = table(task)
    scaled = standardized(columns())
    assert (task.inputs(), task.targets()) == (Shape(3, 4), Targets("values", 1))
    assert len(x) == len(y) == 26
    for row in range(26):
        np.testing.assert_allclose(x[row], scaled[row : row + 4], rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(y[row], scaled[row + 4, :1], rtol=1e-6, atol=1e-6)


def test_that_the_last_column_is_the_target_where_none_is_named(tmp_path: Path) -> None:
    np.testing.assert_array_equal(
        table(csv(tmp_path, written(columns()))).y, table(csv(tmp_path, written(columns()), target="c")).y
    )


def test_that_words_are_classes_in_their_order(tmp_path: Path) -> None:
    task = csv(tmp_path, "kind,a\nred,1\nblue,2\n green ,3\nred,4\n", target="kind")
    x, y, *_ = table(task)
    assert task.targets() == Targets("classes", 3)
    assert y.dtype == np.int64
    assert y.tolist() == [2, 0, 1, 2]
    assert x.shape == (4, 1)


def test_that_words_are_no_feature_of_a_window(tmp_path: Path) -> None:
    task = csv(tmp_path, "kind,a\nred,1\nblue,2\nred,3\nred,4\n", target="kind", window=2)
    x, y, *_ = table(task)
    assert x.shape == (2, 2, 1)
    assert y.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("cells", "targets"),
    [
        ("0 1 2 1", Targets("classes", 3)),
        ("1 0 1.0 0", Targets("classes", 2)),
        ("1 2 3 1", Targets("values", 1)),
        ("0 2 3 1.5", Targets("values", 1)),
        ("0 1 3 0", Targets("values", 1)),
        ("-1 0 1 0", Targets("values", 1)),
    ],
)
def test_that_whole_numbers_from_0_without_a_gap_are_classes(
    tmp_path: Path, cells: str, targets: Targets
) -> None:
    task = csv(tmp_path, "a,y\n" + "".join(f"{n * n},{cell}\n" for n, cell in enumerate(cells.split())))
    assert task.targets() == targets
    if targets.kind == "classes":
        assert table(task).y.tolist() == [int(float(cell)) for cell in cells.split()]


def test_that_a_constant_column_is_0(tmp_path: Path) -> None:
    x = table(csv(tmp_path, "a,b,y\n" + "".join(f"0.1,{n},{n * n}\n" for n in range(7)))).x
    assert not x[:, 0].any()
    assert x[:, 1].any()


@pytest.mark.parametrize(
    "content",
    [
        "a,b\n1.5,2\n-3,4e1\n",
        "a;b\n1.5;2\n-3;4e1\n",
        "a;b\n1,5;2\n-3;4e1\n",
        "a\tb\n1.5\t2\n-3\t4e1\n",
        "\ufeffa,b\n1.5,2\n-3,4e1\n",
        "a,b\r\n1.5,2\r\n-3,4e1\r\n",
        '"a","b"\n"1.5","2"\n"-3","4e1"\n',
        "\n\na,b\n\n1.5,2\n   \n-3,4e1\n\n",
        " a , b \n 1.5 , 2 \n -3 , 4E+1 ",
    ],
)
def test_that_a_table_may_be_written_in_several_ways(tmp_path: Path, content: str) -> None:
    x, y, *_ = table(csv(tmp_path, content, target="b"))
    assert x.tolist() == [[1], [-1]]
    assert y.tolist() == [[-1], [1]]


def test_that_labels_keep_their_commas_and_points_beside_decimal_commas(tmp_path: Path) -> None:
    plain = table(csv(tmp_path, "a;y\n1,5;x.1, b\n2,5;x,1. b\n3;x.1, b\n")).y
    assert plain.tolist() == [1, 0, 1]


# what is said


FAULTS = {
    "a,b\n1,2\n\n3,x\n4,5\n": '"mine.csv", line 4, column "b": "x" is no number. Correct it or remove the line.',
    "a,b\n1,2\n,3\n": 'line 3, column "a" is empty',
    "a,b\n1,nan\n2,3\n": 'line 2, column "b": "nan" is no number',
    "a,b\n1,NaN\n2,3\n": 'line 2, column "b": "NaN" is no number',
    "a,b\n1,2\n-Infinity,3\n": 'line 3, column "a": "-Infinity" is no number',
    "a,b\n1,1e400\n2,3\n": 'line 2, column "b": "1e400" is beyond ±1e30',
    "a,b\n1,2\n3,1_000\n": 'line 3, column "b": "1_000" is no number',
    "a,b\n1,2\n3,0x10\n": '"0x10" is no number',
    "a,b\n1,2\n3,٣\n": '"٣" is no number',
    "a,b\n1,2\n3,\u202e4\n": '"\\u202e4" is no number',
    "a,b\n1,2\n3,\x004\n": '"\\u00004" is no number',
    f"a,b\n1,2\n3,{'9' * 40}x{'y' * 400}\n": "9999xyyyyyyyyyyyyyyyyy… is no number",
    "a,b\n1,2\n3\n": '"mine.csv", line 3 has 1 cell, the header has 2. Correct it',
    "a,b\n1,2\n3,4,5\n": "line 3 has 3 cells, the header has 2",
    "a,\n1,2\n3,x\n": 'line 3, column 2: "x" is no number',
    "date,b\n2020-01-01,2\n3,3\n": 'line 2, column "date": "2020-01-01" is no number',
    "a,y\n1,red\n2, \n": 'line 3, column "y" is empty',
    'a,y\n1,red\n2,"blue\n3,green\n': 'line 3, column "y" holds a line break; is a quotation mark left open?',
    f'a,y\n1,2\n2,"{"blue" * 50_000}\n': "line 3: field larger than field limit (131072); is a quotation",
    "a\tb\n1,5\t2\n2\t3\n": 'column "a": "1,5" is no number (a decimal comma is read only where semicolons separate',
    "a;b\n1,5;2\n2.5;5,25\n1,1;1,1\n": 'line 3, column "a": "2.5" has a point where others have a comma',
    "a;b\n1.5;2\n2.5;5,25\n1.1;1.1\n": 'line 3, column "b": "5,25" has a comma where others have a point',
    "a;b\n1.234,5;2\n2;3\n": '"1.234,5" is no number',
    "": '"mine.csv" is empty. Choose another file.',
    "\ufeff": "is empty",
    "\n \n\n": "is empty",
    "a,b\n": '"mine.csv" has no rows below its header. Add some.',
    "a,b\n\n  \n": "has no rows below its header",
    "a,b\n1,2\n": '"mine.csv" has only one row below its header. Add others.',
    "1,2\n3,4\n": '"mine.csv", line 1, holds numbers. Write the columns\' names above them.',
    'a,"b\n1,2\n': '"mine.csv", line 1, is no header',
    "a," * 5000 + "\n1\n": "names more than 4,096 columns",
    "a" * 2_000_000: "is no header",
    "a\n1\n2\n": '"mine.csv" has only one column. Add others, from which to predict it.',
    "a,b\n1,7\n2,7\n": '"mine.csv", column "b", is the same in every row',
    "a,b\n1,x\n2,x\n": 'column "b", is the same in every row',
    "a,b\n"
    + "".join(f"{n},w{n}\n" for n in range(4097)): "has 4,097 different words; at most 4,096 can be classes",
}


@pytest.mark.parametrize(("content", "words"), FAULTS.items(), ids=[repr(content[:30]) for content in FAULTS])
def test_that_what_is_wrong_is_said_with_its_line(tmp_path: Path, content: str, words: str) -> None:
    task = csv(tmp_path, content)
    problem = task.problem()
    assert problem is not None
    assert words in problem[1]
    assert problem[1].isprintable()
    assert len(problem[1]) < 700
    assert (task.inputs(), task.targets(), task.baseline("mse")) == (Shape(1), Targets("values", 1), None)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a,b\n1,2\né,3\n".encode("latin-1"), 3),
        ("é,b\n1,2\n".encode("latin-1"), 1),
        ("a,b\n1,2\n2,3\n".encode("utf-16"), 1),
        (b"a,b\n" + b"1,2\n" * 100_000 + b"\xff,1\n", 100_002),
    ],
)
def test_that_another_encoding_is_said_with_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    assert csv(tmp_path, content).problem() == (
        "path",
        f'"mine.csv", line {line}, is not UTF-8 text. Save the file as UTF-8.',
    )


def test_that_five_mistakes_are_told_and_the_others_counted(tmp_path: Path) -> None:
    problem = csv(tmp_path, "a,b\n0,1\n" + "x,1\n" * 1234).problem()
    assert problem is not None
    assert '"mine.csv" has 1,234 mistakes: line 3, column "a"' in problem[1]
    assert '; line 7, column "a": "x" is no number; and 1,229 more. Correct them' in problem[1]
    assert "line 8" not in problem[1]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (
            {"target": "d"},
            "target",
            '"mine.csv" has no column "d", but "a", "b", "b", "c1", "c2" and 2 more.',
        ),
        ({"target": "b"}, "target", '"mine.csv" has 2 columns "b". Rename one.'),
        ({"window": 3}, "window", 'must be smaller than the number of rows in "mine.csv", 3, is 3'),
    ],
)
def test_that_a_setting_that_does_not_fit_the_file_is_said_at_it(
    tmp_path: Path, fields: dict[str, Any], field: str, words: str
) -> None:
    rows = "a,b,b,c1,c2,c3,c4\n1,2,3,4,5,6,7\n2,3,4,5,6,7,8\n3,4,5,6,7,8,9\n"
    problem = csv(tmp_path, rows, **fields).problem()
    assert problem is not None
    assert problem[0] == field
    assert words in problem[1]


def test_that_too_many_numbers_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vgviewer.tasks.cells.MOST_NUMBERS", 59)
    problem = csv(tmp_path, written(columns(20))).problem()
    assert problem == ("path", '"mine.csv" has more than 19 rows of 3 columns. Take a part of it.')


# a large one


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A million rows of four columns, 24 MB, from a thousand rows that repeat."""
    path = tmp_path_factory.mktemp("large") / NAME
    block = "".join(f"{n / 7:.4f},{n % 13},{n}e-3,{n % 2}\n" for n in range(1000))
    path.write_text("a,b,c,y\n" + block * 1000)
    return path


def test_that_a_million_rows_are_read_in_bounded_memory(million: Path) -> None:
    tracemalloc.start()
    task = Csv.model_validate({"path": million, "window": 100})
    assert task.problem() is None
    assert task.inputs() == Shape(4, 100)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6  # its windows written out would be 1.6 GB
    assert len(table(task).x) == 999_900
    x, y = next(batches(task, 8, seed=0))
    assert x.shape == (8, 100, 4)
    assert set(np.unique(y)) <= {0, 1}
    assert held_out(task)[0].shape == (4082, 100, 4)


def test_that_one_mistake_among_a_million_rows_is_found(million: Path, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(million.read_text() + "1,2,3,O\n")
    assert Csv.model_validate({"path": path}).problem() == (
        "path",
        '"mine.csv", line 1000002, column "y": "O" is no number. Correct it or remove the line.',
    )


# what can be reached


def test_that_the_baseline_is_the_best_constant_answer(tmp_path: Path) -> None:
    values = csv(tmp_path, written(columns()))
    y = table(values).y[:, 0].astype(np.float64)
    answers = np.linspace(-3, 3, 60_001)
    for loss, found in (
        ("mse", min(((y - a) ** 2).mean() for a in answers)),
        ("mae", min(abs(y - a).mean() for a in answers)),
    ):
        baseline = values.baseline(loss)
        assert baseline is not None
        assert baseline.loss == pytest.approx(found, rel=1e-6)
    assert values.baseline("cross_entropy") is None
    words = csv(tmp_path, "a,y\n1,red\n2,blue\n3,red\n4,red\n")
    baseline = words.baseline("cross_entropy")
    assert baseline is not None
    assert baseline.loss == pytest.approx(-(0.75 * np.log(0.75) + 0.25 * np.log(0.25)))


def test_that_a_column_of_words_is_one_mistake(tmp_path: Path) -> None:
    task = csv(tmp_path, "a,b,y\n1,2,x\n3,4,z\n5,6,x\n", target="b")
    problem = task.problem()
    assert problem is not None
    field, sentence = problem
    assert field == "target"
    assert 'column "y" holds words, and an input must be a number' in sentence
    assert sentence.endswith("Make it the target, or remove the column.")


def test_that_one_word_alone_is_told_with_its_line(tmp_path: Path) -> None:
    problem = csv(tmp_path, "a,b,y\n1,2,x\n3,4,5\n5,6,7\n", target="b").problem()
    assert problem is not None
    assert "line 2" in problem[1]
