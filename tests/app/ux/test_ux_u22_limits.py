"""U22: limits explained, not hidden; a refused value stays in the field with the reason."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.app.test_inspector import enter, pick, row
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.experiment import find, load

Show = Callable[[], Window]

CASES = [
    ("lstm1", "units", "5000", "between 1 and 4096"),
    ("lstm1", "units", "0", "between 1 and 4096"),
    ("lstm1", "units", "many", "whole number"),
    ("lstm1", "id", "input", "reserved"),
    ("lstm1", "weight_init.gain", "1e9", "between -1e+06 and 1e+06"),
    ("training", "batch_size", "70000", "between 1 and 65536"),
    ("training", "optimizer.lr", "-1", "between 0 and 1e+30"),
    ("training", "optimizer.beta1", "1", "below 1"),
    ("training", "steps", "0", "between 1 and 10000000"),
    ("input", "length", "1", "between 2 and 4096"),
    ("input", "length", "12.5", "whole number"),
]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""
    return partial(shown, qtbot, tmp_path)


def shown(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.replace(load(find("lstm-default")), None)
    window.show()
    return window


def text_of(field: QWidget) -> str:
    assert isinstance(field, QLineEdit | QSpinBox)
    return field.text()


@pytest.mark.parametrize(("place", "path", "typed", "reason"), CASES)
def test_that_a_refused_value_stays_with_the_reason_and_the_limits(
    show: Show, qtbot: QtBot, place: str, path: str, typed: str, reason: str
) -> None:
    window = show()
    window.document.select(place)
    before = window.document.experiment
    field = enter(window.desk.inspector, path, typed)
    found = row(window.desk.inspector, path)
    assert window.document.experiment is before
    assert text_of(field) == typed
    assert reason in found.reason.text()
    qtbot.waitUntil(lambda: found.reason.isVisibleTo(window.desk.inspector))
    assert field.property("invalid") is True
    assert field.accessibleDescription() == found.reason.text()[0].lower() + found.reason.text()[1:]


def test_that_the_limits_of_a_field_can_be_read_before_they_are_broken(show: Show) -> None:
    window = show()
    assert "From 1 to 4,096 units." in row(window.desk.inspector, "units").field.toolTip()
    window.document.select("training")
    assert "From 1 to 65,536 samples." in row(window.desk.inspector, "batch_size").field.toolTip()


def test_that_a_threshold_of_an_alert_is_refused_like_any_other_value(show: Show) -> None:
    window = show()
    window.commands["thresholds"].trigger()
    pick(window.desk.inspector, "vanishing", "own threshold", outer=True)
    before = window.document.experiment
    assert before.alerts["vanishing"].ratio == 1e-3  # type: ignore[union-attr]
    field = enter(window.desk.inspector, "vanishing", "-3")
    assert text_of(field) == "-3"
    assert "above 0" in row(window.desk.inspector, "vanishing").reason.text()
    assert window.document.experiment is before
    enter(window.desk.inspector, "vanishing", "1e-6")
    assert window.document.experiment.alerts["vanishing"].ratio == 1e-6  # type: ignore[union-attr]
    assert window.document.undo.undoText() == "Change vanishing of alert thresholds to 1e-06"
