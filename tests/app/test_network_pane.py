"""The lines above the network: what is set where, and what the strips at the blocks are."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.app.canvases import three_layers
from vgviewer.app import accessible, theme
from vgviewer.app.editor.key import TOLD
from vgviewer.app.editor.network_pane import NARROW, NetworkPane


@pytest.fixture
def pane(qapp: QApplication) -> Iterator[NetworkPane]:
    accessible.install()  # as every window does, so that a screen reader finds the blocks
    theme.apply(qapp, theme.LIGHT)
    host = QWidget()
    host.resize(900, 300)
    host.show()
    made = NetworkPane(three_layers(), host)
    made.resize(900, 300)
    made.show()
    yield made
    host.close()
    host.deleteLater()


def test_that_the_key_names_the_strips_that_are_seen(pane: NetworkPane) -> None:
    assert pane.key.isHidden()
    pane.canvas.set_expected({"rnn1": -3.0})
    assert pane.key.words == ("expected",)
    pane.canvas.set_tints({"rnn1": -2.0})
    assert pane.key.words == ("expected", "measured")
    assert pane.key.isVisible()
    assert pane.key.toolTip() == TOLD
    pane.canvas.set_expected({})
    assert pane.key.words == ("measured",)


def test_that_a_tooltip_of_a_block_says_which_strip_is_which(pane: NetworkPane) -> None:
    pane.canvas.set_expected({"rnn1": -3.0})
    pane.canvas.set_tints({"rnn1": -2.0})
    tip = pane.canvas.diagram.tip("rnn1")
    assert "measured (solid)" in tip
    assert "expected (hatched)" in tip


def test_that_a_narrow_pane_keeps_its_three_buttons(pane: NetworkPane) -> None:
    pane.canvas.set_tints({"rnn1": -2.0})
    pane.resize(NARROW - 1, 300)
    assert pane.key.isHidden()
    for button in (pane.task, pane.training, pane.thresholds):
        assert button.isVisible()
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())
