"""How weights are drawn at the start. Every kind takes a gain g; formulas are the contract's."""

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from vgviewer.settings import Note, Settings
from vgviewer.shapes import block_shape

Gain = Annotated[
    float,
    Field(ge=-1e6, le=1e6, title="Gain", description="Factor g on everything that is drawn."),
    Note(formula="W ← g W"),
]
Positive = Annotated[float, Field(ge=0, le=1e6)]


class _Gained(Settings):
    gain: Gain = 1.0


class Default(_Gained):
    """PyTorch's own: uniform within ±1/√fan_in (recurrent layers: ±1/√units)."""

    type: Literal["default"] = "default"


class Zeros(_Gained):
    """All zero."""

    type: Literal["zeros"] = "zeros"


class Constant(_Gained):
    """The same value everywhere."""

    type: Literal["constant"] = "constant"
    value: float = Field(
        default=0.0, ge=-1e6, le=1e6, title="Value", description="What every entry is, times the gain."
    )


class Uniform(_Gained):
    """Uniform within ± limit."""

    type: Literal["uniform"] = "uniform"
    limit: Positive = Field(
        default=0.1, title="Limit", description="Entries lie between − limit and + limit, times the gain."
    )


class Normal(_Gained):
    """Normal with mean 0."""

    type: Literal["normal"] = "normal"
    std: Positive = Field(
        default=0.1, title="Standard deviation", description="σ of the entries, times the gain."
    )


class XavierUniform(_Gained):
    """Limit g·√(6/(fan_in + fan_out)). Glorot & Bengio 2010."""

    type: Literal["xavier_uniform"] = "xavier_uniform"


class XavierNormal(_Gained):
    """Standard deviation g·√(2/(fan_in + fan_out)). Glorot & Bengio 2010."""

    type: Literal["xavier_normal"] = "xavier_normal"


class KaimingUniform(_Gained):
    """Limit g·√(6/fan_in). He et al. 2015."""

    type: Literal["kaiming_uniform"] = "kaiming_uniform"


class KaimingNormal(_Gained):
    """Standard deviation g·√(2/fan_in). He et al. 2015."""

    type: Literal["kaiming_normal"] = "kaiming_normal"


class LecunNormal(_Gained):
    """Standard deviation g/√fan_in. LeCun et al. 1998."""

    type: Literal["lecun_normal"] = "lecun_normal"


class Orthogonal(_Gained):
    """g times a random orthogonal matrix. Saxe et al. 2014."""

    type: Literal["orthogonal"] = "orthogonal"


class Identity(_Gained):
    """g times the identity. Le et al. 2015."""

    type: Literal["identity"] = "identity"


class ScaledNormal(_Gained):
    """Standard deviation g/√fan_in: g is the σ_w of mean-field theory. Poole et al. 2016."""

    type: Literal["scaled_normal"] = "scaled_normal"


class Values(_Gained):
    """Exact values, as a nested list of the parameter's shape."""

    type: Literal["values"] = "values"
    values: list[Any] = Field(
        title="Values", description="Nested list of numbers, of the parameter's own shape."
    )

    @field_validator("values")
    @classmethod
    def _numbers_only(cls, values: list[Any]) -> list[Any]:
        block_shape(values)
        return values


Initializer = Annotated[
    Default
    | Zeros
    | Constant
    | Uniform
    | Normal
    | XavierUniform
    | XavierNormal
    | KaimingUniform
    | KaimingNormal
    | LecunNormal
    | Orthogonal
    | Identity
    | ScaledNormal
    | Values,
    Field(discriminator="type"),
]
