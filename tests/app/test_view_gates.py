"""Gates: how far each is open at each timestep, and what that means for the memory."""

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app.frames_by_hand import FEED_FORWARD, OUTPUT, T, detailed_history, uniform_history
from tests.app.shown import color_at, settle, showing
from vgviewer.app.views import Gates
from vgviewer.app.views.gates import time_constant
from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, History, Site
from vgviewer.network import Layer, Network
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.rnn import Rnn
from vgviewer.tasks.adding import Adding

GRU = (Site("gru1", "gru", recurrent=True, has_weights=True, gates=("r", "z", "n")), OUTPUT)
Show = Callable[[type[Gates], History | None], Gates]


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    with showing(qapp) as shown:
        yield shown


def drawn(layer: Layer) -> Experiment:
    return Experiment(network=Network(layers=(layer,)), task=Adding())


def test_that_each_gate_is_colored_by_its_place_in_its_own_range(show: Show) -> None:
    view = show(Gates, detailed_history())
    assert view.names == ("input i", "forget f", "candidate g", "output o")
    for row, part in ((1, 0.9), (2, 0.25)):  # the candidate's −0.5 is a quarter of the way from −1 to 1
        assert color_at(view, 50, row + 0.5) == tuple(view.scale.colors(np.array([part]))[0][:3])
    assert not view.scale.log10


def test_that_gradients_are_shown_by_choice(show: Show) -> None:
    view = show(Gates, detailed_history())
    view._what.choose("gate_gradient")
    settle(view)
    assert color_at(view, 50, 2.5) == tuple(view.scale.colors(np.array([-1.0]))[0][:3])
    assert not any(item.isVisible() for item in view._row_words._items)  # they would be the gates' own
    assert view.caption_at(50, 2.5) == "lstm2, candidate g, timestep 50: 0.10"
    assert view.table().columns[1] == "i gradient log10"
    assert view.table().rows[0][1] == pytest.approx(-1.0)


def test_that_the_sentence_names_the_mean_forget_gate_and_its_time_constant(show: Show) -> None:
    view = show(Gates, detailed_history())
    told = "the forget gate of lstm2 lets through 0.90 on average, a time constant of 9.5 timesteps"
    assert view.header.sentence == f"Gates through time: {told}"
    assert "candidate g: mean -0.50, gradient mean 0.10" in view.accessibleDescription()


def test_that_a_gru_is_told_of_by_its_update_gate(show: Show) -> None:
    view = show(Gates, detailed_history(GRU, 20))
    assert view.names == ("reset r", "update z", "candidate n")
    assert "the update gate of gru1 lets through 0.90" in view.header.sentence


def test_that_the_value_under_the_pointer_comes_with_its_range(show: Show) -> None:
    view = show(Gates, detailed_history())
    assert view.caption_at(T, 1.5) == f"lstm2, forget f, timestep {T}: 0.90 (0 closed, 1 open)"
    assert view.caption_at(1, 2.5) == "lstm2, candidate g, timestep 1: -0.50 (−1 to 1)"
    assert view.caption_at(0, 2.5) == view.caption_at(1, 4.5) == ""
    assert view.layer_at(1, 2.5) == "lstm2"


def test_that_the_table_holds_the_values_themselves(show: Show) -> None:
    table = show(Gates, detailed_history()).table()
    assert table.columns == ("timestep", "i mean", "f mean", "g mean", "o mean")
    assert table.rows[-1][0] == T
    assert table.rows[-1][1:] == pytest.approx((0.9, 0.9, -0.5, 0.9))


def test_that_a_gate_that_is_open_or_closed_has_no_rate(show: Show) -> None:
    assert time_constant(1.0) == time_constant(1.2) == math.inf
    assert time_constant(0.0) == 0
    assert time_constant(1 / math.e) == pytest.approx(1.0)
    view = show(Gates, uniform_history(1.0))
    assert view.header.sentence.endswith("lets through 1.0 on average")


def test_that_a_frame_without_gates_leaves_the_rows_empty(show: Show) -> None:
    history = uniform_history(1.0, frames=1)
    history.append(Frame(1, 0.5))
    view = show(Gates, history)
    assert view.caption_at(1, 0.5).endswith("no value (0 closed, 1 open)")
    assert view.header.sentence == "Gates through time"


def test_that_a_network_without_gates_is_told_so_before_and_after_training(show: Show) -> None:
    view = show(Gates, None)
    view.foresee(drawn(Rnn(id="rnn1", units=2)))
    assert "no gated layer" in view.missing()
    assert not view.can_fill()
    view.foresee(drawn(Gru(id="gru1", units=2)))
    assert view.missing() == Gates.empty_text
    view.set_history(uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0))
    assert "no gated layer" in view.missing()


def test_that_each_row_ends_with_its_mean_on_its_own_range(show: Show) -> None:
    view = show(Gates, detailed_history())
    said = [item.toPlainText() for item in view._row_words._items]
    assert said == ["mean 0.90", "mean 0.90", "mean −0.50 (−1 to 1)", "mean 0.90"]
    assert all(item.isVisible() for item in view._row_words._items)
    view.resize(260, 150)
    settle(view)
    assert not any(item.isVisible() for item in view._row_words._items)  # they would cover the rows
