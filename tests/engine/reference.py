"""An unrolled network in double precision, obviously right and slow; written from the file format's
definitions alone, without a line of the package. Batch first: B batch, T timesteps, F features, H units."""

from collections.abc import Callable, Mapping
from math import prod, sqrt
from typing import Any

import numpy as np
import torch
from torch import Tensor

Arrays = Mapping[str, np.ndarray]
Settings = Mapping[str, Any]
Outputs = Mapping[str, Tensor]
States = tuple[Tensor, ...]
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772  # Klambauer et al. 2017


def elu(x: Tensor) -> Tensor:
    return torch.where(x > 0, x, torch.expm1(torch.where(x > 0, 0 * x, x)))


def logistic(x: Tensor) -> Tensor:
    return 1 / (1 + torch.exp(-x))


def ln_one_plus_exp(x: Tensor) -> Tensor:
    return torch.logaddexp(x, torch.zeros_like(x))


ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "linear": lambda x: 1 * x,
    "sigmoid": logistic,
    "tanh": torch.tanh,
    "hard_tanh": lambda x: torch.where(x.abs() < 1, x, x.sign()),
    "relu": lambda x: x * (x > 0),
    "leaky_relu": lambda x: torch.where(x > 0, x, 0.01 * x),
    "elu": elu,
    "selu": lambda x: SELU_SCALE * torch.where(x > 0, x, SELU_ALPHA * elu(x)),
    "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / sqrt(2))),
    "silu": lambda x: x * logistic(x),
    "softsign": lambda x: x / (1 + x.abs()),
    "softplus": ln_one_plus_exp,
    "erf": torch.erf,
    "softmax": lambda x: (
        torch.exp(x - x.amax(-1, keepdim=True))
        / torch.exp(x - x.amax(-1, keepdim=True)).sum(-1, keepdim=True)
    ),
    "exponential": torch.exp,
}


