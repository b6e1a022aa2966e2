"""Long short-term memory."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.recurrence import Recurrent
from vgviewer.settings import Settings


class Chrono(Settings):
    """Chrono initialization, Tallec & Ollivier 2018: b_f = ln u, b_i = −b_f, u uniform in [1, t_max − 1]."""

    type: Literal["chrono"] = "chrono"
    t_max: int = Field(
        default=100, ge=2, le=1_000_000, title="t_max", description="Longest lag to remember, in timesteps."
    )


GateBias = Annotated[float, Field(ge=-1e3, le=1e3)]


class Lstm(Recurrent):
    """Weights and biases as in torch.nn.LSTM, gate rows i, f, g, o."""

    label: ClassVar[str] = "LSTM"
    summary: ClassVar[str] = (
        "A cell that keeps what its forget gate lets through; only open forget gates carry the gradient far."
    )
    formula: ClassVar[str] = "c_t = f∘c_{t−1} + i∘g,  h_t = o∘tanh(c_t)"
    gates: ClassVar[int] = 4
    has_cell: ClassVar[bool] = True

    type: Literal["lstm"] = "lstm"
    peephole: Literal[False] = Field(default=False, title="Peephole", description="Not in this version yet.")
    forget_bias: GateBias | Chrono | None = Field(
        default=None,
        title="Forget bias",
        description="Bias of the forget gate at the start: a number, or chrono initialization for a known longest lag.",
    )
