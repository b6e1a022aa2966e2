"""What was said is kept with its time."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vgviewer.app.notifications import MOST, Notice, Notifications

NOON = datetime(2026, 1, 2, 12)


class Clock:
    """A second later at each look."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def made(parent: QObject) -> Notifications:
    return Notifications(parent, Clock())


def test_that_what_is_said_twice_counts_up_and_moves_to_the_top(qapp: QObject) -> None:
    notifications = made(qapp)
    for text in ("Saved.", "Copied.", "Saved.", "Saved."):
        notifications.note(text)
    assert [notice.words for notice in notifications.notices] == ["Saved. ×3", "Copied."]
    assert notifications.notices[0].at > notifications.notices[1].at
    notifications.deleteLater()


def test_that_nothing_said_is_nothing_kept(qapp: QObject, qtbot: QtBot) -> None:
    notifications = made(qapp)
    with qtbot.assertNotEmitted(notifications.changed):
        notifications.note("  ")
    assert notifications.notices == ()
    notifications.deleteLater()


def test_that_a_thousand_messages_do_not_pile_up(qapp: QObject) -> None:
    notifications = made(qapp)
    for number in range(1000):
        notifications.note(f"message {number}")
    assert len(notifications.notices) == MOST
    assert notifications.notices[0] == Notice("message 999", notifications.notices[0].at)
    notifications.deleteLater()


def test_that_looking_reads_them_and_clearing_forgets_them(qapp: QObject) -> None:
    notifications = made(qapp)
    notifications.note("Saved.")
    assert notifications.unread == 1
    notifications.read()
    assert notifications.unread == 0
    assert len(notifications.notices) == 1
    notifications.clear()
    assert notifications.notices == ()
    notifications.deleteLater()
