"""The catalogue of layer types, in the order of the palette."""

from typing import Annotated

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip

LAYERS: tuple[type[Layer], ...] = (Rnn, Lstm, Gru, Dense, Activation, Dropout, BatchNorm, Skip, LastStep)

AnyLayer = Annotated[
    Rnn | Lstm | Gru | Dense | Activation | Dropout | BatchNorm | Skip | LastStep,
    Field(discriminator="type"),
]
