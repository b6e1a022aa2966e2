"""Where windows may stand, on screens that are only numbers."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app.choices import Place
from vgviewer.app.placement import in_sight, place_of, put, screens

LAPTOP = QRect(0, 24, 1440, 876)
BESIDE = QRect(1440, 0, 1920, 1080)
LEFT_OF_IT = QRect(-1920, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("wanted", "desktop"),
    [
        (QRect(100, 100, 800, 600), [LAPTOP]),
        (QRect(1200, 100, 800, 600), [LAPTOP, BESIDE]),  # on both
        (QRect(-1000, 10, 900, 700), [LAPTOP, LEFT_OF_IT]),
        (QRect(0, 24, 1440, 876), [LAPTOP]),
    ],
)
def test_that_what_can_be_seen_stays_where_it_is(wanted: QRect, desktop: list[QRect]) -> None:
    assert in_sight(wanted, desktop) == wanted


@pytest.mark.parametrize(
    ("wanted", "desktop", "seen"),
    [
        (QRect(1500, 100, 800, 600), [LAPTOP], QRect(640, 100, 800, 600)),  # the second screen is gone
        (QRect(-5000, -5000, 800, 600), [LAPTOP], QRect(0, 24, 800, 600)),
        (QRect(100, -400, 800, 600), [LAPTOP], QRect(100, 24, 800, 600)),  # its title bar is out of reach
        (QRect(100, 100, 9000, 9000), [LAPTOP], LAPTOP),
        (QRect(4000, 2000, 800, 600), [LAPTOP, BESIDE], QRect(2560, 480, 800, 600)),
        (QRect(1400, 100, 800, 600), [LAPTOP], QRect(640, 100, 800, 600)),  # too little of it to take hold of
    ],
)
def test_that_what_cannot_be_seen_comes_back(wanted: QRect, desktop: list[QRect], seen: QRect) -> None:
    assert in_sight(wanted, desktop) == seen


def test_that_without_a_screen_nothing_moves() -> None:
    assert in_sight(QRect(-9, -9, 5, 5), []) == QRect(-9, -9, 5, 5)


def test_that_a_window_is_put_where_it_stood(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    put(window, Place(x=20, y=50, width=400, height=300))
    window.show()
    assert place_of(window) == Place(x=20, y=50, width=400, height=300)
    put(window, Place(x=90_000, y=90_000, width=400, height=300, is_maximized=True))
    assert window.windowState() & Qt.WindowState.WindowMaximized
    assert any(screen.intersects(window.geometry()) for screen in screens())
