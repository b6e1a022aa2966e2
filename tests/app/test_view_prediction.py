"""Prediction: what theory expects is drawn before any training, and what was measured beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app import runs_by_hand
from tests.app.shown import color_at, rgb, settle, showing
from tests.app.windows import make_window
from vgviewer.app.views import PredictionView, View
from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, History, Started
from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.tasks import Adding, Spirals
from vgviewer.theory import predict

Shown = Callable[[type[View], History | None], PredictionView]


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Shown]:
    with showing(qapp) as show:
        yield show


def deep(layers: int = 8) -> Experiment:
    """Tanh layers of one width."""
    chain = tuple(Dense(id=f"dense{i}", units=16, activation="tanh") for i in range(1, layers + 1))
    return Experiment(network=Network(layers=chain), task=Spirals())


def recurrent() -> Experiment:
    """An LSTM above a plain RNN, and a dense layer."""
    layers = (
        Rnn(id="rnn1", units=8),
        Lstm(id="lstm1", units=8),
        LastStep(id="last1"),
        Dense(id="dense1", units=4),
    )
    return Experiment(network=Network(layers=layers), task=Adding(length=20))


def told(view: PredictionView, experiment: Experiment) -> PredictionView:
    view.foresee(experiment)
    view.expect(predict(experiment))
    settle(view)
    return view


def run_of(experiment: Experiment, sizes: list[float]) -> History:
    """A run of that network in which the layers' outputs have gradients of these log10 sizes."""
    from vgviewer.frames import Site

    ids = [*(layer.id for layer in experiment.network.layers), "output"]
    sites = tuple(Site(name, "dense", has_weights=True) for name in ids)
    history = History(Started(sites, 0, 100, "accuracy"))
    history.append(Frame(0, 0.5, readings={"output_gradient": np.array(sizes, np.float32)}))
    return history


def test_that_without_a_run_the_expected_sizes_are_drawn_with_their_verdict(shown: Shown) -> None:
    experiment = deep()
    view = told(shown(PredictionView, None), experiment)
    assert view.missing() == ""
    assert view._pages.currentIndex() == 0
    prediction = predict(experiment)
    rows = view.table().rows
    assert [row[0] for row in rows] == [*(f"dense{i}" for i in range(1, 9)), "output"]
    np.testing.assert_allclose([row[1] for row in rows], prediction.sizes)
    assert {row[2] for row in rows} == {None}
    _, y = view._expected._line.getData()
    np.testing.assert_allclose(y, prediction.sizes)
    assert "Signal reaches" in view.header.sentence
    assert "Signal reaches" in view.accessibleDescription()


def test_that_the_numbers_behind_the_curve_are_those_of_the_theory(shown: Shown) -> None:
    experiment = deep()
    view = told(shown(PredictionView, None), experiment)
    settled = predict(experiment).places[3].settled
    assert settled is not None
    assert f"χ₁ {settled.chi:.3f}" in view.accessibleDescription()
    assert "depth scale" in view.accessibleDescription()
    assert view.caption_at(3.0, 0.0).startswith("dense4: expected ")
    assert f"χ₁ {settled.chi:.3f}" in view.caption_at(3.0, 0.0)
    assert view.layer_at(3.0, 0.0) == "dense4"
    assert view.caption_at(40.0, 0.0) == ""


def test_that_what_was_measured_stands_beside_it_in_another_color(shown: Shown) -> None:
    experiment = deep(2)
    view = told(shown(PredictionView, run_of(experiment, [-4.0, -2.0, -1.0])), experiment)
    assert [row[2] for row in view.table().rows] == [-3.0, -1.0, 0.0]
    assert "measured 0.10 of the output's" in view.caption_at(1.0, 0.0)
    assert color_at(view, 1.0, -1.0) == rgb(view.dress.curve)
    view.note_run(is_outdated=True, is_paused=False)
    settle(view)
    assert {row[2] for row in view.table().rows} == {None}  # of another network than is drawn


def test_that_a_run_of_other_layers_is_not_compared(shown: Shown) -> None:
    view = told(shown(PredictionView, run_of(deep(3), [-4.0, -2.0, -1.0, 0.0])), deep(2))
    assert {row[2] for row in view.table().rows} == {None}


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e38])
def test_that_measured_sizes_which_are_no_numbers_do_no_harm(shown: Shown, value: float) -> None:
    view = told(shown(PredictionView, run_of(deep(2), [value] * 3)), deep(2))
    assert not view.grab().isNull()
    assert len(view.table().rows) == 3


