"""Gated recurrent unit."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.recurrence import LearnedRecurrent
from vgviewer.settings import Note


class Gru(LearnedRecurrent):
    """Weights and biases as in torch.nn.GRU, gate rows r, z, n."""

    label: ClassVar[str] = "GRU"
    summary: ClassVar[str] = "A state that its update gate z carries over; z near 1 keeps the gradient."
    formula: ClassVar[str] = (
        "h_t = z∘h_{t−1} + (1 − z)∘n,  n = tanh(W_in x_t + b_in + r∘(W_hn h_{t−1} + b_hn))"
    )
    term: ClassVar[str] = "gru"
    gates: ClassVar[int] = 3
    blocks: ClassVar[int] = 8

    type: Literal["gru"] = "gru"
    update_bias: Annotated[
        Annotated[float, Field(ge=-1e3, le=1e3)] | None,
        Note(formula="z = σ(… + b_z), ∂h_t/∂h_{t−1} = diag(z) + …", term="gru"),
    ] = Field(
        default=None,
        title="Update bias",
        description="Bias of the update gate z at the start; large keeps the state.",
    )
