"""U65: About > Copy diagnostics."""

import platform
from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import vgviewer
from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.report import Report

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def facts(qapp: QApplication) -> list[str]:
    size = QGuiApplication.primaryScreen().size()
    return [
        f"vgviewer {vgviewer.__version__}",
        f"Python {platform.python_version()}",
        platform.platform(),
        *(f"{name} {version(name)}" for name in ("PySide6-Essentials", "pyqtgraph", "numpy", "torch")),
        f"Screen 1: {size.width()} × {size.height()} at scale factor 1",
        f"Theme {theme.current().name}, text at 100%",
        "drawn by offscreen",
        "vgviewer.log",
    ]


def test_that_the_help_menu_copies_versions_screen_scale_theme_and_platform(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(qtbot, tmp_path)
    QGuiApplication.clipboard().clear()
    window.commands["copy_diagnostics"].trigger()
    copied = QGuiApplication.clipboard().text()
    for fact in facts(qapp):
        assert fact in copied, fact
    assert "Copied" in window.status.words.text()


def test_that_about_shows_and_copies_the_same(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.show()
    window.commands["about"].trigger()
    report = window.findChild(Report)
    assert isinstance(report, Report)
    (copy,) = [button for button in report.findChildren(QPushButton) if button.text() == "&Copy"]
    copy.click()
    copied = QGuiApplication.clipboard().text()
    for fact in facts(qapp):
        assert fact in report.details.toPlainText()
        assert copied.count(fact) == 1 or fact.startswith("vgviewer")
    report.accept()
