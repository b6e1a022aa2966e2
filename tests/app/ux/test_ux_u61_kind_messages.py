"""U61: No message is a bare traceback or "Error".

Every sentence that a refusal carries says what is allowed or what to do, wherever in the package it is raised.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import vgviewer
from vgviewer.app import banner, faults
from vgviewer.app.banner import Banner
from vgviewer.app.faults import Faults, in_words
from vgviewer.app.report import Report
from vgviewer.experiment import PresetError
from vgviewer.experiment.preset import loads
from vgviewer.experiment.reading import LARGEST_FILE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PACKAGE = Path(vgviewer.__file__).parent
REFUSALS = (
    "PresetError",
    "SaveError",
    "BadFile",
    "FigureError",
    "Refused",
    "Misfit",
    "NoDevice",
    "Refusal",
    "unfit",
)
# What is allowed, what there is, or what to do.
HINT = re.compile(
    r"\b(must|at most|at least|may|go from|between|views are|presets are|take|choose|check|rename|remove|"
    r"write|make|give|add|save|move|name|open|leave|free|correct|export|copy|try|pictures without)\b",
    re.IGNORECASE,
)
BARE = re.compile(r"^\W*(error|failure|exception|invalid|oops|traceback)\W*$", re.IGNORECASE)


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def raised() -> Iterator[tuple[str, str]]:
    """Place and words of every refusal that is written where it is raised."""
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            name = getattr(node.exc.func, "id", getattr(node.exc.func, "attr", ""))
            words = " ".join(_constants(node.exc))
            passed_on = any(
                isinstance(part, ast.Name) and part.id == "message" for part in ast.walk(node.exc)
            )
            if name in REFUSALS and len(words.split()) > 2 and not passed_on:
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", words


def _constants(call: ast.Call) -> Iterator[str]:
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_that_every_refusal_says_what_is_allowed_or_what_to_do() -> None:
    found = list(raised())
    assert len(found) > 50
    without = [f"{place}: {words}" for place, words in found if not HINT.search(words)]
    assert without == []


def test_that_no_text_of_the_window_is_a_bare_error() -> None:
    bare = [
        f"{file.name}:{node.lineno}: {node.value}"
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_shown(node.value)
        if BARE.match(node.value)
    ]
    assert bare == []


def _is_shown(text: str) -> bool:
    """A word of the code such as a property's value is written small."""
    return text[:1].isupper()


def test_that_every_report_is_made_with_something_to_do() -> None:
    made = [
        (file.name, node)
        for file in (PACKAGE / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Report"
    ]
    assert len(made) >= 4
    for name, call in made:
        advice = call.args[3]
        assert not (isinstance(advice, ast.Constant) and not advice.value), (name, call.lineno)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "{",
        '{"format": 1}',
        '{"format": "vgviewer.preset", "version": 99}',
        '{"format": "vgviewer.preset", "version": 1, "task": {"type": "nothing"}, "network": {"layers": 3}}',
        '{"a": NaN}',
        '{"a": 1, "a": 2}',
        "[" * 100 + "]" * 100,
        '{"a": ' + "9" * 5000 + "}",
        " " * (LARGEST_FILE + 2),
        json.dumps({"format": "vgviewer.preset", "version": 1, "network": {"layers": [{"type": "rnn", "units": 0}]}}),
    ],
)  # fmt: skip
def test_that_each_problem_of_a_bad_file_has_a_place_and_a_sentence(content: str) -> None:
    with pytest.raises(PresetError) as caught:
        loads(content.encode(), "bad.vgnet.json")
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.path
        assert len(problem.message.split()) >= 2, problem
        assert "Traceback" not in problem.message
        assert HINT.search(problem.message) or problem.message == "is missing", problem


def test_that_a_fault_is_told_in_a_sentence_and_never_as_a_traceback(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "log", Mock())
    window = QWidget()
    qtbot.addWidget(window)
    made = Faults(window)
    said: list[str] = []
    made.said.connect(said.append)
    made._uncaught(KeyError, KeyError(), None)
    (report,) = window.findChildren(Report)
    assert report.reason.text() == "KeyError"
    assert report.advice.text()
    assert said == ["Something went wrong inside vgviewer. KeyError"]
    report.accept()
    assert in_words(RuntimeError("a\nb " + "x" * 1000)).startswith("RuntimeError: a b x")
    assert len(in_words(RuntimeError("x" * 1000))) < 350


def test_that_a_run_that_failed_says_what_to_do_next(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = Banner(window)
    line.say("Training stopped: the loss is not finite.", "Traceback …")
    line.show_details()
    (report,) = window.findChildren(Report)
    assert report.advice.text() == banner.ADVICE
    assert "press Train again" in banner.ADVICE
    report.accept()
