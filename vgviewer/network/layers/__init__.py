"""The catalogue of layer types, in the order of the palette."""

from typing import Annotated

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.echo_state import EchoState
from vgviewer.network.layers.embedding import Embedding
from vgviewer.network.layers.flatten import Flatten
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.mean_over_time import MeanOverTime
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip

LAYERS: tuple[type[Layer], ...] = (
    Rnn,
    Lstm,
    Gru,
    EchoState,
    Dense,
    Embedding,
    Activation,
    Dropout,
    BatchNorm,
    LayerNorm,
    Skip,
    LastStep,
    MeanOverTime,
    Flatten,
)

AnyLayer = Annotated[
    Rnn
    | Lstm
    | Gru
    | EchoState
    | Dense
    | Embedding
    | Activation
    | Dropout
    | BatchNorm
    | LayerNorm
    | Skip
    | LastStep
    | MeanOverTime
    | Flatten,
    Field(discriminator="type"),
]
