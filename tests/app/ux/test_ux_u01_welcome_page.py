"""U01: First start shows a welcome page (not modal): 3+ example cards with thumbnails, recents, "start empty", tour."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.welcome.page import Welcome
from vgviewer.app.window import Window
from vgviewer.experiment import shipped

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def first_start(qtbot: QtBot, folder: Path) -> tuple[Window, Welcome]:
    window = make_window(qtbot, folder)
    window.resize(1024, 768)
    window.show()
    window.open_first(None)
    assert window.stage.welcome is not None
    return window, window.stage.welcome


def test_that_the_first_start_shows_the_page_and_locks_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    window, page = first_start(qtbot, tmp_path)
    assert page.isVisible()
    assert not window.desk.isVisible()
    assert QApplication.activeModalWidget() is None
    assert window.menuBar().isEnabled()


def test_that_every_example_is_a_card_with_its_picture_and_how_it_ends(qtbot: QtBot, tmp_path: Path) -> None:
    _window, page = first_start(qtbot, tmp_path)
    cards = {card.preset.id: card for card in page.gallery.cards}
    assert set(cards) == {preset.id for preset in shipped()}
    for card in cards.values():
        assert card.accessibleName() == card.preset.title
        assert card.ending
        drawn = card.picture.grab().toImage()
        across = {drawn.pixel(x, y) for x in range(4, drawn.width(), 3) for y in (8, 40, 70)}
        assert len(across) >= 2, card.preset.id


def test_that_a_picture_is_blue_where_the_signal_has_shrunk_in_every_theme(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    _window, page = first_start(qtbot, tmp_path)
    picture = page.gallery.cards[0].picture
    try:
        for dress in (theme.LIGHT, theme.DARK):
            theme.apply(qapp, dress)
            drawn = picture.grab().toImage()
            far, near = drawn.pixelColor(20, 40), drawn.pixelColor(drawn.width() - 6, 40)
            assert far.blue() > far.red() + 20
            assert (near.lightness() < 70) == dress.is_dark
    finally:
        theme.apply(qapp, theme.LIGHT)


def test_that_recents_an_empty_start_and_the_tour_are_at_hand(qtbot: QtBot, tmp_path: Path) -> None:
    window, page = first_start(qtbot, tmp_path)
    there = tmp_path / "mine.vgnet.json"
    there.write_bytes(shipped()[1].path.read_bytes())
    window.preferences.remember(tmp_path / "gone.vgnet.json")
    window.preferences.remember(there)
    window.commands["welcome"].trigger()
    shown = [(entry.text(), entry.isEnabled()) for entry in page.recent.entries if entry.isVisible()]
    assert shown == [("mine", True), ("gone", False)]
    assert page.tour.text() == "Take the Tour"
    qtbot.mouseClick(page.recent.entries[0], LEFT)
    assert window.document.path == there
    assert window.desk.isVisible()
    window.commands["welcome"].trigger()
    qtbot.mouseClick(page.empty, LEFT)
    assert window.document.experiment.network.layers == ()
    assert window.desk.isVisible()


def test_that_the_arrow_keys_walk_over_the_cards_and_enter_opens(qtbot: QtBot, tmp_path: Path) -> None:
    window, page = first_start(qtbot, tmp_path)
    window.activateWindow()
    first, second = page.gallery.cards[:2]
    assert page.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert page.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Down)
    below = page.focusWidget()
    assert below is not second
    qtbot.keyClick(below, Qt.Key.Key_Up)
    assert page.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert window.document.preset == second.preset.id
    assert window.desk.isVisible()


def test_that_a_card_reached_by_keys_is_in_sight(qtbot: QtBot, tmp_path: Path) -> None:
    _window, page = first_start(qtbot, tmp_path)
    card = page.gallery.cards[0]
    for _ in range(6):
        qtbot.keyClick(card, Qt.Key.Key_Down)
        below = page.focusWidget()
        assert below is not card
        card = below
        assert not card.visibleRegion().isEmpty()
        assert card.visibleRegion().boundingRect().height() == card.height()


def test_that_esc_leaves_to_the_network(qtbot: QtBot, tmp_path: Path) -> None:
    window, page = first_start(qtbot, tmp_path)
    qtbot.keyClick(page.gallery.cards[0], Qt.Key.Key_Escape)
    assert window.desk.isVisible()
    assert window.desk.network.canvas.hasFocus() or window.focusWidget() is window.desk.network.canvas


@pytest.mark.parametrize("width", [1024, 1440, 2560])
def test_that_nothing_is_cut_off(qtbot: QtBot, tmp_path: Path, width: int) -> None:
    window, page = first_start(qtbot, tmp_path)
    window.resize(width, 768)
    right = page.gallery.width()
    for card in page.gallery.cards:
        assert card.geometry().right() <= right
        assert card.height() >= card.heightForWidth(card.width())
        assert card.train.geometry().bottom() <= card.height()
    widths = {card.width() for card in page.gallery.cards}
    assert max(widths) - min(widths) <= 1


def test_that_a_preset_whose_file_is_gone_is_no_crash(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vgviewer.app import dialogs

    window, page = first_start(qtbot, tmp_path)
    said: list[object] = []
    monkeypatch.setattr(dialogs, "show_refusal", lambda parent, error: said.append(error))
    card = page.gallery.cards[0]
    monkeypatch.setitem(
        window.files._cards,
        card.preset.id,
        type(card.preset)(card.preset.id, "", "", tmp_path / "gone.vgnet.json"),
    )
    qtbot.mouseClick(card.train, LEFT)
    assert len(said) == 1
    assert page.isVisible()
    window.stage.open("no-such-preset")
    assert page.isVisible()
