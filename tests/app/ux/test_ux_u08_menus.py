"""U08: Menus File, Edit, View, Network, Training, Help in this order with mnemonics; standard items in standard
places.
"""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
ORDER = ["&File", "&Edit", "&View", "&Network", "&Training", "&Help"]


def texts(window: Window) -> dict[str, list[str]]:
    """The commands' names in each menu, in order; submenus by their title, lines as ""."""
    found = {menu.title(): menu for menu in window.menuBar().findChildren(QMenu)}
    bar = [action.text() for action in window.menuBar().actions()]
    assert bar == ORDER
    return {title: [_text(action) for action in found[title].actions()] for title in ORDER}


def _text(action: QAction) -> str:
    return "" if action.isSeparator() else action.iconText()


def in_order(listed: list[str], *wanted: str) -> bool:
    places = [listed.index(text) for text in wanted]
    return places == sorted(places)


def test_that_the_menus_stand_in_their_order_with_mnemonics(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    letters = [title.split("&")[1][0].lower() for title in texts(window)]
    assert len(set(letters)) == len(ORDER)


def test_that_standard_items_are_where_everybody_looks_for_them(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    menus = texts(window)
    assert in_order(menus["&File"], "New", "Open…", "Open Recent", "Save", "Save As…", "Quit")
    assert menus["&File"][-1] == "Quit"
    assert menus["&Edit"][:2] == ["Undo", "Redo"]
    assert in_order(menus["&Edit"], "Undo", "Redo", "Cut", "Copy", "Paste", "Select All", "Preferences…")
    assert menus["&Edit"][-1] == "Preferences…"
    assert "Full Screen" in menus["&View"]
    assert "Train" in menus["&Training"]
    assert in_order(menus["&Help"], "Welcome", "Take the Tour", "Keys", "Copy Diagnostics", "About vgviewer")
    assert menus["&Help"][-1] == "About vgviewer"


def test_that_every_entry_of_the_menus_has_a_mnemonic_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    for title, menu in {menu.title(): menu for menu in window.menuBar().findChildren(QMenu)}.items():
        if title not in ORDER:
            continue
        entries = [action.text().replace("&&", "") for action in menu.actions() if not action.isSeparator()]
        letters = [text.split("&")[1][0].lower() for text in entries if "&" in text]
        assert len(letters) == len(entries), [text for text in entries if "&" not in text]
        assert len(set(letters)) == len(letters), (title, entries)


def test_that_what_asks_something_first_says_so_with_three_dots(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    for name in ("open", "save_as", "export", "find_command"):
        assert window.commands[name].text().endswith("…"), name
    for name in ("new", "save", "quit", "train", "about"):
        assert not window.commands[name].text().endswith("…"), name
