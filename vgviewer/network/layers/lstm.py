"""Long short-term memory."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.recurrence import LearnedRecurrent
from vgviewer.settings import Note, Settings
from vgviewer.shapes import Shape


class Chrono(Settings):
    """Chrono initialization, Tallec & Ollivier 2018: b_f = ln u, b_i = −b_f, u uniform in [1, t_max − 1]."""

    type: Literal["chrono"] = "chrono"
    t_max: Annotated[
        int, Note(unit="timesteps", formula="b_f = ln u, b_i = −b_f, u ~ U[1, t_max − 1]", term="chrono-init")
    ] = Field(
        default=100, ge=2, le=1_000_000, title="t_max", description="Longest lag to remember, in timesteps."
    )


GateBias = Annotated[float, Field(ge=-1e3, le=1e3)]


class Lstm(LearnedRecurrent):
    """Weights and biases as in torch.nn.LSTM, gate rows i, f, g, o."""

    label: ClassVar[str] = "LSTM"
    summary: ClassVar[str] = (
        "A cell that keeps what its forget gate lets through; only open forget gates carry the gradient far."
    )
    formula: ClassVar[str] = "c_t = f∘c_{t−1} + i∘g,  h_t = o∘tanh(c_t)"
    term: ClassVar[str] = "lstm"
    gates: ClassVar[int] = 4
    blocks: ClassVar[int] = 11
    has_cell: ClassVar[bool] = True

    type: Literal["lstm"] = "lstm"
    peephole: Annotated[bool, Note(formula="i, f = σ(… + p ∘ c_{t−1}), o = σ(… + p ∘ c_t)")] = Field(
        default=False,
        title="Peephole",
        description="The gates see the cell too, each unit its own: i and f see c_{t−1}, o sees c_t.",
    )
    forget_bias: Annotated[
        GateBias | Chrono | None, Note(formula="f = σ(… + b_f), time constant −1 / ln f", term="forget-bias")
    ] = Field(
        default=None,
        title="Forget bias",
        description="Bias of the forget gate at the start: a number, or chrono initialization for a known longest lag.",
    )

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        peephole = {"weight_peephole": (3, self.units)} if self.peephole else {}
        return super().weights(shape, earlier) | peephole

    def held(self, shape: Shape) -> int:
        carried = self.units * (shape.timesteps or 0) if self.peephole else 0  # ∂c_t/∂c_{t−1}
        return super().held(shape) + carried
