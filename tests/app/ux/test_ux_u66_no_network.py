"""U66: No network, no telemetry; said in About."""

import ast
import socket
from pathlib import Path
from unittest.mock import Mock

import pytest
from pytestqt.qtbot import QtBot

import vgviewer
from tests.app.windows import make_window
from vgviewer.app.report import Report

SPEAKING = (
    "urllib",
    "http",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
    "PySide6.QtNetwork",
    "webbrowser",
)
PACKAGE = Path(vgviewer.__file__).parent
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_that_about_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.show()
    window.commands["about"].trigger()
    report = window.findChild(Report)
    assert isinstance(report, Report)
    said = report.advice.text()
    assert "works without a network connection" in said
    assert "sends nothing to anybody" in said
    assert "no telemetry" in said
    report.accept()


def test_that_no_file_of_the_package_can_speak_to_a_network() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 200
    talkers = {
        str(file.relative_to(PACKAGE)): name
        for file in files
        for name in imported(file)
        if any(name == word or name.startswith(f"{word}.") for word in SPEAKING)
    }
    assert talkers == {}


def test_that_the_only_socket_is_a_pair_within_the_program() -> None:
    """It wakes Qt's loop when the system wants the program to end."""
    users = [file for file in PACKAGE.rglob("*.py") if "socket" in imported(file)]
    assert [file.name for file in users] == ["termination.py"]
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(users[0].read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "socket"
    }
    assert called == {"socketpair"}


def test_that_opening_the_window_and_its_help_connects_to_nobody(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected = Mock()
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, connected)
    window = make_window(qtbot, tmp_path)
    window.show()
    window.open_first(None)
    for name in ("tour", "find_command", "messages", "about", "copy_diagnostics"):
        window.commands[name].trigger()
    connected.assert_not_called()
