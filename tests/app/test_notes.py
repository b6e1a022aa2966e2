"""Notes may come from a stranger."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.notes import Notes
from vgviewer.experiment import Card, load, shipped


def test_that_notes_fetch_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(picture))
    notes = Notes()
    qtbot.addWidget(notes)
    notes.show_notes(f"**Look** at $x$ ![x]({picture.as_uri()}) [here](https://example.org)")
    assert "Look at x" in notes.reader.toPlainText()
    assert notes.reader.loadResource(2, picture.as_uri()) is None
    assert not notes.reader.openLinks()


def test_that_a_link_to_a_preset_opens_it_and_no_other_link_is_followed(qtbot: QtBot) -> None:
    notes = Notes()
    qtbot.addWidget(notes)
    wanted: list[str] = []
    notes.preset_wanted.connect(wanted.append)
    notes.show_notes(
        "[RNN explodes](preset:rnn-explodes), [here](https://example.org), [file](file:///etc/hosts)"
    )
    for link in ("https://example.org", "file:///etc/hosts", "preset:rnn-explodes"):
        notes.reader.anchorClicked.emit(QUrl(link))
    assert wanted == ["rnn-explodes"]


def test_that_the_window_opens_what_a_note_names(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.files.open_preset("lstm-default")
    window.desk.notes.reader.anchorClicked.emit(QUrl("preset:lstm-chrono"))
    assert window.document.preset == "lstm-chrono"
    window.desk.notes.reader.anchorClicked.emit(QUrl("preset:../../etc/passwd"))
    assert window.document.preset == "lstm-chrono"


@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_that_shipped_notes_call_each_preset_by_the_name_that_the_list_shows(card: Card) -> None:
    titles = {each.id: each.title for each in shipped()}
    notes = load(card.path).notes
    for title, preset in re.findall(r"\[([^\]]+)\]\(preset:([^)]+)\)", notes):
        assert titles[preset] == title
    assert not [each for each in titles if f"`{each}`" in notes], "an id, which no list shows"