class Unrolled:
    """One batch through the network of a preset (its parsed JSON), with every array of the output kept.

    With `pinned` every state and cell takes the value that is recorded in `arrays`, and only the derivatives
    are computed anew: for networks whose float32 forward pass goes its own way.
    """

    def __init__(self, preset: Mapping[str, Any], arrays: Arrays, pinned: bool = False) -> None:
        self.network = preset["network"]
        self.training = preset.get("training", {})
        self.recorded = arrays
        self.pinned = pinned
        y = torch.tensor(arrays["y"])
        self.y = y.double() if y.is_floating_point() else y
        self.params = {
            key: torch.tensor(value, dtype=torch.float64, requires_grad=True)
            for key, value in arrays.items()
            if key.startswith("param/")
        }
        self.x = self._numbers(torch.tensor(arrays["x"])).requires_grad_()
        self.kept: dict[str, list[Tensor]] = {}  # "output/ID" → [whole] or one tensor per timestep
        self.values: dict[str, list[Tensor]] = {}  # gate values, whose gradient nobody asks for
        self.along_time: set[str] = set()
        self.loss = self.training.get("loss_scale", 1.0) * self._loss(self._forward())

    def _numbers(self, x: Tensor) -> Tensor:
        """Symbols as one-hot rows, as many as the embedding that reads them has."""
        if x.is_floating_point():
            return x.double()
        symbols = self.params[f"param/{self.network['layers'][0]['id']}/weight"].shape[0]
        return (x[..., None] == torch.arange(symbols)).double()

    def gradients(self) -> dict[str, np.ndarray]:
        """Every floating array of the format but the batch, the parameters and the masks; float64."""
        self.loss.backward()
        found = {"loss": np.array(self.loss.item())}
        for key, parameter in self.params.items():
            found["grad/" + key.removeprefix("param/")] = _gradient(parameter)
        for key, tensors in self.kept.items():
            kind, rest = key.split("/", 1)
            found[f"{kind}_grad/{rest}"] = self._joined(key, [_gradient(t) for t in tensors])
        for key, tensors in (self.kept | self.values).items():
            found[key] = self._joined(key, [t.detach().numpy() for t in tensors])
        return found

    def _joined(self, key: str, arrays: list[np.ndarray]) -> np.ndarray:
        """(B, T, H) from a recurrent layer's timesteps; others are whole already."""
        return np.stack(arrays, 1) if key.split("/")[1] in self.along_time else arrays[0]

    def _keep(self, key: str, tensor: Tensor) -> Tensor:
        if self.pinned and not key.startswith("gate/"):
            place = len(self.kept.get(key, []))
            recorded = torch.tensor(self.recorded[key], dtype=torch.float64)
            value = recorded[:, place] if recorded.dim() > tensor.dim() else recorded
            tensor = tensor + (value - tensor).detach()
        tensor.retain_grad()
        self.kept.setdefault(key, []).append(tensor)
        return tensor

    def _forward(self) -> Tensor:
        outputs = {"input": self.x}
        h = self.x
        for layer in self.network["layers"]:
            h = getattr(self, "_" + layer["type"])(layer, h, outputs)
            outputs[layer["id"]] = h
        head = self.network.get("output", {})
        return self._dense({"id": "output"} | head, h, outputs)

    def _loss(self, output: Tensor) -> Tensor:
        y, kind = self.y, self.training.get("loss", "auto")
        if kind == "auto":
            kind = "mse" if y.is_floating_point() else "cross_entropy"
        linear = self.network.get("output", {}).get("activation", "linear") == "linear"
        if kind == "cross_entropy":
            return _cross_entropy(output, y, linear)
        if kind == "bce":
            return _binary(output, y.double().reshape(output.shape), linear)
        if not y.is_floating_point():
            y = (y[..., None] == torch.arange(output.shape[-1])).double()
        entries = {"mse": (output - y) ** 2, "mae": (output - y).abs(), "sum": output * y}[kind]
        count = prod(y.shape[:-1]) if kind == "sum" else y.numel()
        return entries.sum() / count

    def _dense(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        z = h @ self.params[f"param/{layer['id']}/weight"].T
        if layer.get("bias", True):
            z = z + self.params[f"param/{layer['id']}/bias"]
        return self._keep(f"output/{layer['id']}", ACTIVATIONS[layer.get("activation", "linear")](z))

    def _embedding(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        rows = self.params[f"param/{layer['id']}/weight"]
        return self._keep(f"output/{layer['id']}", rows[h.argmax(-1)])

    def _activation(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        return self._keep(f"output/{layer['id']}", ACTIVATIONS[layer["function"]](h))

    def _dropout(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        mask = torch.tensor(self.recorded[f"mask/{layer['id']}"], dtype=torch.float64)
        return self._keep(f"output/{layer['id']}", h * (mask != 0) / (1 - layer.get("p", 0.5)))

    def _batch_norm(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        axes = tuple(range(h.dim() - 1))
        mean = h.mean(axes)
        variance = ((h - mean) ** 2).mean(axes)
        weight, bias = (self.params[f"param/{layer['id']}/{name}"] for name in ("weight", "bias"))
        normal = (h - mean) / torch.sqrt(variance + layer.get("eps", 1e-5))
        return self._keep(f"output/{layer['id']}", normal * weight + bias)

    def _layer_norm(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        mean = h.mean(-1, keepdim=True)
        variance = ((h - mean) ** 2).mean(-1, keepdim=True)
        weight, bias = (self.params[f"param/{layer['id']}/{name}"] for name in ("weight", "bias"))
        normal = (h - mean) / torch.sqrt(variance + layer.get("eps", 1e-5))
        return self._keep(f"output/{layer['id']}", normal * weight + bias)

    def _skip(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        source = outputs[layer["from"]]
        if source.shape[-1] != h.shape[-1]:
            weight, bias = (self.params[f"param/{layer['id']}/{name}"] for name in ("weight", "bias"))
            source = source @ weight.T + bias
        return self._keep(f"output/{layer['id']}", h + layer.get("scale", 1.0) * source)

    def _last_step(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        return self._keep(f"output/{layer['id']}", 1 * h[:, -1])

    def _mean_over_time(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        return self._keep(f"output/{layer['id']}", h.sum(1) / h.shape[1])

    def _flatten(self, layer: Settings, h: Tensor, outputs: Outputs) -> Tensor:
        return self._keep(f"output/{layer['id']}", torch.cat(h.unbind(1), 1))

    def _recurrent(self, layer: Settings, x: Tensor, cell: Callable[..., States]) -> Tensor:
        name, truncate = layer["id"], self.training.get("truncate")
        parameters = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        weights = tuple(self.params[f"param/{name}/{parameter}"] for parameter in parameters)
        self.along_time.add(name)
        state: States = (torch.zeros(len(x), layer["units"], dtype=torch.float64),) * 2
        for t in range(x.shape[1]):
            if truncate and t and t % truncate == 0:
                state = tuple(s.detach() for s in state)
            state = cell(layer, x[:, t], state, weights)
        return torch.stack(self.kept[f"output/{name}"], 1)

    def _rnn(self, layer: Settings, x: Tensor, outputs: Outputs) -> Tensor:
        return self._recurrent(layer, x, self._rnn_cell)

    def _lstm(self, layer: Settings, x: Tensor, outputs: Outputs) -> Tensor:
        return self._recurrent(layer, x, self._lstm_cell)

    def _gru(self, layer: Settings, x: Tensor, outputs: Outputs) -> Tensor:
        return self._recurrent(layer, x, self._gru_cell)

    def _echo_state(self, layer: Settings, x: Tensor, outputs: Outputs) -> Tensor:
        return self._recurrent(layer, x, self._leaky_cell)

    def _leaky_cell(self, layer: Settings, x: Tensor, state: States, weights: States) -> States:
        w_ih, w_hh, b_ih, b_hh = weights
        new = torch.tanh(x @ w_ih.T + b_ih + state[0] @ w_hh.T + b_hh)
        leak = layer.get("leak", 1.0)
        return (self._keep(f"output/{layer['id']}", (1 - leak) * state[0] + leak * new),)

    def _rnn_cell(self, layer: Settings, x: Tensor, state: States, weights: States) -> States:
        w_ih, w_hh, b_ih, b_hh = weights
        z = x @ w_ih.T + b_ih + state[0] @ w_hh.T + b_hh
        return (self._keep(f"output/{layer['id']}", ACTIVATIONS[layer.get("activation", "tanh")](z)),)

    def _lstm_cell(self, layer: Settings, x: Tensor, state: States, weights: States) -> States:
        w_ih, w_hh, b_ih, b_hh = weights
        h, c = state
        z_i, z_f, z_g, z_o = (x @ w_ih.T + b_ih + h @ w_hh.T + b_hh).chunk(4, 1)
        p_i, p_f, p_o = self.params.get(f"param/{layer['id']}/weight_peephole", torch.zeros(3, 1))
        z_i, z_f = z_i + p_i * c, z_f + p_f * c
        i, f = self._gate(layer, "i", z_i, logistic), self._gate(layer, "f", z_f, logistic)
        g = self._gate(layer, "g", z_g, torch.tanh)
        c = self._keep(f"cell/{layer['id']}", f * c + i * g)
        o = self._gate(layer, "o", z_o + p_o * c, logistic)
        return self._keep(f"output/{layer['id']}", o * torch.tanh(c)), c

    def _gru_cell(self, layer: Settings, x: Tensor, state: States, weights: States) -> States:
        w_ih, w_hh, b_ih, b_hh = weights
        h = state[0]
        r_in, z_in, n_in = (x @ w_ih.T + b_ih).chunk(3, 1)
        r_hidden, z_hidden, n_hidden = (h @ w_hh.T + b_hh).chunk(3, 1)
        r = self._gate(layer, "r", r_in + r_hidden, logistic)
        z = self._gate(layer, "z", z_in + z_hidden, logistic)
        n = self._gate(layer, "n", n_in + r * n_hidden, torch.tanh)
        return (self._keep(f"output/{layer['id']}", (1 - z) * n + z * h),)

    def _gate(self, layer: Settings, gate: str, z: Tensor, activation: Callable[[Tensor], Tensor]) -> Tensor:
        key = f"gate/{layer['id']}/{gate}"
        value = activation(self._keep(key, 1 * z))
        self.values.setdefault(key, []).append(value)
        return value


def _cross_entropy(output: Tensor, labels: Tensor, from_logits: bool) -> Tensor:
    if from_logits:
        log_p = output - torch.logsumexp(output, -1, keepdim=True)
    else:
        log_p = torch.log(torch.clamp(output / output.sum(-1, keepdim=True), 1e-7, 1 - 1e-7))
    return -log_p.gather(-1, labels[..., None]).mean()


def _binary(output: Tensor, y: Tensor, from_logits: bool) -> Tensor:
    if from_logits:
        return (ln_one_plus_exp(output) - y * output).mean()
    p = torch.clamp(output, 1e-7, 1 - 1e-7)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def _gradient(tensor: Tensor) -> np.ndarray:
    return (torch.zeros_like(tensor) if tensor.grad is None else tensor.grad).numpy()


def promised(preset: Settings, x: np.ndarray, y: np.ndarray) -> dict[str, tuple[int, ...]]:
    """The keys of the output for this preset and batch, and the shape of each."""
    shapes: dict[str, tuple[int, ...]] = {"x": x.shape, "y": y.shape, "loss": ()}
    symbols = {"temporal_order": (6,)}.get(preset["task"]["type"], ())
    shape = x.shape if np.issubdtype(x.dtype, np.floating) else (*x.shape, *symbols)
    flowing = {"input": shape}
    head = {"id": "output", "units": answers(preset, y), **preset["network"].get("output", {})}
    for layer in (*preset["network"]["layers"], head):
        name, kind = layer["id"], layer.get("type", "dense")
        parameters = _parameters(layer, kind, shape[-1], flowing)
        shape = _shape_after(layer, kind, shape)
        flowing[name] = shape
        shapes |= {
            f"{part}/{name}/{key}": size for key, size in parameters.items() for part in ("param", "grad")
        }
        gates = {"lstm": "ifgo", "gru": "rzn"}.get(kind, "")
        keys = [*(f"gate/{name}/{gate}" for gate in gates), *([f"cell/{name}"] if kind == "lstm" else [])]
        for key in (f"output/{name}", *keys):
            shapes |= {key: shape, key.replace("/", "_grad/", 1): shape}
        if kind == "dropout":
            shapes[f"mask/{name}"] = shape
    return shapes


def _parameters(
    layer: Settings, kind: str, last: int, flowing: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    units = layer.get("units", 0)
    if blocks := {"rnn": 1, "lstm": 4, "gru": 3, "echo_state": 1}.get(kind, 0):
        rows = blocks * units
        found = {
            "weight_ih": (rows, last),
            "weight_hh": (rows, units),
            "bias_ih": (rows,),
            "bias_hh": (rows,),
        }
        return found | ({"weight_peephole": (3, units)} if layer.get("peephole") else {})
    if kind == "dense":
        return {"weight": (units, last)} | ({"bias": (units,)} if layer.get("bias", True) else {})
    if kind == "embedding":
        return {"weight": (last, layer["size"])}
    if kind in ("batch_norm", "layer_norm"):
        return {"weight": (last,), "bias": (last,)}
    if kind == "skip" and flowing[layer["from"]][-1] != last:
        return {"weight": (last, flowing[layer["from"]][-1]), "bias": (last,)}
    return {}


def _shape_after(layer: Settings, kind: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    if kind in ("last_step", "mean_over_time"):
        return (shape[0], shape[2])
    if kind == "flatten":
        return (shape[0], shape[1] * shape[2])
    return (*shape[:-1], layer.get("units", layer.get("size", shape[-1])))


def answers(preset: Settings, y: np.ndarray) -> int:
    """The output head's units: the columns of values; for classes as many as there are, and one for bce."""
    if np.issubdtype(y.dtype, np.floating):
        return y.shape[-1]
    task = preset["task"]
    classes = {"digits": 10, "spirals": 2, "temporal_order": 4, "fixed": np.max(task.get("targets", 0)) + 1}[
        task["type"]
    ]
    return 1 if preset.get("training", {}).get("loss") == "bce" else int(classes)