def test_that_nothing_arriving_stands_at_the_foot_in_the_color_of_zero(shown: Shown) -> None:
    view = told(shown(PredictionView, run_of(deep(2), [-np.inf, -2.0, -1.0])), deep(2))
    x, y = view._measured._zeros.getData()
    assert list(x) == [0.0]
    assert color_at(view, 0.0, y[0]) == rgb(view.dress.exact_zero)


def test_that_recurrent_layers_are_shown_through_time_by_choice(shown: Shown) -> None:
    experiment = recurrent()
    view = told(shown(PredictionView, None), experiment)
    memories = {memory.layer: memory for memory in predict(experiment).memories}
    assert view._way.value == "time"
    for layer in ("rnn1", "lstm1"):
        view.select(layer)
        settle(view)
        np.testing.assert_allclose([row[1] for row in view.table().rows], memories[layer].sizes)
        assert view.header.sentence.split(": ", 1)[1].startswith(f"{layer}: ")
        assert view.layer_at(5, 0) == layer
    constant = memories["lstm1"].time_constant
    assert f"forget gate {memories['lstm1'].gate:.2f}" in view.accessibleDescription()
    assert f"time constant {constant:.1f} timesteps" in view.accessibleDescription()
    assert view.caption_at(20.0, 0.0) == "lstm1, timestep 20: expected 1.0 of the last timestep's"


def test_that_what_is_missing_is_said(shown: Shown) -> None:
    view = shown(PredictionView, None)
    assert view.missing() == PredictionView.empty_text
    view.foresee(deep())
    assert "thinking" in view.missing()
    broken = Experiment(network=Network(layers=(Dense(id="dense1", units=2),)), task=Adding())
    assert broken.problems
    view.foresee(broken)
    assert "problems" in view.missing()
    told(view, deep(1))
    assert "nothing to say" in view.missing()
    assert not view.can_fill()


def test_that_a_copy_of_the_view_knows_what_it_knows(shown: Shown) -> None:
    view = told(shown(PredictionView, None), recurrent())
    view._way.choose("depth")
    other = shown(PredictionView, None)
    other.adopt(view)
    assert other.table().rows == view.table().rows
    thinking, copy = shown(PredictionView, None), shown(PredictionView, None)
    thinking.foresee(deep())
    copy.adopt(thinking)
    assert copy.missing() == thinking.missing() != other.empty_text


@pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen knows no least size
def test_that_the_window_tells_the_view_what_theory_expects(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path, runs_by_hand.HandRun)
    window.document.replace(recurrent(), None)
    view = window.desk.view("prediction")
    window.show()
    qtbot.waitUntil(lambda: not view.missing(), timeout=20_000)
    assert isinstance(view, PredictionView)
    first = view.table()
    window.document.replace(deep(), None)
    assert view._prediction is None  # of another network than is drawn
    qtbot.waitUntil(lambda: view._prediction is not None, timeout=20_000)
    view.refresh()
    assert view.table() != first


def test_that_title_and_sentence_tell_what_was_measured_beside_what_was_expected(shown: Shown) -> None:
    experiment = deep(2)
    view = told(shown(PredictionView, None), experiment)
    assert view.header.sentence.startswith("Expected before training: Signal reaches")
    view.set_history(run_of(experiment, [-4.0, -2.0, -1.0]))
    settle(view)
    assert view.header.sentence.startswith("Expected and measured: dense1 gets 0.010 of dense2's, expected ")
    view.note_run(is_outdated=True, is_paused=False)
    settle(view)
    assert view.header.sentence.startswith("Expected before training: Signal reaches")


def test_that_the_legend_covers_neither_the_line_of_one_percent_nor_a_curve(shown: Shown) -> None:
    experiment = Experiment(
        network=Network(layers=(Rnn(id="rnn1", units=64), LastStep(id="last1"))), task=Adding(length=100)
    )
    view = told(shown(PredictionView, None), experiment)
    words = view._words._item
    assert words.isVisible()
    box = words.mapToParent(words.boundingRect()).boundingRect()
    edge = 1.0 / (view.plot.data_size()[1] / abs(np.diff(view.plot.plotItem.vb.viewRange()[1])[0]))
    assert not box.top() - edge < -2.0 < box.bottom() + edge  # the line is as wide as it is drawn
    x, y = view._expected._line.getData()
    under = (x > box.left()) & (x < box.right())
    assert not ((y[under] > box.top()) & (y[under] < box.bottom())).any()
