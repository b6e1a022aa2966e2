"""Notes may come from a stranger."""

from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from vgviewer.app.notes import Notes


def test_that_notes_fetch_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(picture))
    notes = Notes()
    qtbot.addWidget(notes)
    notes.show_notes(f"**Look** at $x$ ![x]({picture.as_uri()}) [here](https://example.org)")
    assert "Look at x" in notes.reader.toPlainText()
    assert notes.reader.loadResource(2, picture.as_uri()) is None
    assert not notes.reader.openLinks()
