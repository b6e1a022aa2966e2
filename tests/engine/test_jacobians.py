"""Singular values against the Jacobians that autograd finds, step by step and layer by layer."""

from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.engine.cases import DENSE, ECHO, GRU, LAST, LSTM, RNN, SPIRALS, VALUES_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.engine.reference import Unrolled
from vgviewer import engine
from vgviewer.engine.gradients import everything
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.engine.inspections.krylov import largest_eigenvalue
from vgviewer.frames.inspections import Jacobians

Arrays = dict[str, np.ndarray]
CELLS = {
    "tanh RNN": preset(RNN, LAST),
    "relu RNN": preset({**RNN, "activation": "relu"}, LAST),
    "sigmoid RNN": preset({**RNN, "activation": "sigmoid"}, task=ECHO),
    "linear RNN": preset({**RNN, "activation": "linear"}, task=ECHO),
    "orthogonal RNN": preset({**RNN, "parametrization": "orthogonal"}, task=ECHO),
    "echo state": preset(layer("echo_state", units=12, sparsity=0.5), LAST, DENSE),
    "leaky echo state": preset(layer("echo_state", units=12, sparsity=0.5, leak=0.4), LAST, DENSE),
    "GRU": preset(GRU, LAST),
    "LSTM": preset(LSTM, LAST),
    "LSTM with peepholes": preset({**LSTM, "peephole": True}, LAST),
    "a stack, truncated": preset(LSTM, layer("dropout", p=0.2), GRU, DENSE, RNN, task=ECHO, truncate=5),
}
LAYERS = {
    "dense": preset(DENSE, layer("dense", 2, units=17, activation="relu"), task=VALUES_TASK),
    "softmax": preset(DENSE, task=SPIRALS, output={"activation": "softmax", "bias": False}),
    "weight norm": preset({**DENSE, "weight_norm": True, "activation": "gelu"}, task=SPIRALS),
    "along time": preset(RNN, DENSE, layer("batch_norm"), layer("dense", 2, units=5), task=ECHO),
}


def asked(case: Preset) -> tuple[Jacobians, Arrays]:
    """The Jacobians on the first batch, and all arrays of the very same batch in double precision."""
    trainer = engine.Trainer(experiment_of(case))
    found = INSPECTIONS["jacobians"](trainer)
    assert isinstance(found, Jacobians)
    return found, everything(trainer, torch.float64)


class Step(Unrolled):
    """One timestep of one layer for one sample, from a state of choice; nothing else of the network."""

    def __init__(self, case: Preset, arrays: Arrays) -> None:
        self.network, self.recorded, self.pinned = case["network"], arrays, False
        self.training: dict[str, Any] = {}
        self.params = {key: torch.tensor(value) for key, value in arrays.items() if key.startswith("param/")}
        self.kept, self.values, self.along_time = {}, {}, set()

    def _keep(self, key: str, tensor: Tensor) -> Tensor:
        return tensor

    def take(self, place: str, x: Tensor, state: Tensor) -> Tensor:
        """h, or h and c side by side, of the next timestep."""
        settings = next(one for one in self.network["layers"] if one["id"] == place)
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        weights = tuple(self.params[f"param/{place}/{name}"] for name in names)
        kind = "leaky" if settings["type"] == "echo_state" else settings["type"]
        cell = getattr(self, f"_{kind}_cell")
        after = cell(settings, x[None], state[None].split(settings["units"], 1), weights)
        return torch.cat(after, 1)[0]


def entering(case: Preset, arrays: Arrays, place: str) -> np.ndarray:
    places = [one["id"] for one in case["network"]["layers"]] + ["output"]
    index = places.index(place)
    return arrays[f"output/{places[index - 1]}"] if index else arrays["x"]


