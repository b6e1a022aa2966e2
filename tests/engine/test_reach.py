"""The matrix of every target timestep against every state timestep, compared with one unroll for each target."""

import importlib
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.engine.cases import DENSE, GRU, LAST, LSTM, RNN, Preset, fixed, layer, preset, wave
from tests.engine.comparison import experiment_of
from tests.engine.reference import Unrolled
from vgviewer import engine
from vgviewer.engine.gradients import everything
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.frames.inspections import LayerReach, Reach

Arrays = dict[str, np.ndarray]
ECHO = {"type": "delayed_echo", "lag": 3, "length": 9}
LABELS = fixed(wave(3, 7, 2), [[0, 1, 2, 0, 1, 2, 2], [1, 1, 0, 0, 2, 1, 0], [2, 0, 0, 1, 1, 2, 0]])
MANY = {
    "RNN": preset(RNN, task=ECHO),
    "relu RNN": preset({**RNN, "activation": "relu"}, task=ECHO),
    "LSTM": preset(LSTM, task=ECHO),
    "GRU": preset(GRU, task=ECHO),
    "a stack": preset(GRU, DENSE, LSTM, layer("rnn", 2, units=5), task=ECHO),
    "a skip": preset(RNN, layer("rnn", 2, units=12), layer("skip", **{"from": "rnn1"}), task=ECHO),
    "dropout": preset(layer("dropout", p=0.2), GRU, layer("dropout", 2, p=0.5), LSTM, task=ECHO),
    "batch norm": preset(RNN, layer("batch_norm"), LSTM, task=ECHO),
    "layer norm": preset(RNN, layer("layer_norm"), LSTM, task=ECHO),
    "truncated": preset(LSTM, GRU, task=ECHO, truncate=4),
    "scaled loss": preset(GRU, task=ECHO, loss_scale=1e6),
    "loss sum": preset(GRU, task=ECHO, loss="sum"),
    "labels": preset(LSTM, task=LABELS),
    "symbols": preset(
        layer("embedding", size=4), GRU, task={"type": "copy_memory", "delay": 2, "symbols": 3}
    ),
    "peepholes": preset({**LSTM, "peephole": True}, task=ECHO),
    "a leaky reservoir": preset(layer("echo_state", units=12, sparsity=0.5, leak=0.4), LSTM, task=ECHO),
    "an orthogonal RNN": preset({**RNN, "parametrization": "orthogonal"}, task=ECHO),
}
ONCE = {
    "RNN, once": preset(RNN, LAST),
    "LSTM, once": preset(LSTM, LAST, layer("dropout"), DENSE),
    "GRU, once": preset(GRU, layer("batch_norm"), LAST),
    "mean over time, once": preset(GRU, LSTM, layer("mean_over_time")),
}
CASES = MANY | ONCE


class OneTarget(Unrolled):
    """The part of L that belongs to one target timestep (from 1; None: all of L); W_hh is another at each timestep."""

    def __init__(self, case: Preset, arrays: Arrays, target: int | None) -> None:
        self.target = target
        self.used: dict[str, list[Tensor]] = {}
        super().__init__(case, arrays)

    def _loss(self, output: Tensor) -> Tensor:
        if self.target is None:
            return super()._loss(output)
        timesteps, at = output.shape[1], slice(self.target - 1, self.target)
        self.y = self.y[:, at]
        return super()._loss(output[:, at]) / timesteps

    def _recurrent(self, layer: Any, x: Tensor, cell: Any) -> Tensor:
        def with_weights_of_its_own(layer: Any, x: Tensor, state: Any, weights: Any) -> Any:
            weight_ih, weight_hh, *rest = weights
            own = 1 * weight_hh
            own.retain_grad()
            self.used.setdefault(layer["id"], []).append(own)
            return cell(layer, x, state, (weight_ih, own, *rest))

        return super()._recurrent(layer, x, with_weights_of_its_own)


def asked(case: Preset) -> tuple[Reach, Arrays]:
    """The reach of the first batch, and all arrays of the very same batch in double precision."""
    trainer = engine.Trainer(experiment_of(case))
    found = INSPECTIONS["reach"](trainer)
    assert isinstance(found, Reach)
    return found, everything(trainer, torch.float64)


def expected(case: Preset, arrays: Arrays, place: str, targets: np.ndarray) -> Arrays:
    """Slowly: one unroll for each row. `states`, `cells` are log10 sizes, `shares` as defined."""
    factor = 1 if case["training"].get("loss") == "sum" else len(arrays["x"])
    rows: dict[str, list[list[float]]] = {"output": [], "cell": [], "shares": []}
    whole = uses(OneTarget(case, arrays, None), place).sum(0)
    several = arrays["output/output"].ndim == 3  # an answer at every timestep
    for target in targets:
        one = OneTarget(case, arrays, int(target) if several else None)
        rows["shares"].append((uses(one, place) * whole).sum((1, 2)) / (whole**2).sum())
        for kind in ("output", "cell"):
            kept = one.kept.get(f"{kind}/{place}", [])
            sizes = [
                factor * float(x.grad.square().mean().sqrt()) if x.grad is not None else 0.0 for x in kept
            ]
            rows[kind].append(sizes)
    return {name: np.array(values) for name, values in rows.items()}


