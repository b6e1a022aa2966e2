"""From the description of a network to torch modules."""

from collections.abc import Callable
from typing import Any

from vgviewer.engine.build.endings import FlattenPart, LastStepPart, MeanOverTimePart
from vgviewer.engine.build.feed_forward import (
    ActivationPart,
    BatchNormPart,
    DensePart,
    DropoutPart,
    EmbeddingPart,
    LayerNormPart,
    SkipPart,
)
from vgviewer.engine.build.part import Part, Plan
from vgviewer.engine.build.recurrent import RecurrentPart

BUILDERS: dict[str, Callable[[Any, Plan], Part]] = {
    "rnn": RecurrentPart,
    "lstm": RecurrentPart,
    "gru": RecurrentPart,
    "echo_state": RecurrentPart,
    "dense": DensePart,
    "embedding": EmbeddingPart,
    "activation": ActivationPart,
    "dropout": DropoutPart,
    "batch_norm": BatchNormPart,
    "layer_norm": LayerNormPart,
    "skip": SkipPart,
    "last_step": LastStepPart,
    "mean_over_time": MeanOverTimePart,
    "flatten": FlattenPart,
}
