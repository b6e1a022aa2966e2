"""Layers without memory: on a sequence they act at every timestep."""

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional as f

from vgviewer.engine.build.activations import ACTIVATIONS
from vgviewer.engine.build.draw import draw
from vgviewer.engine.build.parametrizations import WeightNorm
from vgviewer.engine.build.part import Part, Plan
from vgviewer.network import Output
from vgviewer.network.initializers import Default
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.embedding import Embedding
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.skip import Skip


class DensePart(Part):
    """A dense layer or the output head."""

    def __init__(self, layer: Dense | Output, plan: Plan) -> None:
        super().__init__(layer if isinstance(layer, Dense) else None)
        self.activation = ACTIVATIONS[layer.activation]
        rows, columns = plan.weights["weight"]
        weight = draw(layer.weight_init, (rows, columns), columns, rows, plan.weights_rng)
        if isinstance(layer, Dense) and layer.weight_norm:
            self.add_parametrized("weight", WeightNorm(weight))
        else:
            self.add_parameter("weight", weight)
        if "bias" not in plan.weights:
            self.register_parameter("bias", None)
        else:
            self.add_parameter("bias", draw(layer.bias_init, (rows,), columns, rows, plan.weights_rng))

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return self.activation(f.linear(x, self.weights["weight"], self.weights.get("bias")))


class EmbeddingPart(Part):
    """Symbols arrive as one-hot rows, so that each picks its own row of the weight."""

    def __init__(self, layer: Embedding, plan: Plan) -> None:
        super().__init__(layer)
        self.add_parameter("weight", torch.randn(plan.weights["weight"], generator=plan.weights_rng))

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return x @ self.weights["weight"]


class ActivationPart(Part):
    """A function of each number."""

    def __init__(self, layer: Activation, plan: Plan) -> None:
        super().__init__(layer)
        self.activation = ACTIVATIONS[layer.function]

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return self.activation(x)


class DropoutPart(Part):
    """Keeps the mask of the last forward pass (values 0 or 1/(1 − p)) for those who recompute it."""

    def __init__(self, layer: Dropout, plan: Plan) -> None:
        super().__init__(layer)
        self.p = layer.p
        self.rng = plan.dropout_rng
        self.mask: Tensor | None = None

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        if not self.training:
            return x
        drawn = torch.rand(
            x.shape, generator=self.rng
        )  # float32 on the CPU: one mask for every dtype and device
        self.mask = (drawn >= self.p).to(x) / (1 - self.p)
        return x * self.mask


class BatchNormPart(Part):
    """While training it uses the batch's biased statistics, over batch and timesteps."""

    mean: Tensor
    variance: Tensor

    def __init__(self, layer: BatchNorm, plan: Plan) -> None:
        super().__init__(layer)
        self.momentum, self.eps = layer.momentum, layer.eps
        (features,) = plan.weights["weight"]
        self.add_parameter("weight", torch.ones(features))
        self.add_parameter("bias", torch.zeros(features))
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("variance", torch.ones(features))

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        weight, bias = self.weights["weight"], self.weights["bias"]
        if self.training and len(rows) == 1:  # torch refuses; a single row is its own mean, with no variance
            return (x - x) * weight + bias
        normal = f.batch_norm(
            rows, self.mean, self.variance, weight, bias, self.training, self.momentum, self.eps
        )
        return normal.reshape(x.shape)


class LayerNormPart(Part):
    """Over the features of each sample and timestep, with their biased variance."""

    def __init__(self, layer: LayerNorm, plan: Plan) -> None:
        super().__init__(layer)
        self.eps = layer.eps
        (features,) = plan.weights["weight"]
        self.add_parameter("weight", torch.ones(features))
        self.add_parameter("bias", torch.zeros(features))

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return f.layer_norm(x, x.shape[-1:], self.weights["weight"], self.weights["bias"], self.eps)


class SkipPart(Part):
    """Adds an earlier output, through a learned map where the sizes differ."""

    def __init__(self, layer: Skip, plan: Plan) -> None:
        super().__init__(layer)
        self.source, self.scale = layer.source, layer.scale
        self.maps = "weight" in plan.weights
        if self.maps:
            rows, columns = plan.weights["weight"]
            self.add_parameter("weight", draw(Default(), (rows, columns), columns, rows, plan.weights_rng))
            self.add_parameter("bias", draw(Default(), (rows,), columns, rows, plan.weights_rng))

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        source = earlier[self.source]
        if self.maps:
            source = f.linear(source, self.weights["weight"], self.weights["bias"])
        return x + self.scale * source
