"""The field of a data file: typed or chosen, relative to the open preset, and usable with a bad file."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.app.test_inspector import choose, pick, row
from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.document import Document
from vgviewer.app.editor.fields import FileEdit
from vgviewer.app.editor.inspector import Inspector
from vgviewer.experiment import load
from vgviewer.tasks import Csv

TABLE = "a,b\n1,2\n3,5\n4,4\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document()


@pytest.fixture
def inspector(qapp: QApplication, document: Document) -> Iterator[Inspector]:
    host = QWidget()  # without a layout: the offscreen platform warns about a window's least size
    inspector = Inspector(document, host)
    inspector.resize(320, 700)
    host.show()
    document.select("input")
    yield inspector
    host.close()
    host.deleteLater()


def file_field(inspector: Inspector, path: str = "path") -> FileEdit:
    found = row(inspector, path).field
    assert isinstance(found, FileEdit)
    return found


@pytest.fixture
def csv(document: Document, inspector: Inspector) -> Inspector:
    """An inspector of the task `csv`, as it is when it was just chosen."""
    choose(inspector.task.combo, "CSV file")
    return inspector


def type_into(field: FileEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_a_task_of_a_file_begins_without_one(csv: Inspector, document: Document) -> None:
    assert file_field(csv).text() == ""
    assert csv.problems.text() == "No file is chosen yet. Choose one."
    assert document.experiment.problems[0].path == "task.path"


def test_that_a_typed_file_is_taken(csv: Inspector, document: Document, table: Path) -> None:
    type_into(file_field(csv), str(table))
    assert document.experiment.task.path == table
    assert not csv.problems.isVisible()
    assert str(document.experiment.flow.shapes["input"]) == "1"


def test_that_a_chosen_file_is_taken(
    csv: Inspector,
    document: Document,
    table: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = Mock(return_value=table)
    monkeypatch.setattr(dialogs, "ask_data_path", asked)
    field = file_field(csv)
    field.button.click()
    assert asked.call_args.args == (csv.window(), Path(), (".csv", ".tsv", ".txt"))
    assert document.experiment.task.path == table
    assert field.text() == str(table)
    assert field.cursorPosition() == len(str(table))
    field.button.click()
    assert asked.call_args.args[1] == table.parent
    count = document.undo.count()
    asked.return_value = None
    field.button.click()
    assert document.undo.count() == count
    document.undo.undo()
    assert field.text() == ""


def test_that_a_bad_file_is_told_in_the_inspector_and_can_be_left(
    csv: Inspector,
    document: Document,
    table: Path,
) -> None:
    table.write_text(TABLE + "5,oops\n")
    type_into(file_field(csv), str(table))
    assert csv.problems.text().startswith('"mine.csv", line 5, column "b": "oops" is no number')
    table.write_text(TABLE)
    pick(csv, "window", "number", outer=True)  # any edit looks at the file again
    assert not csv.problems.isVisible()


def test_that_a_corrected_file_is_seen_when_the_window_is_looked_at_again(
    qtbot: QtBot, tmp_path: Path, table: Path
) -> None:
    window = make_window(qtbot, tmp_path)
    window.document.change_task(Csv(path=table))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    count, told = window.document.undo.count(), Mock()
    window.document.changed.connect(told)
    table.write_text(TABLE + "5,oops\n")
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    description = window.desk.network.canvas.diagram.description
    assert "line 5" in description("input")
    assert told.call_count == 1
    table.write_text("a,b\n1,7,2\n")
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert "line 2 has 3 cells" in description("input")
    table.write_text("a,b,c\n1,2,3\n2,3,5\n")
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert told.call_count == 3
    assert window.document.experiment.flow.shapes["input"].features == 2
    assert window.document.undo.count() == count


def test_that_a_relative_name_is_that_of_a_file_beside_the_open_preset(
    csv: Inspector,
    document: Document,
    table: Path,
) -> None:
    type_into(file_field(csv), "mine.csv")
    assert "is not a full path" in csv.problems.text()
    document.save(table.with_name("one.vgnet.json"))
    type_into(file_field(csv), "./mine.csv")
    assert document.experiment.task.path == table
    assert file_field(csv).text() == str(table)
    document.save(table.with_name("one.vgnet.json"))
    assert '"path": "mine.csv"' in table.with_name("one.vgnet.json").read_text("utf-8")


def test_that_a_text_is_shipped_or_a_file(document: Document, inspector: Inspector, tmp_path: Path) -> None:
    choose(inspector.task.combo, "Characters")
    pick(inspector, "text", "file", outer=True)
    assert inspector.problems.text() == "No file is chosen yet. Choose one."
    book = tmp_path / "book.txt"
    book.write_text("to be or not to be " * 60)
    type_into(file_field(inspector, "text"), str(book))
    assert document.experiment.task.model_dump()["text"] == book.as_posix()
    assert not inspector.problems.isVisible()
    pick(inspector, "text", "moby-dick", outer=True)
    assert document.experiment.task.model_dump()["text"] == "moby-dick"


def test_that_the_dialog_offers_such_files_and_all_others(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = Mock(return_value=("/a/b.csv", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", asked)
    assert dialogs.ask_data_path(parent, Path("/a"), (".csv", ".tsv")) == Path("/a/b.csv")
    assert asked.call_args.args == (parent, "Choose file", "/a", "Data (*.csv *.tsv);;All files (*)")
    asked.return_value = ("", "")
    assert dialogs.ask_data_path(parent, Path("/a"), (".csv",)) is None


def test_that_a_preset_with_bad_data_opens_and_says_so_everywhere(
    qtbot: QtBot, tmp_path: Path, table: Path
) -> None:
    table.write_text("a,b\n1,2\n3,oops\n")
    file = tmp_path / "one.vgnet.json"
    file.write_text(
        '{"format": "vgviewer.preset", "version": 1, "task": {"type": "csv", "path": "mine.csv", "window": 1},'
        ' "network": {"layers": [{"id": "rnn1", "type": "rnn", "units": 3}]}}'
    )
    window = make_window(qtbot, tmp_path)
    window.document.replace(load(file), file)
    window.resize(1100, 760)
    window.show()
    window.document.select("input")
    words = '"mine.csv", line 3, column "b": "oops" is no number'
    assert words in window.desk.network.canvas.diagram.description("input")
    assert words in window.desk.inspector.problems.text()
    window.live.train_or_pause()
    assert window.live.state == "idle"
    window.grab()
