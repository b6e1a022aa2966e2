"""The inspector: an editor for every field, one undo step for a change, a refused value with its reason."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.app.inspectors import shown_inspector
from vgviewer.app.document import Document
from vgviewer.app.editor.inspector import Inspector
from vgviewer.app.editor.sheet import Row
from vgviewer.app.editor.starts import start_settings
from vgviewer.experiment import Training
from vgviewer.network import LAYERS, Layer, Output
from vgviewer.settings import Settings
from vgviewer.tasks import TASKS, Task


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    document = Document()
    document.insert_layer("rnn", 0)
    document.insert_layer("lstm", 1)
    document.select("rnn1")
    return document


@pytest.fixture
def inspector(qapp: QApplication, document: Document) -> Iterator[Inspector]:
    with shown_inspector(qapp, document) as shown:
        yield shown


def row(inspector: Inspector, path: str) -> Row:
    found = inspector.sheet.row(path) if inspector.sheet is not None else None
    assert found is not None, path
    return found


def enter(inspector: Inspector, path: str, text: str) -> QWidget:
    """Types into the field of that path as a person would."""
    field = row(inspector, path).field
    assert isinstance(field, QLineEdit | QSpinBox)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field


def pick(inspector: Inspector, path: str, word: str, outer: bool = False) -> None:
    """Chooses a word in the combo of that path; `outer`: the choice among forms rather than within one."""
    rows = inspector.sheet.rows if inspector.sheet is not None else []
    found = next(r for r in rows if r.entry.path == path) if outer else row(inspector, path)
    assert isinstance(found.field, QComboBox)
    choose(found.field, word)


def choose(combo: QComboBox, word: str) -> None:
    index = combo.findText(word)
    assert index >= 0, [combo.itemText(i) for i in range(combo.count())]
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def wanted(model: type[Settings]) -> set[str]:
    names = {field.serialization_alias or name for name, field in model.model_fields.items()}
    return names - {"type"}  # which is chosen a level above


def shown(inspector: Inspector) -> set[str]:
    return {row.entry.path for row in inspector.sheet.rows} if inspector.sheet is not None else set()


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.label)
def test_that_every_layer_type_has_an_editor_for_each_field(
    inspector: Inspector, document: Document, kind: type[Layer]
) -> None:
    document.insert_layer(kind, 1)
    assert shown(inspector) == wanted(kind)


@pytest.mark.parametrize("kind", TASKS, ids=lambda kind: kind.label)
def test_that_every_task_has_an_editor_for_each_field(
    inspector: Inspector, document: Document, kind: type[Task]
) -> None:
    document.change_task(kind.model_validate(start_settings(kind)))
    document.select("input")
    assert shown(inspector) == wanted(kind)


@pytest.mark.parametrize(("place", "model"), [("training", Training), ("output", Output)])
def test_that_training_and_output_have_an_editor_for_each_field(
    inspector: Inspector, document: Document, place: str, model: type[Settings]
) -> None:
    document.select(place)
    assert shown(inspector) == wanted(model)


@pytest.mark.parametrize("place", ["rnn1", "lstm1", "output", "training", "input"])
def test_that_every_field_has_a_name_and_help(inspector: Inspector, document: Document, place: str) -> None:
    document.select(place)
    assert inspector.sheet is not None
    for found in inspector.sheet.rows:
        assert found.field.accessibleName()
        assert found.field.toolTip()
        assert found.entry.path in found.field.whatsThis()


def test_that_a_change_is_one_step(inspector: Inspector, document: Document) -> None:
    count = document.undo.count()
    enter(inspector, "units", "64")
    assert document.experiment.network.layers[0].caption == "64 units, tanh"
    assert document.undo.count() == count + 1
    assert document.undo.undoText() == "Change units of rnn1 to 64"
    document.undo.undo()
    field = row(inspector, "units").field
    assert isinstance(field, QSpinBox)
    assert field.value() == 32


def test_that_a_refused_value_stays_with_its_reason(inspector: Inspector, document: Document) -> None:
    before = document.experiment
    field = enter(inspector, "units", "5000")
    units = row(inspector, "units")
    assert isinstance(field, QSpinBox)
    assert field.value() == 5000
    assert units.reason.isVisible()
    assert units.reason.text().startswith("Must be between 1 and")
    assert field.property("invalid") is True
    assert document.experiment is before
    document.change("lstm1", {"units": 9})  # an edit elsewhere does not take it away
    assert field.value() == 5000
    enter(inspector, "units", "50")
    assert not units.reason.isVisible()
    assert field.property("invalid") is False


@pytest.mark.parametrize("text", ["12.5", "1e3", "abc", " ", "99999999999999"])
def test_that_what_is_no_whole_number_stays_with_its_reason(
    inspector: Inspector, document: Document, text: str
) -> None:
    before = document.experiment
    field = enter(inspector, "units", text)
    assert isinstance(field, QSpinBox)
    assert field.text() == text
    assert row(inspector, "units").reason.isVisible()
    assert document.experiment is before
    enter(inspector, "units", "50")
    assert document.experiment.network.layers[0].caption == "50 units, tanh"
    assert field.text() == "50"


def test_that_typing_the_old_value_again_ends_the_complaint(inspector: Inspector, document: Document) -> None:
    enter(inspector, "units", "5000")
    enter(inspector, "units", "32")
    assert not row(inspector, "units").reason.isVisible()


def test_that_a_refused_value_is_gone_when_another_layer_is_shown(
    inspector: Inspector, document: Document
) -> None:
    document.insert_layer("rnn", 2)
    document.select("rnn1")
    enter(inspector, "units", "5000")
    document.select("rnn2")
    field = row(inspector, "units").field
    assert isinstance(field, QSpinBox)
    assert field.value() == 32
    assert not row(inspector, "units").reason.isVisible()


@pytest.mark.parametrize(
    ("text", "reason"), [("abc", "Must be a number"), ("-1", "Must be"), ("nan", "finite"), ("", "number")]
)
def test_that_a_learning_rate_that_is_none_is_refused(
    inspector: Inspector, document: Document, text: str, reason: str
) -> None:
    document.select("training")
    field = row(inspector, "optimizer.lr").field
    assert isinstance(field, QLineEdit)
    field.setText(text)
    field.editingFinished.emit()
    assert reason in row(inspector, "optimizer.lr").reason.text()
    assert field.text() == text


@pytest.mark.parametrize(("text", "value"), [("1e-3", 0.001), ("0,5", 0.5), (" 3 ", 3.0)])
def test_that_a_learning_rate_is_read_in_any_notation(
    inspector: Inspector, document: Document, text: str, value: float
) -> None:
    document.select("training")
    enter(inspector, "optimizer.lr", text)
    assert document.experiment.training.optimizer.lr == value


def test_that_choosing_another_optimizer_shows_its_settings(inspector: Inspector, document: Document) -> None:
    document.select("training")
    pick(inspector, "optimizer", "adam", outer=True)
    assert document.experiment.training.optimizer.type == "adam"
    enter(inspector, "optimizer.beta1", "0.5")
    assert document.undo.undoText() == "Change β₁ of training to 0.5"
    document.undo.undo()
    document.undo.undo()
    assert inspector.sheet is not None
    assert inspector.sheet.row("optimizer.beta1") is None


def test_that_a_number_or_nothing_can_be_chosen(inspector: Inspector, document: Document) -> None:
    document.select("training")
    pick(inspector, "truncate", "number", outer=True)
    assert document.experiment.training.truncate == 1
    enter(inspector, "truncate", "20")
    assert document.experiment.training.truncate == 20
    pick(inspector, "truncate", "none", outer=True)
    assert document.experiment.training.truncate is None


def test_that_a_forget_bias_can_be_a_number_or_drawn(inspector: Inspector, document: Document) -> None:
    document.select("lstm1")
    pick(inspector, "forget_bias", "number", outer=True)
    enter(inspector, "forget_bias", "-2.5")
    assert document.part("lstm1").model_dump()["forget_bias"] == -2.5
    pick(inspector, "forget_bias", "chrono", outer=True)
    enter(inspector, "forget_bias.t_max", "50")
    assert document.part("lstm1").model_dump()["forget_bias"] == {"type": "chrono", "t_max": 50}


def test_that_a_recurrent_matrix_is_kept_orthogonal_by_one_choice(
    inspector: Inspector, document: Document
) -> None:
    field = row(inspector, "parametrization").field
    assert isinstance(field, QComboBox)
    assert [field.itemText(i) for i in range(field.count())] == ["orthogonal", "none"]
    assert field.currentText() == "none"
    choose(field, "orthogonal")
    assert document.part("rnn1").model_dump()["parametrization"] == "orthogonal"
    assert field.currentText() == "orthogonal"
    assert "parametrization" in shown(inspector)
    assert row(inspector, "parametrization").inner is None
    choose(field, "none")
    assert document.part("rnn1").model_dump()["parametrization"] is None


def test_that_peepholes_are_switched_on(inspector: Inspector, document: Document) -> None:
    document.select("lstm1")
    before = document.experiment.flow.parameters("lstm1")
    field = row(inspector, "peephole").field
    assert isinstance(field, QCheckBox)
    field.click()
    assert document.part("lstm1").model_dump()["peephole"] is True
    assert document.experiment.flow.parameters("lstm1") == before + 3 * 32


def test_that_early_stopping_is_switched_on_with_its_settings(
    inspector: Inspector, document: Document
) -> None:
    document.select("training")
    pick(inspector, "early_stopping", "on", outer=True)
    enter(inspector, "early_stopping.patience", "9")
    assert document.experiment.training.early_stopping is not None
    assert document.experiment.training.early_stopping.patience == 9


def test_that_stepping_through_numbers_is_one_step_to_undo(inspector: Inspector, document: Document) -> None:
    count = document.undo.count()
    field = row(inspector, "units").field
    field.setFocus()
    for _ in range(5):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert document.experiment.network.layers[0].caption == "37 units, tanh"
    assert document.undo.count() == count + 1
    document.undo.undo()
    assert document.experiment.network.layers[0].caption == "32 units, tanh"


def test_that_stepping_stays_within_the_limits(inspector: Inspector, document: Document) -> None:
    enter(inspector, "units", "1")
    QTest.keyClick(row(inspector, "units").field, Qt.Key.Key_Down)
    assert document.experiment.network.layers[0].caption == "1 units, tanh"


def test_that_renaming_keeps_the_editors(inspector: Inspector, document: Document) -> None:
    sheet = inspector.sheet
    enter(inspector, "id", "cell")
    assert document.selected == "cell"
    assert inspector.sheet is sheet


def test_that_a_name_in_use_is_refused_in_words(inspector: Inspector, document: Document) -> None:
    field = enter(inspector, "id", "lstm1")
    assert isinstance(field, QLineEdit)
    assert field.text() == "lstm1"
    assert "unique" in row(inspector, "id").reason.text()


def test_that_a_source_is_chosen_among_what_stands_before(inspector: Inspector, document: Document) -> None:
    document.insert_layer("skip", 1)
    combo = row(inspector, "from").field
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(i) for i in range(combo.count())] == ["input", "rnn1"]
    document.change("skip1", {"from": "nobody"})
    assert combo.currentText() == "nobody (missing)"
    choose(combo, "input")
    assert document.part("skip1").model_dump()["from"] == "input"
    assert [combo.itemText(i) for i in range(combo.count())] == ["input", "rnn1"]


def test_that_the_task_is_chosen_when_the_input_is_selected(inspector: Inspector, document: Document) -> None:
    document.select("input")
    choose(inspector.task.combo, "Two spirals")
    assert document.experiment.task.label == "Two spirals"
    assert shown(inspector) == {"noise"}
    document.select("rnn1")
    assert not inspector.task.isVisible()


def test_that_two_fields_that_fit_only_together_can_be_changed_one_by_one(
    inspector: Inspector, document: Document
) -> None:
    document.select("input")
    enter(inspector, "lag", "50")
    assert "smaller than length" in row(inspector, "lag").reason.text()
    enter(inspector, "length", "100")
    assert document.experiment.task.model_dump() == {"type": "delayed_echo", "lag": 50, "length": 100}
    assert not row(inspector, "lag").reason.isVisible()


def test_that_samples_are_edited_as_json(inspector: Inspector, document: Document) -> None:
    document.select("input")
    choose(inspector.task.combo, "Fixed samples")
    for path, text in (("inputs", "[[1, 2], [3, 4]]"), ("targets", "[0, 1]")):
        field = row(inspector, path).field
        assert isinstance(field, QPlainTextEdit)
        field.setPlainText(text)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert document.experiment.task.model_dump()["targets"] == [0, 1]
    field = row(inspector, "inputs").field
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("[[1, 2")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "list" in row(inspector, "inputs").reason.text()
    assert field.toPlainText() == "[[1, 2"


def test_that_the_problems_of_the_place_stand_on_top(inspector: Inspector, document: Document) -> None:
    place = document.insert_layer("skip", 1)
    document.change(place, {"from": "nobody"})
    assert "There is no earlier layer nobody" in inspector.problems.text()
    document.select("training")
    document.change("training", {"loss": "cross_entropy"})
    assert "class labels" in inspector.problems.text()
    document.undo.undo()
    assert not inspector.problems.isVisible()


def test_that_the_head_names_the_layer_and_counts_its_parameters(
    inspector: Inspector, document: Document
) -> None:
    assert inspector.head.text() == "rnn1"
    assert inspector.count.text() == "1,120 parameters"  # 32·1 + 32·32 + 2·32


def test_that_the_keyboard_lands_on_the_first_setting(inspector: Inspector, document: Document) -> None:
    inspector.setFocus()
    assert row(inspector, "units").field.hasFocus()
    document.select("training")
    inspector.setFocus()
    assert row(inspector, "steps").field.hasFocus()


def test_that_a_field_left_half_written_changes_no_other_layer(
    inspector: Inspector, document: Document
) -> None:
    field = row(inspector, "units").field
    assert isinstance(field, QLineEdit | QSpinBox)
    inspector.window().activateWindow()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "12")
    document.insert_layer("dropout", 1)  # its fields take the place of these
    assert document.selected == "dropout1"
    assert [problem.message for problem in document.experiment.problems if "dropout" in str(problem)] == []
    assert "dropout1" not in document.undo.undoText().removeprefix("Add dropout1")
