"""The plain (Elman) recurrent layer."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.activations import RecurrentActivation
from vgviewer.network.recurrence import LearnedRecurrent
from vgviewer.settings import Note


class Rnn(LearnedRecurrent):
    """Weights and biases as in torch.nn.RNN."""

    label: ClassVar[str] = "RNN"
    summary: ClassVar[str] = (
        "One state, multiplied by W_hh at every timestep: its gradient vanishes or explodes with the lag."
    )
    formula: ClassVar[str] = "h_t = φ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh)"
    term: ClassVar[str] = "rnn"
    gates: ClassVar[int] = 1
    blocks: ClassVar[int] = 1

    type: Literal["rnn"] = "rnn"
    activation: Annotated[
        RecurrentActivation, Note(formula="∂h_t/∂h_{t−1} = diag(φ′) W_hh", term="activation")
    ] = Field(default="tanh", title="Activation", description="φ, applied to each unit.")
    parametrization: Annotated[
        Literal["orthogonal"] | None, Note(formula="W_hhᵀ W_hh = 1", term="orthogonal-init")
    ] = Field(
        default=None,
        title="Parametrization",
        description="orthogonal: W_hh stays orthogonal while it trains. It starts at the orthogonal matrix "
        "nearest to what Recurrent init draws, whose gain is lost.",
    )

    @property
    def caption(self) -> str:
        return f"{self.units} units, {self.activation}"
