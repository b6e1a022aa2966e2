"""U68: numbers with the user's locale in widgets, always '.' in files."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.app.test_inspector import enter, row
from tests.app.windows import make_window
from vgviewer.app.numerals import counted, meanings, number_text, read_number
from vgviewer.app.window import Window
from vgviewer.experiment import dumps, find, load, loads
from vgviewer.experiment.knobs import knobs

Show = Callable[[], Window]


@pytest.fixture(params=["de_DE", "en_US"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def show(german: None, qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""
    return partial(shown, qtbot, tmp_path)


def shown(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.replace(load(find("lstm-default")), None)
    window.document.select("training")
    window.show()
    return window


def text_of(window: Window, path: str) -> str:
    field = row(window.desk.inspector, path).field
    assert isinstance(field, QLineEdit)
    return field.text()


def test_that_a_field_shows_a_comma_and_the_file_has_a_point(show: Show, tmp_path: Path) -> None:
    window = show()
    for typed in ("0,05", "0.05"):
        window.document.change("training", {"optimizer.lr": 0.5})
        enter(window.desk.inspector, "optimizer.lr", typed)
        assert window.document.experiment.training.optimizer.lr == 0.05
        assert text_of(window, "optimizer.lr") == "0,05"
    path = tmp_path / "saved.vgnet.json"
    window.document.save(path)
    assert '"lr": 0.05' in path.read_text()
    assert loads(dumps(window.document.experiment), "file") == window.document.experiment


def test_that_what_is_shown_reads_back_as_it_was(show: Show) -> None:
    window = show()
    before = window.document.experiment
    for place in ("lstm1", "training", "output", "input", "alert thresholds"):
        window.document.select(place)
        assert window.desk.inspector.sheet is not None
        for each in window.desk.inspector.sheet.rows:
            if isinstance(each.field, QLineEdit):
                each.field.editingFinished.emit()
    assert window.document.experiment == before


def test_that_knobs_and_counts_are_german_too(show: Show) -> None:
    window = show()
    experiment = window.document.experiment
    window.desk.inspector.show_knobs(experiment, knobs(experiment))
    assert window.desk.inspector.knobs.edits["lr"].text() == "0,002"
    window.document.select("lstm1")
    assert window.desk.inspector.count.text() == "17.408 parameters"


def test_that_a_half_is_never_fifteen(locale: str) -> None:
    for typed in ("1,5", "1.5"):
        assert read_number(typed, whole=False) == 1.5
        assert read_number(typed, whole=True) == typed  # no whole number: left to be refused
    assert read_number("1 5", whole=False) == "1 5"


def test_that_a_mark_before_three_digits_is_read_as_the_locale_has_it_or_not_at_all(locale: str) -> None:
    own, other = ("1,500", "1.500") if locale == "de_DE" else ("1.500", "1,500")
    assert read_number(own, whole=False) == 1.5
    assert read_number(other, whole=False) == other
    assert read_number(other, whole=True) == 1500
    assert read_number(own, whole=True) == own
    half = "1,5" if locale == "de_DE" else "1.5"
    assert meanings(other) == f"{other} may mean 1500 or {half}: write one of them."
    for typed in ("1.234,5", "1,234.5"):
        assert read_number(typed, whole=False) == 1234.5
    assert read_number("1 500 000", whole=True) == 1_500_000


def test_that_a_number_of_two_meanings_is_refused_with_both(show: Show) -> None:
    window = show()
    before = window.document.experiment
    enter(window.desk.inspector, "optimizer.lr", "1.500")
    assert window.document.experiment is before
    assert text_of(window, "optimizer.lr") == "1.500"
    assert "1.500 may mean 1500 or 1,5" in row(window.desk.inspector, "optimizer.lr").reason.text()


def test_that_numbers_are_written_as_the_locale_has_them(locale: str) -> None:
    is_german = locale == "de_DE"
    assert number_text(0.25) == ("0,25" if is_german else "0.25")
    assert number_text(1e-5) == "1e-5"
    assert number_text(2.5e-7) == ("2,5e-7" if is_german else "2.5e-7")
    assert counted(17152) == ("17.152" if is_german else "17,152")
    for value in (0.1, 1e-5, 2.5e-7, 1000, 123456.789, 1.5, -0.001):
        assert read_number(number_text(value), whole=False) == value
