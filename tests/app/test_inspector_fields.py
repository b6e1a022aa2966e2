"""What the inspector says: whose fields they are, what happens without a value, and one column for all of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from tests.app.inspectors import shown_inspector
from vgviewer.app.document import Document
from vgviewer.app.editor.fields import ChoiceEdit
from vgviewer.app.editor.inspector import Inspector


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document()


@pytest.fixture
def inspector(qapp: QApplication, document: Document) -> Iterator[Inspector]:
    with shown_inspector(qapp, document) as shown:
        yield shown


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("lstm", "bias_init", "PyTorch's own"),
        ("lstm", "forget_bias", "as Bias init"),
        ("gru", "update_bias", "as Bias init"),
    ],
)
def test_that_what_is_drawn_without_an_initializer_is_not_called_none(
    inspector: Inspector, document: Document, kind: str, field: str, words: str
) -> None:
    document.insert_layer(kind, 0)
    row = inspector.sheet.row(field) if inspector.sheet is not None else None
    assert row is not None
    choice = row.field
    assert isinstance(choice, ChoiceEdit)
    assert choice.currentText() == words


def test_that_all_fields_begin_and_end_at_the_same_place(inspector: Inspector, document: Document) -> None:
    document.insert_layer("lstm", 0)
    inspector.resize(360, 900)
    QApplication.processEvents()
    assert inspector.sheet is not None
    rows = [row for row in inspector.sheet.rows if not isinstance(row.field, QCheckBox)]
    rows += [inner for row in rows if row.inner is not None for inner in row.inner.rows]
    fields = [row.field for row in rows]
    lefts = {field.mapTo(inspector, QPoint(0, 0)).x() for field in fields}
    rights = {field.mapTo(inspector, QPoint(field.width(), 0)).x() for field in fields}
    assert len(fields) > 6
    assert len(lefts) == len(rights) == 1


def test_that_of_several_layers_it_says_whose_settings_it_shows(
    inspector: Inspector, document: Document
) -> None:
    document.insert_layer("rnn", 0)
    document.insert_layer("lstm", 1)
    assert "alone" not in inspector._summary.text()
    document.mark(("rnn1", "lstm1"), "rnn1")
    assert inspector._summary.text().startswith("2 layers are chosen; what follows is rnn1's alone.\n")
    document.select("rnn1")
    assert "alone" not in inspector._summary.text()


def test_that_a_change_goes_to_all_chosen_layers_of_the_kind_in_one_step(
    inspector: Inspector, document: Document
) -> None:
    for index, kind in enumerate(("dense", "rnn", "dense", "dense")):
        document.insert_layer(kind, index)
    document.mark(("dense1", "rnn1", "dense3"), "dense3")
    assert inspector._summary.text().startswith(
        "3 layers are chosen; a change goes to the 2 of the same kind. What is shown is dense3's.\n"
    )
    before = document.undo.count()
    assert document.change("dense3", {"units": 7, "weight_init": {"type": "kaiming_normal"}}) == ()
    dense = {place: document.part(place).model_dump() for place in ("dense1", "dense2", "dense3")}
    assert [dense[place]["units"] for place in dense] == [7, 32, 7]
    assert dense["dense1"]["weight_init"] == dense["dense3"]["weight_init"] != dense["dense2"]["weight_init"]
    assert document.marked == ("dense1", "rnn1", "dense3")
    assert document.undo.count() == before + 1
    assert document.change("dense3", {"weight_init.gain": 2.0}) == ()
    assert document.part("dense1").model_dump()["weight_init"]["gain"] == 2.0
    assert document.undo.text(document.undo.index() - 1) == "Change gain of 2 layers to 2.0"
    assert document.change("dense3", {"units": 0})
    assert document.part("dense1").model_dump()["units"] == 7


def test_that_a_name_and_a_source_are_each_layer_s_own(document: Document) -> None:
    for index in range(3):
        document.insert_layer("dense", index)
    document.add_skip("dense1", "dense2")
    document.add_skip("dense1", "dense3")
    document.mark(("skip1", "skip2"), "skip2")
    assert document.change("skip2", {"from": "dense2"}) == ()
    assert document.part("skip1").model_dump(by_alias=True)["from"] == "dense1"
    assert document.change("skip2", {"id": "arc"}) == ()
    assert document.marked == ("skip1", "arc")
