"""What can be turned while a network trains."""

from typing import Any

import pytest

from vgviewer.experiment import Experiment, Training
from vgviewer.experiment.knobs import KNOBS, idle, knobs, refusal
from vgviewer.experiment.training import Adam, ClipValue
from vgviewer.frames import Knob
from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.rnn import Rnn
from vgviewer.tasks import Adding

FULL = (Gru(id="gru1", units=4), Dropout(id="drop1", p=0.25), LastStep(id="last1"))
ORTHOGONAL = (Rnn(id="rnn1", units=4, parametrization="orthogonal"), LastStep(id="last1"))


def experiment(*layers: Any, **training: Any) -> Experiment:
    return Experiment(network=Network(layers=layers), task=Adding(length=10), training=Training(**training))


def test_that_knobs_begin_where_the_experiment_has_them() -> None:
    begun = knobs(experiment(*FULL, optimizer=Adam(lr=0.02), clip=ClipValue(value=3.0)))
    assert (begun.lr, begun.clip, begun.recurrent_gain, begun.dropout) == (0.02, 3.0, 1.0, 0.25)
    assert all(idle(experiment(*FULL), knob) == "" for knob in KNOBS)


def test_that_a_knob_with_nothing_to_act_on_says_so() -> None:
    flat = experiment(Dense(id="dense1", units=3))
    assert knobs(flat).recurrent_gain is None
    assert knobs(flat).dropout is None
    assert {knob: idle(flat, knob) for knob in KNOBS if idle(flat, knob)} == {
        "recurrent_gain": "no recurrent layer",
        "dropout": "no dropout layer",
    }
    assert idle(experiment(*ORTHOGONAL), "recurrent_gain") == "its W_hh stays orthogonal"
    assert refusal(flat, "dropout", 0.1) == "dropout: has nothing to act on, no dropout layer"


@pytest.mark.parametrize(
    ("knob", "value", "words"),
    [
        ("lr", -0.1, "lr: must be between 0 and 1e+30, is -0.1"),
        ("lr", 1e31, "lr: must be"),
        ("lr", float("nan"), "lr: must be a finite number"),
        ("clip", -1.0, "clip: must be between 0 and 1e+30, is -1.0"),
        ("recurrent_gain", 0.0, "recurrent_gain: must be above 0"),
        ("dropout", 1.0, "dropout: must be"),
    ],
)
def test_that_a_value_out_of_the_field_s_limits_is_refused_in_words(
    knob: Knob, value: float, words: str
) -> None:
    assert refusal(experiment(*FULL), knob, value).startswith(words)


@pytest.mark.parametrize(
    ("knob", "value"), [("lr", 0.0), ("clip", 1e30), ("recurrent_gain", 3), ("dropout", 0)]
)
def test_that_a_value_within_the_limits_is_taken(knob: Knob, value: float) -> None:
    assert refusal(experiment(*FULL), knob, value) == ""
