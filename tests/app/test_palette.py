"""The palette: what can be built with, found by words, dragged or inserted by key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.palette import KIND, MIME, Palette, dragged_kind, ghost
from vgviewer.network import LAYERS, Layer


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document()


@pytest.fixture
def palette(qapp: QApplication, document: Document) -> Iterator[Palette]:
    theme.apply(qapp, theme.LIGHT)
    host = QWidget()  # without a layout: the offscreen platform warns about a window's least size
    host.resize(200, 600)
    host.show()
    palette = Palette(document, host)
    palette.resize(200, 600)
    palette.show()
    yield palette
    host.close()
    host.deleteLater()


def rows(palette: Palette) -> list[QModelIndex]:
    model = palette.list.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def kinds(palette: Palette) -> list[str]:
    return [index.data(KIND) for index in rows(palette) if index.data(KIND)]


def row_of(palette: Palette, kind: str) -> QModelIndex:
    return next(index for index in rows(palette) if index.data(KIND) == kind)


def test_that_every_layer_type_stands_below_its_group(palette: Palette) -> None:
    group, found = "", {}
    for index in rows(palette):
        if index.data(KIND):
            found[index.data(KIND)] = group
        else:
            group = index.data()
    assert found == {kind.model_fields["type"].default: kind.group for kind in LAYERS}
    assert list(dict.fromkeys(found.values())) == ["Recurrent", "Feed-forward", "Normalize", "Connect"]


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.label)
def test_that_every_layer_type_has_an_icon_and_tells_its_formula(palette: Palette, kind: type[Layer]) -> None:
    index = row_of(palette, kind.model_fields["type"].default)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert kind.formula in index.data(Qt.ItemDataRole.ToolTipRole)
    assert kind.summary in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_the_search_leaves_what_holds_its_words(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.search, "forget gate")
    assert kinds(palette) == ["lstm"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert len(kinds(palette)) == len(LAYERS)


def test_that_a_search_without_a_find_says_so(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.search, "xyzzy")
    assert not palette.list.isVisible()
    assert palette.nothing.isVisible()


def test_that_enter_in_the_search_adds_the_first_find(
    qtbot: QtBot, palette: Palette, document: Document
) -> None:
    qtbot.keyClicks(palette.search, "batch")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert [layer.type for layer in document.experiment.network.layers] == ["batch_norm"]


def test_that_enter_in_an_untouched_search_adds_nothing(
    qtbot: QtBot, palette: Palette, document: Document
) -> None:
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert document.experiment.network.layers == ()


def test_that_arrow_keys_pass_over_the_heads_of_groups(
    qtbot: QtBot, palette: Palette, document: Document
) -> None:
    palette.search.setFocus()
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    recurrent = [kind for kind in LAYERS if kind.recurrent]
    for _ in recurrent:
        qtbot.keyClick(palette.list, Qt.Key.Key_Down)
    assert palette.list.currentIndex().data(KIND) == "dense"
    qtbot.keyClick(palette.list, Qt.Key.Key_Return)
    assert [layer.type for layer in document.experiment.network.layers] == ["dense"]


def test_that_a_double_click_adds_behind_the_selected_layer(
    qtbot: QtBot, palette: Palette, document: Document
) -> None:
    for kind in ("rnn", "last_step"):
        document.insert_layer(kind, len(document.experiment.network.layers))
    document.select("rnn1")
    spot = palette.list.visualRect(row_of(palette, "gru")).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [layer.id for layer in document.experiment.network.layers] == ["rnn1", "gru1", "laststep1"]
    assert document.selected == "gru1"


def test_that_a_drag_carries_the_type_and_shows_a_block(palette: Palette) -> None:
    data = palette.list.model().mimeData([row_of(palette, "lstm")])
    assert data.formats() == [MIME]
    assert dragged_kind(data) == "lstm"
    assert not ghost("LSTM", 2.0).isNull()


def test_that_a_drag_of_something_else_is_no_layer(qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("lstm")
    assert dragged_kind(data) == ""
    data.setData(MIME, b"\xff<b>teapot</b>")
    assert dragged_kind(data) == ""