def uses(one: OneTarget, place: str) -> np.ndarray:
    """(T, G·H, H): the gradient of W_hh at each of its uses."""
    one.loss.backward()
    return np.stack([np.zeros(w.shape) if w.grad is None else w.grad.numpy() for w in one.used[place]])


@pytest.mark.parametrize("name", CASES)
def test_that_every_entry_is_that_of_an_unroll_of_one_target_alone(name: str) -> None:
    found, arrays = asked(CASES[name])
    assert found.layers
    for one in found.layers:
        slow = expected(CASES[name], arrays, one.layer, one.targets)
        later = np.arange(1, one.states.shape[1] + 1) > one.targets[:, None]
        assert_sizes(one.states, slow["output"], later, "batch norm" in name)
        if one.cells is not None:
            assert_sizes(one.cells, slow["cell"], later, "batch norm" in name)
        np.testing.assert_allclose(one.shares, slow["shares"], rtol=0, atol=1e-10)
        assert one.shares.sum() == pytest.approx(1, abs=1e-10)


def assert_sizes(found: np.ndarray, sizes: np.ndarray, later: np.ndarray, mixed: bool) -> None:
    """Exact to 1e-6 of the log; nothing where the timestep lies after the target, unless batch norm mixes them."""
    assert found.dtype == np.float32
    assert mixed or np.isnan(found[later]).all()
    with np.errstate(divide="ignore"):
        logs = np.log10(sizes)
    seen = np.ones_like(later) if mixed else ~later
    np.testing.assert_allclose(found[seen], logs[seen], rtol=1e-6, atol=1e-6)
    assert np.isfinite(found[seen]).any()


@pytest.mark.parametrize("name", MANY)
def test_that_there_is_a_row_for_each_target_timestep(name: str) -> None:
    found, arrays = asked(MANY[name])
    timesteps = arrays["x"].shape[1]
    for one in found.layers:
        assert one.targets.tolist() == list(range(1, timesteps + 1))
        assert one.states.shape == one.shares.shape == (timesteps, timesteps)
        assert (one.cells is not None) == one.layer.startswith("lstm")


@pytest.mark.parametrize("name", ONCE)
def test_that_a_single_answer_has_a_single_row(name: str) -> None:
    found, _ = asked(ONCE[name])
    for one in found.layers:
        assert one.targets.tolist() == [20]
        assert one.states.shape == (1, 20)


@pytest.mark.parametrize("name", ["LSTM", "dropout", "labels"])
def test_that_the_number_of_rows_at_a_time_does_not_matter(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, _ = asked(MANY[name])
    monkeypatch.setattr(importlib.import_module("vgviewer.engine.inspections.reach"), "MEMORY", 1)
    for one, other in zip(together.layers, asked(MANY[name])[0].layers, strict=True):
        np.testing.assert_allclose(one.states, other.states, rtol=1e-6)
        np.testing.assert_allclose(one.shares, other.shares, atol=1e-12)


def test_that_long_sequences_have_spread_targets_and_shares_of_their_loss() -> None:
    case = preset(RNN, task={"type": "delayed_echo", "lag": 5, "length": 300}, batch_size=2)
    found, arrays = asked(case)
    (one,) = found.layers
    assert len(one.targets) == 66
    assert one.targets[-1] == 300
    assert set(np.diff(one.targets)) == {4, 5}
    assert one.shares.sum() == pytest.approx(1, abs=1e-10)
    slow = expected(case, arrays, "rnn1", one.targets[20:21])
    later = np.arange(1, 301) > one.targets[20]
    assert_sizes(one.states[20:21], slow["output"], later[None], mixed=False)


def test_that_sizes_far_below_float32_are_seen() -> None:
    quiet = layer("rnn", units=8, recurrent_init={"type": "orthogonal", "gain": 1e-3})
    found, _ = asked(preset(quiet, LAST, task={"type": "adding", "length": 80}))
    sizes = found.layers[0].states[0]
    assert -250 < sizes[0] < -230
    assert np.ptp(np.diff(sizes)) < 0.5


def by_hand(shares: list[list[float]], targets: list[int]) -> LayerReach:
    sizes = np.zeros((len(shares), len(shares[0])), np.float32)
    return LayerReach("rnn1", np.array(targets), sizes, None, np.array(shares))


def test_that_the_long_range_share_is_from_more_than_that_many_timesteps_back() -> None:
    one = by_hand([[0.1, 0.2, 0.0, 0.0], [0.05, 0.15, 0.2, 0.3]], [2, 4])
    assert [one.long_range(lag) for lag in range(5)] == pytest.approx([0.5, 0.2, 0.05, 0.0, 0.0])
    assert one.timestep_shares() == pytest.approx([0.15, 0.35, 0.2, 0.3])


def test_that_arrays_cannot_be_changed() -> None:
    found, _ = asked(MANY["LSTM"])
    (one,) = found.layers
    assert one.cells is not None
    for array in (one.targets, one.states, one.cells, one.shares):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_that_a_network_without_memory_has_no_reach() -> None:
    assert asked(preset(DENSE, LAST))[0] == Reach(0, ())


def test_that_a_weight_without_gradient_has_no_shares() -> None:
    dead = preset(RNN, LAST, output={"weight_init": {"type": "zeros"}})
    (one,) = asked(dead)[0].layers
    assert (one.states == -np.inf).all()
    assert np.isnan(one.shares).all()
