"""What retain_grad() on the output of a fused layer gives is not the gradient of the hidden state."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.engine.cases import ECHO, LAST, layer, preset
from tests.engine.comparison import FLOAT64_BOUND, error, experiment_of
from tests.engine.reference import Unrolled
from vgviewer import engine

FUSED = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
Arrays = dict[str, np.ndarray]


def kept_by_retain_grad(found: Arrays, kind: str, last_step: bool) -> tuple[float, np.ndarray]:
    """The loss, and what the well-known recipe reads off the fused layer of the same weights; (B, T, H)."""
    tensors = {key: torch.from_numpy(array) for key, array in found.items()}
    name = f"{kind}1"
    fused = FUSED[kind](found["x"].shape[2], found[f"output/{name}"].shape[2], batch_first=True).double()
    fused.load_state_dict(
        {
            f"{part}_l0": tensors[f"param/{name}/{part}"]
            for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        }
    )
    states: Tensor = fused(tensors["x"])[0]
    states.retain_grad()
    seen = states[:, -1] if last_step else states
    answer = nn.functional.linear(seen, tensors["param/output/weight"], tensors["param/output/bias"])
    loss = nn.functional.mse_loss(answer, tensors["y"])
    loss.backward()
    assert states.grad is not None
    return loss.item(), states.grad.numpy()


@pytest.mark.parametrize("kind", FUSED)
def test_that_retain_grad_sees_a_last_step_loss_at_one_timestep_only(kind: str) -> None:
    case = preset(layer(kind, units=32), LAST)
    found = engine.gradients(experiment_of(case), float64=True)
    loss, kept = kept_by_retain_grad(found, kind, last_step=True)
    ours = found[f"output_grad/{kind}1"]
    assert loss == pytest.approx(float(found["loss"]))
    assert not kept[:, :-1].any()
    assert (np.abs(ours).max((0, 2)) > 0).all()
    assert error(ours[:, -1:], kept[:, -1:], 1e-30) < FLOAT64_BOUND
    assert error(ours, Unrolled(case, found).gradients()[f"output_grad/{kind}1"], 1e-30) < FLOAT64_BOUND


@pytest.mark.parametrize("kind", FUSED)
def test_that_retain_grad_is_wrong_by_tens_of_percent_under_a_loss_at_every_step(kind: str) -> None:
    case = preset(layer(kind, units=32), task=ECHO)
    found = engine.gradients(experiment_of(case), float64=True)
    loss, kept = kept_by_retain_grad(found, kind, last_step=False)
    ours = found[f"output_grad/{kind}1"]
    assert loss == pytest.approx(float(found["loss"]))
    missing = np.linalg.norm(kept - ours, axis=(0, 2)) / np.linalg.norm(ours, axis=(0, 2))
    print(f"{kind}: retain_grad misses {missing[:-1].min():.0%} to {missing[:-1].max():.0%}")
    assert (missing[:-1] > 0.1).all()
    assert missing[:-1].max() > 0.3
    assert missing[-1] < FLOAT64_BOUND
    assert error(ours, Unrolled(case, found).gradients()[f"output_grad/{kind}1"], 1e-30) < FLOAT64_BOUND
