"""How exact the gradients are: against autograd through the unrolled network, cell by cell, in double precision."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from vgviewer.engine.bench.pairs import middle
from vgviewer.engine.bench.plain import trainer
from vgviewer.engine.bench.speed import CELLS, Goal, recurrent
from vgviewer.engine.gradients import everything

CELL: dict[str, Callable[..., nn.Module]] = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}
UNITS = 64
BOUNDS = ((torch.float32, 1e-5), (torch.float64, 1e-10))
SMALLEST = 1e-30  # what is smaller is compared to this


def of_errors(seeds: int) -> Iterator[Goal]:
    """The largest relative error of ∂L/∂h_t over all timesteps, for each recurrent layer and precision."""
    for cell in CELLS:
        for dtype, bound in BOUNDS:
            found = [_error(cell.type, dtype, seed) for seed in range(seeds)]
            name = f"{cell.type.upper()}: error of ∂L/∂h at the worst timestep, {str(dtype).split('.')[1]}"
            yield Goal(name, bound, middle(found))


def _error(kind: str, dtype: torch.dtype, seed: int) -> float:
    experiment = recurrent(kind, UNITS)
    experiment = experiment.replace(training=experiment.training.replace(seed=seed))
    arrays = everything(trainer(experiment, dtype=dtype), dtype)
    expected = _unrolled(kind, arrays)
    found = torch.from_numpy(arrays["output_grad/layer1"]).double()
    apart = (found - expected).abs().amax((0, 2))
    return float((apart / expected.abs().amax((0, 2)).clamp_min(SMALLEST)).max())


def _unrolled(kind: str, arrays: dict[str, Any]) -> Tensor:
    """∂L/∂h_t (B, T, H) as autograd finds it."""
    x, y = (torch.from_numpy(arrays[name]).double() for name in ("x", "y"))
    cell = CELL[kind](x.shape[2], UNITS, dtype=torch.float64)
    head = nn.Linear(UNITS, 1, dtype=torch.float64)
    with torch.no_grad():
        for module, place in ((cell, "layer1"), (head, "output")):
            for name, parameter in module.named_parameters():
                parameter.copy_(torch.from_numpy(arrays[f"param/{place}/{name}"]))
    states: list[Tensor] = []
    carried: Any = None
    for t in range(x.shape[1]):
        carried = cell(x[:, t], carried)
        states.append(carried[0] if kind == "lstm" else carried)
        states[-1].retain_grad()
    nn.functional.mse_loss(head(states[-1]), y).backward()
    return torch.stack([state.grad for state in states if state.grad is not None], 1)
