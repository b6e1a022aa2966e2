"""What nobody caught is said once, however often it happens."""

import gc
import logging
import sys
import threading
import weakref
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app import faults
from vgviewer.app.faults import Faults
from vgviewer.app.report import Report

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(faults, "log", Mock())
    widget = QWidget()
    qtbot.addWidget(widget)
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    Faults(widget).install()
    return widget


def fail(text: str = "no") -> None:
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def reports(window: QWidget) -> list[Report]:
    return window.findChildren(Report)


def test_that_a_thousand_faults_are_one_dialog_with_a_count_and_a_bounded_log(window: QWidget) -> None:
    for _ in range(1000):
        fail()
    (report,) = reports(window)
    assert "It has happened 1,000 times." in report.advice.text()
    assert "RuntimeError: no" in report.details.toPlainText()
    assert faults.log.error.call_count == faults.MOST_LOGGED  # type: ignore[attr-defined]


def test_that_a_fault_that_was_read_does_not_come_back_at_once_but_another_does(
    window: QWidget, qtbot: QtBot
) -> None:
    fail()
    reports(window)[0].accept()
    qtbot.waitUntil(lambda: not reports(window))
    fail()
    assert not reports(window)
    sys.excepthook(ValueError, ValueError("other"), None)
    assert len(reports(window)) == 1


class Sender(QObject):
    """Something whose slot fails."""

    sent = Signal()

    def fail(self) -> None:
        raise OSError("no room")


class Held:
    """What only the caller of Qt knows."""


def call_what_fails(sender: Sender) -> weakref.ref[Held]:
    held = Held()
    sender.sent.emit()
    return weakref.ref(held)


def test_that_a_fault_in_a_slot_does_not_keep_what_its_callers_knew(window: QWidget) -> None:
    sender = Sender(window)
    sender.sent.connect(sender.fail)
    held = call_what_fails(sender)
    assert "OSError: no room" in reports(window)[0].details.toPlainText()
    gc.collect()
    assert held() is None


def test_that_a_fault_in_a_thread_is_said_in_the_window(window: QWidget, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail_in_thread)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(reports(window)))
    assert "ZeroDivisionError" in reports(window)[0].details.toPlainText()


def fail_in_thread() -> None:
    1 / 0  # noqa: B018


def test_that_the_program_runs_where_no_log_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from vgviewer.app import log

    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(log, "log_file", lambda: blocked / "below" / "vgviewer.log")
    monkeypatch.setattr(log, "qInstallMessageHandler", Mock())
    monkeypatch.setattr(log.log, "handlers", [])
    log.open_log()
    log.log.info("nobody reads this")
    assert [type(handler) for handler in log.log.handlers] == [logging.NullHandler]
