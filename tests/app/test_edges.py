"""Words at an edge are whole, end in … or fade out: none is sliced through a letter."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.desk.tabs import CutTabs
from vgviewer.app.fade import Fade
from vgviewer.app.window import Window
from vgviewer.experiment import shipped

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""

    def shown() -> Window:
        made = make_window(qtbot, tmp_path)
        made.resize(1024, 768)
        made.files.open_preset("lstm-default")
        made.show()
        QApplication.processEvents()
        return made

    return shown


def narrow(window: Window) -> Window:
    """As narrow as it gets."""
    window.resize(window.minimumSize())
    QApplication.processEvents()
    return window


def cut_tabs(window: Window) -> list[tuple[QTabBar, list[int]]]:
    """Each bar that is seen, and its tabs of which a part is seen."""
    found = []
    for bar in window.desk.findChildren(QTabBar):
        arrows = [arrow.x() for arrow in bar.findChildren(QToolButton) if arrow.isVisible()]
        room = QRect(0, 0, min(arrows, default=bar.width()), bar.height())
        parts = [
            (index, bar.tabRect(index), bar.tabRect(index).intersected(room)) for index in range(bar.count())
        ]
        cut = [index for index, tab, part in parts if not part.isEmpty() and part != tab]
        if bar.isVisible() and cut:
            found.append((bar, cut))
    return found


def test_that_a_tab_without_room_ends_in_dots(show: Show) -> None:
    window = show()
    found = cut_tabs(narrow(window))
    assert found, "at this width a tab is cut"
    for bar, cut in found:
        (cover,) = bar.findChildren(CutTabs)
        assert cover.size() == bar.size()
        assert len(cover.words()) == len(cut)
        for index, words in zip(cut, cover.words(), strict=True):
            assert words in ("", bar.tabText(index)) or words.strip("…") in bar.tabText(index)
            assert bar.fontMetrics().horizontalAdvance(words) < bar.tabRect(index).width()


def test_that_the_cover_paints_over_the_sliced_letters(show: Show) -> None:
    window = show()
    bar, cut = cut_tabs(narrow(window))[0]
    (cover,) = bar.findChildren(CutTabs)
    with_cover = bar.grab(bar.tabRect(cut[-1])).toImage()
    cover.hide()
    assert bar.grab(bar.tabRect(cut[-1])).toImage() != with_cover


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_that_every_name_of_a_preset_is_read_whole(show: Show, qapp: QApplication, factor: float) -> None:
    window = show()
    theme.enlarge(factor)
    theme.apply(qapp, theme.LIGHT)
    window.desk.bring("presets")
    QApplication.processEvents()
    rows = window.desk.presets.list
    rows.scheduleDelayedItemsLayout()
    QApplication.processEvents()
    metrics = rows.fontMetrics()
    for row in range(rows.count()):
        box = rows.visualItemRect(rows.item(row))
        text = rows.item(row).text()
        wrapped = metrics.boundingRect(QRect(0, 0, box.width() - theme.px(20), 10_000), 0x1000, text)
        assert wrapped.height() <= box.height(), text
    theme.enlarge(1.0)
    theme.apply(qapp, theme.LIGHT)


def test_that_the_last_row_is_drawn_whole_or_not_at_all(show: Show) -> None:
    window = show()
    for rows in (window.desk.presets.list, window.desk.layers.list):
        model, delegate, seen = rows.model(), rows.itemDelegate(), rows.viewport().height()
        cut = [
            index
            for index in (model.index(row, 0) for row in range(model.rowCount()))
            if rows.visualRect(index).top() < seen <= rows.visualRect(index).bottom()
        ]
        assert not any(delegate.is_whole(index) for index in cut)  # type: ignore[attr-defined]
        first = model.index(0, 0)
        assert delegate.is_whole(first)  # type: ignore[attr-defined]


def test_that_the_open_preset_is_the_one_that_is_marked(show: Show) -> None:
    window = show()
    chosen = [item.text() for item in window.desk.presets.list.selectedItems()]
    assert chosen == ["LSTM forgets a long lag"]
    window.files.open_preset("rnn-forgets")
    titles = {card.id: card.title for card in shipped()}
    assert [item.text() for item in window.desk.presets.list.selectedItems()] == [titles["rnn-forgets"]]


def test_that_what_goes_on_below_fades_out_and_its_end_does_not(show: Show) -> None:
    window = show()
    window.desk.bring("notes")
    window.desk.notes.resize(240, 120)
    window.desk.notes.show_notes("A line of words.\n\n" * 40)
    QApplication.processEvents()
    (fade,) = window.desk.notes.findChildren(Fade)
    bar = window.desk.notes.reader.verticalScrollBar()
    assert bar.maximum() > 0
    assert not fade.isHidden()
    bar.setValue(bar.maximum())
    assert fade.isHidden()
