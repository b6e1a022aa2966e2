"""What the network answers on the samples of its metric, and over the plane of two inputs."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.inspections.rehearsal import duplicate
from vgviewer.engine.loss import answers as said
from vgviewer.engine.loss import batch_first, probability
from vgviewer.engine.net import Net
from vgviewer.engine.train import Trainer
from vgviewer.frames.inspections import Answers, Plane
from vgviewer.tasks import Array

MOST_SAMPLES = 2048  # more points than that hide each other
MOST_NUMBERS = 2**20  # answers of long sequences: 4 MB
GRID = 72  # points each way: a cell is some px wide
MARGIN = 0.08  # of the extent of the samples, around them
SHOWN_INPUTS = 2


def answers(trainer: Trainer) -> Answers:
    """In evaluation mode and in the run's precision, on a copy of the network."""
    net = duplicate(trainer.net).eval()
    x, y = trainer.test
    rows = _spread(len(x), y.size // max(1, len(y)))
    x, y = x[rows], y[rows]
    classes = trainer.experiment.task.targets()
    output = _output(trainer, net, x)
    is_flat = x.ndim == 2 and x.dtype == np.float32 and x.shape[1] <= SHOWN_INPUTS
    return Answers(
        step=trainer.step,
        count=len(trainer.test[0]),
        classes=classes.size if classes.kind == "classes" else None,
        inputs=x.astype(np.float32) if is_flat else None,
        targets=y.copy(),
        answers=_said(trainer, output),
        in_order=trainer.experiment.task.in_order(),
        plane=_plane(trainer, net, x) if is_flat and x.shape[1] == SHOWN_INPUTS else None,
    )


def _spread(count: int, numbers: int) -> NDArray[np.int64]:
    """The rows that are taken, of so many with that many answers each: all of them, or evenly spread ones."""
    kept = min(count, MOST_SAMPLES, max(1, MOST_NUMBERS // max(1, numbers)))
    return np.arange(kept) * count // kept


def _output(trainer: Trainer, net: Net, x: Array) -> Tensor:
    """The head's output, batch first, a part of the rows at a time as memory allows."""
    starts = range(0, len(x), trainer.test_rows)
    with torch.no_grad():
        parts = [batch_first(net(trainer.entering(x[start : start + trainer.test_rows]))) for start in starts]
    return torch.cat(parts)


def _said(trainer: Trainer, output: Tensor) -> Array:
    found = said(trainer.experiment, output)
    if found.is_floating_point():
        values: NDArray[np.float32] = found.float().cpu().numpy()
        return values
    labels: NDArray[np.int64] = torch.where(output.isfinite().all(-1), found, -1).cpu().numpy()
    return labels


def _plane(trainer: Trainer, net: Net, x: Array) -> Plane:
    """Around the samples; the first two axes of the points are (R, C)."""
    first, second = (_axis(x[:, place]) for place in range(SHOWN_INPUTS))
    points = np.stack(np.meshgrid(first, second), axis=-1)
    output = _output(trainer, net, points.reshape(-1, SHOWN_INPUTS))
    targets = trainer.experiment.task.targets()
    shares = probability(trainer.experiment, output) if targets == ("classes", 2, None) else None
    found = said(trainer.experiment, output) if shares is None else shares
    known = torch.where(
        output.isfinite().all(-1), (found if found.dim() == 1 else found[:, 0]).float(), torch.nan
    )
    return Plane(first, second, known.cpu().numpy().reshape(points.shape[:2]))


def _axis(inputs: Array) -> NDArray[np.float32]:
    low, high = float(inputs.min()), float(inputs.max())
    margin = MARGIN * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, GRID).astype(np.float32)
