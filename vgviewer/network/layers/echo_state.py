"""A reservoir: a recurrent layer that is drawn and never trained."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.recurrence import Recurrent
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class EchoState(Recurrent):
    """Jaeger 2001, The "echo state" approach. W_ih is uniform within ±1/√features; the biases are 0."""

    label: ClassVar[str] = "Echo state"
    summary: ClassVar[str] = (
        "A fixed random reservoir: only what comes behind it learns. Its spectral radius sets how long it echoes."
    )
    formula: ClassVar[str] = "h_t = (1 − α) h_{t−1} + α tanh(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh)"
    term: ClassVar[str] = "spectral-radius"
    gates: ClassVar[int] = 1
    blocks: ClassVar[int] = 1
    frozen: ClassVar[bool] = True

    type: Literal["echo_state"] = "echo_state"
    spectral_radius: Annotated[float, Note(formula="ρ = max |λ(W_hh)|", term="spectral-radius")] = Field(
        default=0.9,
        ge=0,
        le=1e3,
        title="Spectral radius",
        description="Largest absolute eigenvalue of W_hh; below 1 an input usually fades, above 1 it may not.",
    )
    sparsity: Annotated[float, Note(unit="of the entries")] = Field(
        default=0.9, ge=0, lt=1, title="Sparsity", description="Share of the entries of W_hh that are 0."
    )
    leak: Annotated[float, Note(formula="h_t = (1 − α) h_{t−1} + α tanh(…)")] = Field(
        default=1.0,
        gt=0,
        le=1,
        title="Leak",
        description="α, the share of the state that is new at each timestep; a small one is slow and remembers.",
    )

    @property
    def caption(self) -> str:
        return f"{self.units} units, ρ {self.spectral_radius:g}"

    def held(self, shape: Shape) -> int:
        activated = self.units * (shape.timesteps or 0) if self.leak < 1 else 0
        return super().held(shape) + activated
