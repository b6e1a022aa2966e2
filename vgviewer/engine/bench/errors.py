"""How exact the gradients are: against autograd through the unrolled network, cell by cell, in double precision."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from vgviewer.engine.bench.pairs import Reading
from vgviewer.engine.bench.plain import trainer
from vgviewer.engine.bench.speed import CELLS, Goal, recurrent
from vgviewer.engine.gradients import everything

CELL: dict[str, Callable[..., nn.Module]] = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}
UNITS = 64
BOUNDS = ((torch.float32, 1e-5), (torch.float64, 1e-10))
SMALLEST = 1e-30  # what is smaller is compared to this


def of_errors(seeds: int) -> Iterator[Goal]:
    """The largest relative error of ∂L/∂h_t and ∂L/∂c_t over all timesteps and seeds, and of the weights' gradients,
    for each recurrent layer and precision."""
    for cell in CELLS:
        for dtype, bound in BOUNDS:
            found = [_error(cell.type, dtype, seed) for seed in range(seeds)]
            states = "∂L/∂h, ∂L/∂c" if cell.type == "lstm" else "∂L/∂h"
            name = f"{cell.type.upper()}: worst error of {states} and ∂L/∂W, {str(dtype).split('.')[1]}"
            yield Goal(name, bound, Reading(max(found), seeds, max(found) - min(found)))


def _error(kind: str, dtype: torch.dtype, seed: int) -> float:
    experiment = recurrent(kind, UNITS)
    experiment = experiment.replace(training=experiment.training.replace(seed=seed))
    arrays = everything(trainer(experiment, dtype=dtype), dtype)
    return max(
        _apart(torch.from_numpy(arrays[key]).double(), expected)
        for key, expected in _unrolled(kind, arrays).items()
    )


def _apart(found: Tensor, expected: Tensor) -> float:
    """Relative to the largest entry, of each timestep of (B, T, H) by itself."""
    axes = (0, 2) if expected.dim() == 3 else tuple(range(expected.dim()))
    largest = expected.abs().amax(axes).clamp_min(SMALLEST)
    return float(((found - expected).abs().amax(axes) / largest).max())


def _unrolled(kind: str, arrays: dict[str, Any]) -> dict[str, Tensor]:
    """As autograd finds it, by the keys of the gradients file."""
    x, y = (torch.from_numpy(arrays[name]).double() for name in ("x", "y"))
    cell = CELL[kind](x.shape[2], UNITS, dtype=torch.float64)
    head = nn.Linear(UNITS, 1, dtype=torch.float64)
    for module, place in ((cell, "layer1"), (head, "output")):
        for name, parameter in module.named_parameters():
            parameter.data = torch.from_numpy(arrays[f"param/{place}/{name}"]).double()
    kept: dict[str, list[Tensor]] = {"output_grad/layer1": [], "cell_grad/layer1": []}
    carried: Any = None
    for t in range(x.shape[1]):
        carried = cell(x[:, t], carried)
        states = carried if kind == "lstm" else (carried,)
        for state, history in zip(states, kept.values(), strict=False):
            state.retain_grad()
            history.append(state)
    nn.functional.mse_loss(head(kept["output_grad/layer1"][-1]), y).backward()
    found = {
        key: torch.stack([_gradient(state) for state in states], 1) for key, states in kept.items() if states
    }
    return found | {f"grad/layer1/{name}": _gradient(weight) for name, weight in cell.named_parameters()}


def _gradient(tensor: Tensor) -> Tensor:
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad
