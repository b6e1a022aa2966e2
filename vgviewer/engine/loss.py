"""Losses and metrics, exactly as the contract defines them."""

import torch
from torch import Tensor
from torch.nn import functional as f

from vgviewer.experiment import Experiment

LEAST_PROBABILITY = 1e-7


def loss(experiment: Experiment, output: Tensor, y: Tensor) -> Tensor:
    """The scalar L without loss_scale. `output` (B, K) or (B, T, K); `y` as the task gives it."""
    linear = experiment.network.output.activation == "linear"
    match experiment.loss:
        case "cross_entropy":
            return _cross_entropy(output.flatten(0, -2), y.flatten(), linear)
        case "bce":
            return _binary(output, y.to(output.dtype).reshape(output.shape), linear)
        case "mae":
            return (output - _as_values(output, y)).abs().mean()
        case "sum":
            return (output * y).sum(-1).mean()
        case _:
            return (output - _as_values(output, y)).square().mean()


def metric(experiment: Experiment, output: Tensor, y: Tensor) -> float:
    """Accuracy 0 … 1 for classes, the mean squared error for values."""
    answer = answers(experiment, output)
    if experiment.metric == "mse":
        return float((answer - y).square().mean())
    return float((answer == y).double().mean())


def answers(experiment: Experiment, output: Tensor) -> Tensor:
    """What the head's output says, in the form of the targets: values, or class labels."""
    if experiment.loss == "bce" and experiment.network.output.activation == "linear":
        output = torch.sigmoid(output)  # what bce trains are its logits
    if experiment.metric == "mse":
        return output
    return (output.squeeze(-1) > 0.5).long() if experiment.loss == "bce" else output.argmax(-1)


def probability(experiment: Experiment, output: Tensor) -> Tensor | None:
    """That of class 1 of two; None where the loss takes the outputs for no probabilities."""
    linear = experiment.network.output.activation == "linear"
    if experiment.loss == "bce":
        return (torch.sigmoid(output) if linear else output).squeeze(-1)
    if experiment.loss != "cross_entropy":
        return None
    shares = output.softmax(-1) if linear else output / output.sum(-1, keepdim=True)
    return shares[..., 1]


def _as_values(output: Tensor, y: Tensor) -> Tensor:
    """Classes as one-hot rows."""
    return y if y.is_floating_point() else f.one_hot(y, output.shape[-1]).to(output.dtype)


def _cross_entropy(rows: Tensor, labels: Tensor, from_logits: bool) -> Tensor:
    if from_logits:
        return f.cross_entropy(rows, labels)
    probabilities = _bounded(rows / rows.sum(-1, keepdim=True))
    return -probabilities.gather(1, labels[:, None]).log().mean()


def _binary(output: Tensor, y: Tensor, from_logits: bool) -> Tensor:
    if from_logits:
        return f.binary_cross_entropy_with_logits(output, y)
    probabilities = _bounded(output)
    return -(y * probabilities.log() + (1 - y) * (1 - probabilities).log()).mean()


def _bounded(probabilities: Tensor) -> Tensor:
    return probabilities.clamp(LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)


def batch_first(output: Tensor) -> Tensor:
    """(T, B, ·) → (B, T, ·); vectors stay."""
    return output.transpose(0, 1) if output.dim() == 3 else output


def time_first(x: Tensor) -> Tensor:
    """(B, T, ·) → (T, B, ·), contiguous; vectors stay."""
    return x.transpose(0, 1).contiguous() if x.dim() == 3 else x


def numbers(x: Tensor, symbols: int, dtype: torch.dtype) -> Tensor:
    """What enters the network: symbols (B, T) int64 become one-hot rows (B, T, symbols), numbers stay."""
    return x.to(dtype) if x.is_floating_point() else f.one_hot(x, symbols).to(dtype)
