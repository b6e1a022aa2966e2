"""U23: a teacher's notes stand at the blocks on the canvas, are written in their place, and are saved in the preset."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.editor.edits import note_at
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment, find, load
from vgviewer.runner import Run

LEFT, NONE, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
TEXT = "How far back can it remember?\nWrite down your guess."

Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    def shown() -> Window:
        window = make_window(qtbot, tmp_path)
        window.document.replace(load(find("rnn-forgets")), None)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        window.desk.network.canvas.setFocus()
        return window

    return shown


def write(window: Window, text: str) -> None:
    """By the command and the keys."""
    canvas = window.desk.network.canvas
    QTest.keyClick(canvas, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert canvas.note_editor.isVisible()
    first, _, rest = text.partition("\n")
    QTest.keyClicks(canvas.note_editor, first)
    if rest:
        QTest.keyClick(canvas.note_editor, Qt.Key.Key_Return, SHIFT)
        QTest.keyClicks(canvas.note_editor, rest)
    QTest.keyClick(canvas.note_editor, Qt.Key.Key_Return)
    assert not canvas.note_editor.isVisible()
    assert canvas.hasFocus()


def test_that_a_note_is_written_at_its_block_and_comes_back_from_the_file(show: Show, tmp_path: Path) -> None:
    window = show()
    window.document.select("rnn1")
    write(window, TEXT)
    assert window.document.undo.undoText() == "Add note at rnn1"
    file = tmp_path / "lesson.vgnet.json"
    window.document.save(file)
    assert note_at(load(file), "rnn1") == TEXT
    before = file.read_bytes()
    window.document.new()
    window.document.open(file)
    window.document.save(file)
    assert file.read_bytes() == before
    diagram = window.desk.network.canvas.diagram
    box, block = diagram.slips["rnn1"].box, diagram.blocks["rnn1"].box
    assert box.top() > diagram.notes["rnn1"].box.top()
    assert box.left() <= block.right()
    assert box.right() >= block.left()


def test_that_it_is_seen_on_the_canvas(show: Show) -> None:
    window = show()
    canvas = window.desk.network.canvas
    window.document.annotate("rnn1", TEXT)
    canvas.ensureVisible(canvas.diagram.slips["rnn1"].box)
    place = canvas.mapFromScene(canvas.diagram.slips["rnn1"].box).boundingRect()
    drawn = canvas.viewport().grab(place).toImage()
    colors = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
    assert len(colors) > 20  # letters with their smooth edges, and the rule


def test_that_a_double_click_opens_it_again_and_no_words_delete_it(show: Show) -> None:
    window = show()
    canvas = window.desk.network.canvas
    window.document.annotate("last1", TEXT)
    canvas.ensureVisible(canvas.diagram.slips["last1"].box)
    at = canvas.mapFromScene(canvas.diagram.slips["last1"].box.center())
    QTest.mouseDClick(canvas.viewport(), LEFT, NONE, at)
    assert canvas.note_editor.toPlainText() == TEXT
    QTest.keyClick(canvas.note_editor, Qt.Key.Key_Delete)  # all of it is chosen
    QTest.keyClick(canvas.note_editor, Qt.Key.Key_Return)
    assert window.document.experiment.annotations == ()
    assert "last1" not in canvas.diagram.slips
    window.commands["undo"].trigger()
    assert note_at(window.document.experiment, "last1") == TEXT


def test_that_esc_drops_what_was_written_and_leaving_keeps_it(show: Show) -> None:
    window = show()
    canvas = window.desk.network.canvas
    window.document.select("rnn1")
    window.commands["add_note"].trigger()
    QTest.keyClicks(canvas.note_editor, "not this")
    QTest.keyClick(canvas.note_editor, Qt.Key.Key_Escape)
    assert window.document.experiment.annotations == ()
    assert window.document.undo.count() == 0
    window.commands["add_note"].trigger()
    QTest.keyClicks(canvas.note_editor, "but this")
    canvas.setFocus()
    assert note_at(window.document.experiment, "rnn1") == "but this"


def test_that_a_save_in_the_middle_of_a_note_has_what_is_written_so_far(show: Show, tmp_path: Path) -> None:
    window = show()
    window.document.select("rnn1")
    window.commands["add_note"].trigger()
    QTest.keyClicks(window.desk.network.canvas.note_editor, "so far")
    assert window.document.undo.count() == 1
    assert window.isWindowModified()
    window.document.save(tmp_path / "lesson.vgnet.json")
    assert note_at(load(tmp_path / "lesson.vgnet.json"), "rnn1") == "so far"


def test_that_no_more_can_be_typed_than_is_kept(show: Show) -> None:
    window = show()
    editor = window.desk.network.canvas.note_editor
    window.commands["add_note"].trigger()
    editor.insertPlainText("x" * 500)
    assert len(editor.toPlainText()) == 400
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert len(note_at(window.document.experiment, window.document.selected)) == 400


def test_that_notes_do_not_cover_each_other(show: Show) -> None:
    window = show()
    document, diagram = window.document, window.desk.network.canvas.diagram
    for place in ("input", "rnn1", "last1", "output"):
        document.annotate(place, "A rather long note that needs more than one line at its block. " * 3)
    document.remove(["last1"])  # a problem needs room as well
    boxes = sorted((slip.box for slip in diagram.slips.values()), key=lambda box: box.left())
    assert len(boxes) == 3
    assert all(one.right() <= other.left() for one, other in pairwise(boxes))
    problems = [note.box for note in diagram.notes.values() if note.fix]
    assert problems
    assert not any(problem.intersects(box) for problem in problems for box in boxes)
    assert diagram.sceneRect().contains(boxes[-1])


def test_that_it_is_said_to_who_cannot_see_it(show: Show) -> None:
    window = show()
    window.document.annotate("rnn1", "Look <here>.")
    window.document.select("rnn1")
    canvas = window.desk.network.canvas
    assert "note: Look <here>." in canvas.accessibleDescription()
    assert "Look &lt;here&gt;." in canvas.diagram.tip("rnn1")


def test_that_a_note_changes_nothing_in_a_run(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(frames=4))
    window = make_window(qtbot, tmp_path, cast(Callable[[Experiment], Run], HandRun))
    window.document.replace(experiment(), None)
    window.live.train_or_pause()
    qtbot.waitUntil(lambda: window.live.state == "ended")
    window.document.annotate("rnn1", TEXT)
    assert not window.live.is_outdated
    window.document.change("rnn1", {"units": 5})
    assert window.live.is_outdated


def test_that_the_editor_closes_when_its_note_is_another_one(show: Show) -> None:
    window = show()
    canvas = window.desk.network.canvas
    write(window, TEXT)
    for change in (window.document.undo.undo, window.document.undo.redo, window.document.new):
        canvas.write_note("rnn1")
        change()
        assert not canvas.note_editor.isVisible()
        QTest.keyClicks(canvas.note_editor, "late")
    assert not window.document.experiment.annotations
