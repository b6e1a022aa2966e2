"""The trainer says itself when its numbers are not finite; an independent network in double precision agrees."""

import numpy as np
import pytest
from torch import Tensor

from tests.engine.reference import Unrolled
from tests.labelled.witness import Witness
from vgviewer.bakeoff.labelled import labelled_runs
from vgviewer.engine import Trainer

LARGEST = float(np.finfo(np.float32).max)
TUNED = [run for run in labelled_runs() if run.half == "tuned" and "non_finite" in run.onsets]


def fits(witness: Witness) -> bool:
    """Whether every number of the coming step is within float32's range: outputs, states, all gradients, and the loss
    before it is divided by the number of entries that it is the mean of."""
    x, y = witness.trainer.coming_batch()
    net = Unrolled(witness.preset, witness.weights() | {"x": witness.entering(x), "y": y})
    net.loss.backward()
    kept = [tensor for tensors in net.kept.values() for tensor in tensors]
    gradients = [tensor.grad for tensor in (*kept, *net.params.values()) if tensor.grad is not None]
    return all(map(in_range, (net.loss * y.size, *kept, *gradients)))


def in_range(tensor: Tensor) -> bool:
    return bool((tensor.detach().abs() <= LARGEST).all())  # False of NaN


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("run", TUNED, ids=lambda run: run.name)
def test_that_numbers_leave_the_range_of_float32_at_the_onset_and_not_before(run) -> None:
    trainer = Trainer(run.experiment)
    witness = Witness(run.experiment, trainer)
    onset = run.onsets["non_finite"]
    while trainer.step < onset:
        if trainer.step == onset - 1:
            assert fits(witness)
        trainer.advance()
    assert not fits(witness)
