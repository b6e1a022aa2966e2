"""How large the command palette is."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.app.windows import make_window


def test_that_the_palette_is_as_high_as_what_it_has_found(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.show()
    window.commands["find_command"].trigger()
    palette = window.guide.commands
    assert palette is not None
    everything = palette.height()
    palette.search.setText("lstm forgets")
    assert len(palette.found) < 4
    assert palette.height() < everything / 2
    last = palette.list.model().index(len(palette.found) - 1, 0)
    assert palette.list.viewport().rect().contains(palette.list.visualRect(last))
    palette.search.setText("no such thing")
    assert palette.height() < everything / 2
    palette.leave()
