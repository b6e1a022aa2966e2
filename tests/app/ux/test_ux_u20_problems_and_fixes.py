"""U20: what does not fit is said at its block while one edits, in words with the numbers, and a click mends it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.document import Document
from vgviewer.app.editor.edits import ids_of
from vgviewer.app.window import Window
from vgviewer.experiment import find, load
from vgviewer.network.initializers import Values

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def written_out(document: Document) -> None:
    """Weights for two inputs of three units, at a layer that has others."""
    document.change("rnn1", {"recurrent_init": Values(values=[[0.5, 0.0], [0.0, 0.5]])})


# how it comes about; at which block, which words it must hold, the link, the layers afterwards
CASES: dict[str, tuple[Callable[[Document], object], str, tuple[str, ...], str, list[str] | None]] = {
    "a sequence at the end": (
        lambda d: d.remove(["last1"]),
        "output",
        ("wants one answer", "100 timesteps with 64 features"),
        "Add a last timestep",
        ["rnn1", "laststep1"],
    ),
    "an RNN behind the end of the sequence": (
        lambda d: d.insert_layer("rnn", 2),
        "rnn2",
        ("needs a sequence", "a vector of 64"),
        "Move before last1",
        ["rnn1", "rnn2", "last1"],
    ),
    "two ends of the sequence": (
        lambda d: d.insert_layer("flatten", 2),
        "flatten1",
        ("needs a sequence", "a vector of 64"),
        "Remove flatten1",
        ["rnn1", "last1"],
    ),
    "a skip from nowhere": (
        lambda d: (
            d.insert_layer("dense", 2),
            d.add_skip("last1", "dense1"),
            d.change("skip1", {"from": "gone"}),
        ),
        "skip1",
        ("no earlier layer gone",),
        "Take last1 instead",
        None,
    ),
    "a skip from a sequence to a vector": (
        lambda d: d.add_skip("rnn1", "last1"),
        "skip1",
        ("100 timesteps with 64 features", "a vector of 64"),
        "Take last1 instead",
        None,
    ),
    "an embedding without symbols": (
        lambda d: d.insert_layer("embedding", 0),
        "embedding1",
        ("a task with symbols", "100 timesteps with 2 features"),
        "Make it dense, 16 units",
        ["embedding1", "rnn1", "last1"],
    ),
    "weights of another shape": (
        written_out,
        "rnn1",
        ("recurrent_init", "64 × 64", "2 × 2"),
        "Draw at random instead",
        ["rnn1", "last1"],
    ),
    "more memory than there is": (
        lambda d: d.change("rnn1", {"units": 4096}),
        "rnn1",
        ("training step would take", "GB"),
        "Take a batch of",
        ["rnn1", "last1"],
    ),
}


def shown(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.replace(load(find("rnn-forgets")), None)
    window.desk.build()
    window.show()
    return window


@pytest.mark.parametrize("name", CASES)
def test_that_a_problem_is_said_with_numbers_and_mended_by_a_click(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    window = shown(qtbot, tmp_path)
    provoke, place, words, link, ids = CASES[name]
    document, canvas = window.document, window.desk.network.canvas
    if name == "more memory than there is":
        document.change("training", {"batch_size": 2048})
    assert document.experiment.problems == ()
    provoke(document)
    note = canvas.diagram.notes[place]
    assert canvas.diagram.blocks[place].face.has_problem
    assert all(word in note.text for word in words), note.text
    assert note.fix.startswith(link)
    count = document.undo.count()
    canvas.ensureVisible(note.link)
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, canvas.mapFromScene(note.link.center()))
    assert document.experiment.problems == ()
    assert document.undo.count() == count + 1
    assert document.undo.undoText().startswith(link)
    assert ids is None or ids_of(document.experiment) == ids
    document.undo.undo()
    assert canvas.diagram.blocks[place].face.has_problem


def test_that_a_vector_where_every_timestep_is_asked_for_is_mended(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    window.document.replace(load(find("rnn-echo")), None)
    place = window.document.insert_layer("last_step", 1)
    canvas = window.desk.network.canvas
    assert "an answer at every timestep" in canvas.diagram.notes["output"].text
    assert canvas.diagram.notes["output"].fix == f"Remove {place}"
    window.commands["fix"].trigger()  # by keys
    assert window.document.experiment.problems == ()


def test_that_no_fix_is_offered_that_would_not_mend(qtbot: QtBot, tmp_path: Path) -> None:
    """Of two problems that hang together the first is mended, and then the other."""
    window = shown(qtbot, tmp_path)
    document, canvas = window.document, window.desk.network.canvas
    document.insert_layer("last_step", 0)
    for _ in range(4):
        if not document.experiment.problems:
            break
        before = len(document.experiment.problems)
        assert canvas.diagram.fixes
        window.commands["fix"].trigger()
        assert len(document.experiment.problems) < before
    assert document.experiment.problems == ()


def test_that_a_problem_goes_as_soon_as_its_cause_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    canvas = window.desk.network.canvas
    window.document.remove(["last1"])
    assert canvas.diagram.blocks["output"].face.has_problem
    window.document.insert_layer("mean_over_time", 1)
    assert not canvas.diagram.blocks["output"].face.has_problem
    assert canvas.diagram.notes["output"].text == ""
    assert not window.commands["fix"].isEnabled()
