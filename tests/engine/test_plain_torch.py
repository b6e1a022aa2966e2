"""Training here is training there: the same losses as the same network of torch's own layers.

Where torch has no such layer, a loop over the timesteps stands for it, slow and written from the definition.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.engine.cases import ECHO, LAST, ROWS, SPIRALS, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.frames import Frame
from vgviewer.tasks import batches

STEPS = 200
CELLS: dict[str, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
RECURRENT = (*CELLS, "echo_state")
ACTIVATIONS = {"linear": nn.Identity(), "tanh": nn.Tanh(), "relu": nn.ReLU()}
DENSE = layer("dense", units=16, activation="relu")
OPTIMIZERS: dict[str, tuple[dict[str, Any], Callable[..., torch.optim.Optimizer], dict[str, Any]]] = {
    "sgd": ({"type": "sgd", "lr": 0.05}, torch.optim.SGD, {"lr": 0.05}),
    "nesterov": (
        {"type": "sgd", "lr": 0.02, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
        torch.optim.SGD,
        {"lr": 0.02, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
    ),
    "rmsprop": (
        {"type": "rmsprop", "lr": 0.002, "alpha": 0.9, "eps": 1e-6, "momentum": 0.5, "weight_decay": 0.01},
        torch.optim.RMSprop,
        {"lr": 0.002, "alpha": 0.9, "eps": 1e-6, "momentum": 0.5, "weight_decay": 0.01},
    ),
    "adam": (
        {"type": "adam", "lr": 0.003, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.01},
        torch.optim.Adam,
        {"lr": 0.003, "betas": (0.8, 0.95), "weight_decay": 0.01},
    ),
    "adamw": (
        {"type": "adamw", "lr": 0.003, "eps": 1e-6},
        torch.optim.AdamW,
        {"lr": 0.003, "eps": 1e-6, "weight_decay": 0.01},
    ),
}
NETWORKS = {
    "a tanh RNN": preset(layer("rnn", units=32), LAST),
    "a relu RNN": preset(layer("rnn", units=32, activation="relu"), LAST),
    "an LSTM": preset(layer("lstm", units=32, forget_bias=1.0), LAST),
    "a GRU": preset(layer("gru", units=32), LAST),
    "an LSTM with peepholes": preset(layer("lstm", units=16, peephole=True), LAST, batch_size=4),
    "an orthogonal RNN": preset(layer("rnn", units=16, parametrization="orthogonal"), LAST, batch_size=4),
    "an echo state": preset(layer("echo_state", units=32, leak=0.5), LAST, batch_size=4),
    "two LSTMs at every timestep": preset(layer("lstm", units=16), layer("lstm", 2, units=16), task=ECHO),
    "a GRU on digits": preset(layer("gru", units=32), LAST, task=ROWS),
    "dense layers": preset(DENSE, layer("dense", 2, units=16, activation="tanh"), task=SPIRALS),
    "dense layers with batch norm": preset(
        DENSE, layer("batch_norm"), layer("dense", 2, units=16), task=SPIRALS
    ),
}


class Peepholes(nn.Module):
    """Gate rows i, f, g, o; i and f see c_{t−1}, o sees c_t. Gers & Schmidhuber 2000."""

    def __init__(self, features: int, units: int) -> None:
        super().__init__()
        self.weight_ih, self.weight_hh = _unset(4 * units, features), _unset(4 * units, units)
        self.bias_ih, self.bias_hh = _unset(4 * units), _unset(4 * units)
        self.weight_peephole = _unset(3, units)

    def forward(self, x: Tensor) -> tuple[Tensor]:
        h = c = x.new_zeros(len(x), self.weight_hh.shape[1])
        states = []
        for x_t in x.unbind(1):
            z = x_t @ self.weight_ih.T + self.bias_ih + h @ self.weight_hh.T + self.bias_hh
            i, f, g, o = z.chunk(4, 1)
            to_i, to_f, to_o = self.weight_peephole
            c_new = torch.sigmoid(f + to_f * c) * c + torch.sigmoid(i + to_i * c) * torch.tanh(g)
            h, c = torch.sigmoid(o + to_o * c_new) * torch.tanh(c_new), c_new
            states.append(h)
        return (torch.stack(states, 1),)


class Orthogonal(nn.Module):
    """W_hh = W₀ (I + S)⁻¹ (I − S), S = (A − Aᵀ)/4, where A is learned and 0 at the start."""

    def __init__(self, features: int, units: int) -> None:
        super().__init__()
        self.weight_ih, self.bias_ih, self.bias_hh = _unset(units, features), _unset(units), _unset(units)
        self.weight_hh = _unset(units, units).requires_grad_(False)
        self.a = nn.Parameter(torch.zeros(units, units))

    def forward(self, x: Tensor) -> tuple[Tensor]:
        one, s = torch.eye(len(self.a), dtype=torch.float64), (self.a - self.a.T).double() / 4
        weight_hh = (self.weight_hh.double() @ torch.linalg.inv(one + s) @ (one - s)).float()
        h = x.new_zeros(len(x), len(self.a))
        states = []
        for x_t in x.unbind(1):
            h = torch.tanh(x_t @ self.weight_ih.T + self.bias_ih + h @ weight_hh.T + self.bias_hh)
            states.append(h)
        return (torch.stack(states, 1),)


class Echo(nn.Module):
    """A reservoir that never trains: h_t = (1 − leak) h_{t−1} + leak · tanh(W_ih x_t + W_hh h_{t−1})."""

    def __init__(self, features: int, units: int, leak: float) -> None:
        super().__init__()
        self.leak = leak
        self.weight_ih, self.weight_hh = _unset(units, features), _unset(units, units)
        self.bias_ih, self.bias_hh = _unset(units), _unset(units)
        self.requires_grad_(False)

    def forward(self, x: Tensor) -> tuple[Tensor]:
        h = x.new_zeros(len(x), len(self.weight_hh))
        states = []
        for x_t in x.unbind(1):
            fresh = torch.tanh(x_t @ self.weight_ih.T + self.bias_ih + h @ self.weight_hh.T + self.bias_hh)
            h = (1 - self.leak) * h + self.leak * fresh
            states.append(h)
        return (torch.stack(states, 1),)


def _unset(*shape: int) -> nn.Parameter:
    return nn.Parameter(torch.empty(shape))


class Plain(nn.Module):
    """The preset's chain out of torch's own layers, with the given weights."""

    def __init__(self, case: Preset, found: dict[str, np.ndarray]) -> None:
        super().__init__()
        self.steps = nn.ModuleList()
        self.kinds: list[str] = []
        features = found["x"].shape[-1]
        for entry in (*case["network"]["layers"], {"id": "output", "type": "dense"}):
            units = entry.get("units", found["output/" + entry["id"]].shape[-1])
            module = _module(entry, features, units)
            suffix = "_l0" if isinstance(module, nn.RNNBase) else ""
            prefix = f"param/{entry['id']}/"
            weights = {key.removeprefix(prefix): found[key] for key in found if key.startswith(prefix)}
            parameters = {name: value for name, value in module.named_parameters() if name != "a"}
            with torch.no_grad():
                for name, values in weights.items():
                    parameters.pop(name + suffix).copy_(torch.from_numpy(values))
            assert not parameters
            self.steps.append(nn.Sequential(module, ACTIVATIONS[entry.get("activation", "linear")]))
            self.kinds.append(entry["type"])
            features = units

    def forward(self, x: Tensor) -> Tensor:
        for kind, step in zip(self.kinds, self.steps, strict=True):
            if kind == "last_step":
                x = x[:, -1]
            elif kind in RECURRENT:
                x = step[0](x)[0]
            else:
                x = step(x)
        return x


def _module(entry: Preset, features: int, units: int) -> nn.Module:
    if entry.get("peephole"):
        return Peepholes(features, units)
    if entry.get("parametrization"):
        return Orthogonal(features, units)
    if entry["type"] == "echo_state":
        return Echo(features, units, entry["leak"])
    if entry["type"] == "rnn":
        return nn.RNN(features, units, nonlinearity=entry.get("activation", "tanh"), batch_first=True)
    if entry["type"] in CELLS:
        return CELLS[entry["type"]](features, units, batch_first=True)
    if entry["type"] == "batch_norm":
        return nn.BatchNorm1d(features)
    return nn.Linear(features, units) if entry["type"] == "dense" else nn.Identity()


def plain_losses(
    case: Preset, optimizer: Callable[..., torch.optim.Optimizer], **settings: Any
) -> Iterator[float]:
    """The losses of STEPS steps as one would write them down in torch."""
    experiment = experiment_of(case)
    net = Plain(case, engine.gradients(experiment))
    optimize = optimizer([value for value in net.parameters() if value.requires_grad], **settings)
    training = case["training"]
    data = batches(experiment.task, training["batch_size"], training["seed"])
    clip = training.get("clip")
    for _ in range(STEPS):
        x, y = (torch.from_numpy(array) for array in next(data))
        answer = net(x)
        loss = (
            nn.functional.mse_loss(answer, y)
            if y.is_floating_point()
            else nn.functional.cross_entropy(answer, y)
        )
        optimize.zero_grad()
        loss.backward()
        if clip and clip["type"] == "norm":
            nn.utils.clip_grad_norm_(net.parameters(), clip["value"])
        elif clip:
            nn.utils.clip_grad_value_(net.parameters(), clip["value"])
        optimize.step()
        yield loss.item()


def our_losses(case: Preset) -> list[float]:
    return [message.loss for message in engine.train(experiment_of(case)) if isinstance(message, Frame)]


def with_training(case: Preset, **training: Any) -> Preset:
    return case | {"training": case["training"] | {"steps": STEPS} | training}


@pytest.mark.parametrize("name", NETWORKS)
def test_that_losses_are_those_of_the_same_network_in_plain_torch(name: str) -> None:
    case = with_training(NETWORKS[name], optimizer={"type": "sgd", "lr": 0.05})
    ours = our_losses(case)
    assert ours == pytest.approx(list(plain_losses(case, torch.optim.SGD, lr=0.05)), rel=1e-4)
    assert len(set(ours)) == STEPS


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_that_an_optimizer_is_torchs_with_the_same_settings(name: str) -> None:
    described, optimizer, settings = OPTIMIZERS[name]
    case = with_training(NETWORKS["a GRU"], optimizer=described)
    ours = our_losses(case)
    assert ours == pytest.approx(list(plain_losses(case, optimizer, **settings)), rel=1e-4)


@pytest.mark.parametrize("clip", [{"type": "norm", "value": 0.1}, {"type": "value", "value": 0.01}])
def test_that_clipping_is_torchs(clip: dict[str, Any]) -> None:
    case = with_training(NETWORKS["an LSTM"], optimizer={"type": "sgd", "lr": 0.1}, clip=clip)
    ours = our_losses(case)
    assert ours == pytest.approx(list(plain_losses(case, torch.optim.SGD, lr=0.1)), rel=1e-4)
    unclipped = with_training(NETWORKS["an LSTM"], optimizer={"type": "sgd", "lr": 0.1})
    assert ours != pytest.approx(our_losses(unclipped), rel=1e-4)
