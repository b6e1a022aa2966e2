"""U68: numbers with the user's locale in widgets, always '.' in files."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.app.filled import filled_window, settle
from tests.app.test_inspector import enter, row
from tests.app.windows import make_window
from vgviewer.app.figure import render_view
from vgviewer.app.numerals import as_in_files, counted, localized_words, meanings, number_text, read_number
from vgviewer.app.picture.colorbar import Colorbar
from vgviewer.app.picture.plot import Plot
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


WITH_POINT = re.compile(r"\d\.\d")


def words_on(window: Window) -> list[str]:
    """All that labels, buttons, axes, colorbars and descriptions say."""
    said: list[str] = []
    for widget in window.findChildren(QWidget):
        said += [widget.accessibleDescription(), widget.accessibleName(), widget.toolTip()]
        said += [str(widget.text())] if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else []
    for plot in window.findChildren(Plot):
        axes = [each["item"] for each in plot.plotItem.axes.values()]
        said += [words for axis in axes for level in getattr(axis, "_shown", []) for _, words in level]
    for bar in window.findChildren(Colorbar):
        said += [words for _, words in bar._ticks()]
    return said


def test_that_everything_on_the_screen_is_german_and_what_leaves_it_has_points(
    german: None, tmp_path: Path
) -> None:
    with filled_window(tmp_path) as window:
        views = window.desk.views
        captions = [
            view.caption_at(x, 0.5) for view in views.values() if view.isVisible() for x in (1.0, 4.0)
        ]
        said = [*words_on(window), *captions]
        window.desk.bring("curves")
        settle(window)
        said += words_on(window)
        pointed = [each for each in said if WITH_POINT.search(each)]
        assert not pointed
        assert "loss 0,200" in " ".join(said)
        assert any(re.search(r"\d,\d × 10", each) for each in captions)
        window.in_hand._copy_data(views["curves"])
        copied = QGuiApplication.clipboard().text()
        assert WITH_POINT.search(copied)
        assert not re.search(r"\d,\d", copied)
        figures = [tmp_path / "german.svg", tmp_path / "other.svg"]
        render_view("curves", window.live.history, figures[0])
        assert QLocale().name() == "de_DE"
        with as_in_files():
            render_view("curves", window.live.history, figures[1])
        assert figures[0].read_bytes() == figures[1].read_bytes()


def test_that_sentences_of_rooms_without_a_locale_are_shown_in_it(locale: str) -> None:
    is_german = locale == "de_DE"
    german_words, others = "After 1.250 steps 0,58 is left (1, 2).", "After 1,250 steps 0.58 is left (1, 2)."
    assert localized_words(others) == (german_words if is_german else others)


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