@pytest.mark.parametrize("name", CELLS)
def test_that_singular_values_through_time_are_those_of_the_step_that_autograd_derives(name: str) -> None:
    case = CELLS[name]
    found, arrays = asked(case)
    assert found.recurrent
    for one in found.recurrent:
        step = Step(case, arrays)
        x, states = entering(case, arrays, one.layer)[0], arrays[f"output/{one.layer}"][0]
        if one.layer.startswith("lstm"):
            states = np.concatenate([states, arrays[f"cell/{one.layer}"][0]], 1)
        assert one.timesteps.tolist() == list(range(1, len(states)))
        for t, singular in zip(one.timesteps, one.singular, strict=True):
            now = torch.tensor(x[t])
            slow = torch.autograd.functional.jacobian(
                partial(step.take, one.layer, now),
                torch.tensor(states[t - 1]),
            )
            np.testing.assert_allclose(singular, torch.linalg.svdvals(slow), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", LAYERS)
def test_that_singular_values_of_a_dense_layer_are_those_that_autograd_derives(name: str) -> None:
    case = LAYERS[name]
    found, arrays = asked(case)
    network = {one["id"]: one for one in case["network"]["layers"]} | {"output": case["network"]["output"]}
    kinds = [place for place, one in network.items() if one.get("type", "dense") == "dense"]
    assert [one.layer for one in found.dense] == kinds
    for one in found.dense:
        reference = Unrolled(case, arrays)
        rows = torch.tensor(entering(case, arrays, one.layer))
        rows = rows[:, -1] if rows.dim() == 3 else rows
        settings = {"id": one.layer} | network[one.layer]
        for singular, row in zip(one.singular, rows, strict=False):
            slow = torch.autograd.functional.jacobian(
                lambda x, settings=settings, reference=reference: reference._dense(settings, x, {}), row
            )
            np.testing.assert_allclose(singular, torch.linalg.svdvals(slow), rtol=1e-9, atol=1e-12)
        assert len(one.singular) == min(4, len(rows))


@pytest.mark.parametrize("name", CELLS)
def test_that_the_spectrum_of_each_gates_block_is_numpys(name: str) -> None:
    found, arrays = asked(CELLS[name])
    for one in found.recurrent:
        weight = arrays[f"param/{one.layer}/weight_hh"]
        gates = {"lstm": "ifgo", "gru": "rzn"}.get(one.layer.rstrip("0123456789"), [""])
        assert [block.gate for block in one.blocks] == list(gates)
        for block, rows in zip(one.blocks, np.split(weight, len(gates)), strict=True):
            assert block.spectral_radius == pytest.approx(np.abs(np.linalg.eigvals(rows)).max(), rel=1e-6)
            assert block.largest_singular == pytest.approx(np.linalg.svd(rows)[1].max(), rel=1e-9)
            assert not block.estimated


def test_that_an_orthogonal_layer_turns_and_neither_stretches_nor_shrinks() -> None:
    straight = {**RNN, "activation": "linear", "recurrent_init": {"type": "orthogonal"}}
    (one,) = asked(preset(straight, LAST))[0].recurrent
    np.testing.assert_allclose(one.singular, 1, atol=1e-6)
    assert one.blocks[0].spectral_radius == pytest.approx(1, abs=1e-6)


def test_that_wide_layers_have_fewer_timesteps_and_very_wide_ones_estimates() -> None:
    wide = preset(layer("lstm", units=320), LAST, task={"type": "adding", "length": 30}, batch_size=2)
    (one,) = asked(wide)[0].recurrent
    assert one.timesteps.tolist() == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29]
    widest = preset(layer("rnn", units=2100), LAST, task={"type": "adding", "length": 3}, batch_size=1)
    found = INSPECTIONS["jacobians"](engine.Trainer(experiment_of(widest)))
    assert isinstance(found, Jacobians)
    (one,), (head,) = found.recurrent, found.dense
    assert one.singular.shape == (0, 2100)
    assert head.singular.shape == (0, 1)
    (block,) = one.blocks
    assert block.estimated
    assert 0.97 < block.largest_singular * np.sqrt(3) / 2 < 1.01  # Marchenko & Pastur 1967
    assert 0.95 < block.spectral_radius * np.sqrt(3) < 1.05  # the circular law of entries within ±1/√n


@pytest.mark.parametrize("size", [150, 400])
def test_that_a_krylov_space_finds_the_outermost_eigenvalue(size: int) -> None:
    draws = torch.Generator().manual_seed(size)
    matrix = torch.randn(size, size, generator=draws, dtype=torch.float64)
    start = torch.randn(size, generator=draws, dtype=torch.float64)
    radius = float(torch.linalg.eigvals(matrix).abs().max())
    assert largest_eigenvalue(matrix.mv, start) == pytest.approx(radius, rel=0.03)
    squared = largest_eigenvalue(lambda v: matrix.T.mv(matrix.mv(v)), start)
    assert squared**0.5 == pytest.approx(float(torch.linalg.matrix_norm(matrix, 2)), rel=1e-3)


def test_that_a_krylov_space_may_be_exhausted_at_once() -> None:
    start = torch.ones(500, dtype=torch.float64)
    assert largest_eigenvalue(lambda v: 0.9 * v, start) == pytest.approx(0.9)
    assert largest_eigenvalue(torch.zeros_like, start) == 0


def test_that_weights_that_are_not_finite_have_no_singular_values() -> None:
    trainer = engine.Trainer(experiment_of(CELLS["GRU"]))
    with torch.no_grad():
        trainer.net.parts["gru1"].weights = {}
        next(value for key, value in trainer.net.named_parameters() if "weight_hh" in key)[0, 0] = np.inf
    found = INSPECTIONS["jacobians"](trainer)
    assert isinstance(found, Jacobians)
    (one,) = found.recurrent
    assert np.isnan(one.singular).all()
    assert np.isnan(one.blocks[0].spectral_radius)
    assert one.blocks[1].spectral_radius > 0
