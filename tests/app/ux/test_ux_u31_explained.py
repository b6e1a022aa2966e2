"""U31: tooltips with formula for every metric and hyper-parameter; 100 % of inputs have toolTip and whatsThis."""

from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.editor.explained import tooltip, whats_this
from vgviewer.app.editor.forms import Entry, entries
from vgviewer.app.editor.thresholds import AlertSettings
from vgviewer.app.export import ExportDialog
from vgviewer.app.glossary.terms import terms
from vgviewer.app.window import Window
from vgviewer.experiment import Training, find, load
from vgviewer.experiment.knobs import Knobs, knobs
from vgviewer.frames import QUANTITIES
from vgviewer.network import LAYERS, Output
from vgviewer.settings import Settings
from vgviewer.tasks import TASKS

INPUTS = (
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
)
SETTINGS: list[type[Settings]] = [*LAYERS, *TASKS, Training, Output, AlertSettings, Knobs]
# Settings that are no hyper-parameter of a formula: names, places, sizes of samples, what is computed where.
WITHOUT_FORMULA = {
    "id", "frozen", "units", "size", "weight_init", "recurrent_init", "bias_init", "sparsity", "from",
    "steps", "seed", "device", "early_stopping", "patience", "min_delta", "value", "limit", "std", "values",
}  # fmt: skip


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs and tooltips offscreen
Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""
    return partial(shown, qtbot, tmp_path)


def shown(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.replace(load(find("lstm-default")), None)
    window.show()
    return window


def inputs(place: QWidget) -> list[QWidget]:
    """What a person can enter something into; the parts that Qt makes such things of do not count."""
    found = [widget for kind in INPUTS for widget in place.findChildren(kind)]
    return [
        widget
        for widget in found
        if not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
        and not (isinstance(widget, QTextEdit | QPlainTextEdit) and widget.isReadOnly())
    ]


def unexplained(place: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.accessibleName()!r}"
        for widget in inputs(place)
        if not widget.toolTip() or not widget.whatsThis() or not widget.accessibleName()
    ]


def every_entry(model: type[Settings]) -> Iterator[Entry]:
    for entry in entries(model):
        yield entry
        for form in entry.forms:
            if form.settings is not None:
                yield from every_entry(form.settings)


def test_that_the_window_explains_every_input(show: Show) -> None:
    window = show()
    assert len(inputs(window)) > 10
    assert unexplained(window) == []


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.label)
def test_that_every_input_of_a_layer_is_explained(show: Show, kind: type) -> None:
    window = show()
    window.document.insert_layer(kind, 1)
    assert len(inputs(window.desk.inspector)) >= 1
    assert unexplained(window.desk.inspector) == []


@pytest.mark.parametrize("place", ["input", "output", "training", "alert thresholds"])
def test_that_every_input_of_task_output_training_and_alerts_is_explained(show: Show, place: str) -> None:
    window = show()
    window.document.select(place)
    assert unexplained(window.desk.inspector) == []


def test_that_every_knob_is_explained(show: Show) -> None:
    window = show()
    experiment = window.document.experiment
    for place in ("training", "lstm1"):
        window.document.select(place)
        window.desk.inspector.show_knobs(experiment, knobs(experiment))
        shown = inputs(window.desk.inspector)
        assert any("W_hh" in part.whatsThis() for part in shown)
        assert unexplained(window.desk.inspector) == []


def test_that_every_dialog_explains_its_inputs(show: Show) -> None:
    window = show()
    sheet, glossary = window.guide.show_keys(), window.glossary.show()
    window.settling.show()
    window.guide.find_command()
    export = ExportDialog(window)
    found = {dialog: unexplained(dialog) for dialog in (sheet, glossary, export, window)}
    assert [wrong for wrong in found.values() if wrong] == []
    for dialog in (sheet, glossary, export):
        dialog.close()


@pytest.mark.parametrize("model", SETTINGS, ids=lambda model: model.__name__)
def test_that_every_setting_says_what_it_means(model: type[Settings]) -> None:
    for entry in every_entry(model):
        assert len(entry.help) > 8, entry.path
        assert entry.help.endswith((".", ")")), entry.path


@pytest.mark.parametrize("model", [*LAYERS, Training, Output, AlertSettings, Knobs], ids=lambda m: m.__name__)
def test_that_every_hyper_parameter_has_its_formula(model: type[Settings]) -> None:
    missing = [entry.path for entry in every_entry(model) if not entry.note.formula]
    assert [path for path in missing if path not in WITHOUT_FORMULA] == []


@pytest.mark.parametrize("model", SETTINGS, ids=lambda model: model.__name__)
def test_that_a_formula_stands_in_the_tooltip_and_leads_to_the_glossary(model: type[Settings]) -> None:
    for entry in every_entry(model):
        assert entry.hint in unescape(tooltip(entry))
        assert entry.note.formula in unescape(tooltip(entry))
        assert bool(entry.note.formula) == ("<i>" in tooltip(entry))
        assert bool(entry.note.term) == ("href" in whats_this(entry))
        assert not entry.note.term or entry.note.term in terms()


@pytest.mark.parametrize("quantity", QUANTITIES.values(), ids=lambda quantity: quantity.name)
def test_that_every_metric_has_a_symbol_and_a_meaning(quantity) -> None:  # type: ignore[no-untyped-def]
    assert quantity.symbol
    assert quantity.meaning.endswith(".")
