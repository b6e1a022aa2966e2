"""From the description of a network to torch modules."""

from collections.abc import Callable
from typing import Any

from vgviewer.engine.build.feed_forward import (
    ActivationPart,
    BatchNormPart,
    DensePart,
    DropoutPart,
    LastStepPart,
    SkipPart,
)
from vgviewer.engine.build.part import Part, Plan
from vgviewer.engine.build.recurrent import RecurrentPart

BUILDERS: dict[str, Callable[[Any, Plan], Part]] = {
    "rnn": RecurrentPart,
    "lstm": RecurrentPart,
    "gru": RecurrentPart,
    "dense": DensePart,
    "activation": ActivationPart,
    "dropout": DropoutPart,
    "batch_norm": BatchNormPart,
    "skip": SkipPart,
    "last_step": LastStepPart,
}
