"""Looking closely leaves no trace in the run."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.cases import ECHO, GRU, LAST, LSTM, RNN, SPIRALS, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.frames.inspections import Answers, HopAccounts, Jacobians, Reach

DROPOUT, NORM = layer("dropout", p=0.3), layer("batch_norm")
DENSE = layer("dense", units=6, activation="relu", weight_norm=True)
RUNS = {
    "everything at once": preset(LSTM, DROPOUT, NORM, GRU, LAST, DENSE, layer("dropout", 2)),
    "a loss at every step": preset(LSTM, DROPOUT, GRU, task=ECHO),
    "an orthogonal layer": preset({**RNN, "parametrization": "orthogonal"}, LAST),
    "vectors": preset(DENSE, NORM, DROPOUT, task=SPIRALS),
}


def traces(trainer: engine.Trainer) -> dict[str, Any]:
    """Everything that the next steps depend on, and what the last one has left behind."""
    net = trainer.net
    tensors = dict(net.state_dict())
    for place, part in net.parts.items():
        tensors |= {f"{place} weight {name}": value for name, value in part.weights.items()}
        tensors |= {f"{place} {name}": value for name, value in vars(part).items() if torch.is_tensor(value)}
        tape = getattr(part, "tape", None)
        for name in ("states", "state_gradient", "cell", "cell_gradient", "arriving", "delta_hidden"):
            if getattr(tape, name, None) is not None:
                tensors[f"{place} tape {name}"] = getattr(tape, name)
        if "rng" in vars(part):
            tensors[f"{place} rng"] = part.rng.get_state()
    tensors |= {f"output {place}": value for place, value in net.outputs.items()}
    return {name: value.detach().numpy().copy() for name, value in tensors.items()} | {
        "training": net.training
    }


def losses(case: Preset, kinds: tuple[str, ...]) -> list[float]:
    """Of eight steps, with these inspections between each two and before the first."""
    trainer = engine.Trainer(experiment_of(case))
    found = []
    for _ in range(8):
        for kind in kinds:
            before = traces(trainer)
            assert INSPECTIONS[kind](trainer).step == trainer.step
            for name, value in traces(trainer).items():
                np.testing.assert_array_equal(value, before[name], err_msg=name)
        found.append(trainer.advance()[0].loss)
    return [*found, trainer.measure()]


@pytest.mark.parametrize("name", RUNS)
def test_that_a_run_with_inspections_is_the_same_run_to_the_bit(name: str) -> None:
    assert losses(RUNS[name], tuple(INSPECTIONS)) == losses(RUNS[name], ())


def test_that_each_kind_answers_with_its_own_form() -> None:
    trainer = engine.Trainer(experiment_of(RUNS["a loss at every step"]))
    forms = {kind: type(inspect(trainer)) for kind, inspect in INSPECTIONS.items()}
    assert forms == {"reach": Reach, "jacobians": Jacobians, "hops": HopAccounts, "answers": Answers}


@pytest.mark.parametrize("kind", INSPECTIONS)
def test_that_a_network_whose_numbers_are_not_finite_is_told_as_it_is(kind: str) -> None:
    trainer = engine.Trainer(experiment_of(RUNS["a loss at every step"]))
    with torch.no_grad():
        for value in trainer.net.parameters():
            value.fill_(torch.nan)
    match INSPECTIONS[kind](trainer):
        case Reach(layers=layers):
            assert all(np.isposinf(one.states[-1]).all() and np.isnan(one.shares).all() for one in layers)
        case HopAccounts(time=time, depth=depth):
            assert all(np.isnan(hops.gain).all() for hops in (*time, *depth))
        case Jacobians(recurrent=recurrent, dense=dense):
            assert all(np.isnan(one.singular).all() for one in (*recurrent, *dense))
            assert all(np.isnan(block.spectral_radius) for one in recurrent for block in one.blocks)
        case Answers(answers=answers):
            assert np.isnan(answers).all()


@pytest.mark.parametrize("kind", INSPECTIONS)
def test_that_the_smallest_networks_can_be_looked_at(kind: str) -> None:
    task = {"type": "fixed", "inputs": [[1.0]], "targets": [[1.0]]}
    assert INSPECTIONS[kind](engine.Trainer(experiment_of(preset(task=task)))).step == 0
    once = {"type": "fixed", "inputs": [[[1.0]]], "targets": [[[1.0]]]}
    for one in (RNN, LSTM, GRU):
        assert INSPECTIONS[kind](engine.Trainer(experiment_of(preset(one, task=once)))).step == 0
