"""How a network is trained: optimizer, clipping, loss and the length of the run."""

from typing import Annotated, Literal

from pydantic import Field

from vgviewer.settings import Note, Settings

LearningRate = Annotated[
    float,
    Field(ge=0, le=1e30, title="Learning rate", description="η, the size of a step."),
    Note(formula="w ← w − η g", term="learning-rate"),
]
Momentum = Annotated[
    float,
    Field(ge=0, le=1, title="Momentum", description="Share μ of the last step that goes on."),
    Note(formula="v ← μ v + g, w ← w − η v"),
]
WeightDecay = Annotated[
    float,
    Field(
        ge=0, le=1e6, title="Weight decay", description="Pulls the weights to 0; not part of the loss shown."
    ),
    Note(formula="g ← g + λ w; adamw: w ← w − η λ w"),
]
Epsilon = Annotated[
    float, Field(ge=0, le=1, title="ε", description="Added to the denominator."), Note(formula="√v + ε")
]
Beta = Annotated[float, Field(ge=0, lt=1)]
Loss = Literal["auto", "mse", "mae", "cross_entropy", "bce", "sum"]


class Sgd(Settings):
    """Stochastic gradient descent."""

    type: Literal["sgd"] = "sgd"
    lr: LearningRate = 0.01
    momentum: Momentum = 0.0
    nesterov: Annotated[bool, Note(formula="w ← w − η (g + μ v)")] = Field(
        default=False, title="Nesterov", description="Momentum that looks ahead; needs momentum > 0."
    )
    weight_decay: WeightDecay = 0.0


class RmsProp(Settings):
    """Divides by a running root mean square."""

    type: Literal["rmsprop"] = "rmsprop"
    lr: LearningRate = 0.01
    alpha: Annotated[Beta, Note(formula="v ← α v + (1 − α) g²")] = Field(
        default=0.99, title="α", description="Memory of the running mean square."
    )
    eps: Epsilon = 1e-8
    momentum: Momentum = 0.0
    weight_decay: WeightDecay = 0.0


class _Adaptive(Settings):
    lr: LearningRate = 0.001
    beta1: Annotated[Beta, Note(formula="m ← β₁ m + (1 − β₁) g")] = Field(
        default=0.9, title="β₁", description="Memory of the mean gradient."
    )
    beta2: Annotated[Beta, Note(formula="v ← β₂ v + (1 − β₂) g²")] = Field(
        default=0.999, title="β₂", description="Memory of the mean square."
    )
    eps: Epsilon = 1e-8


class Adam(_Adaptive):
    """Adam, Kingma & Ba 2015."""

    type: Literal["adam"] = "adam"
    weight_decay: WeightDecay = 0.0


class AdamW(_Adaptive):
    """Adam with decoupled weight decay, Loshchilov & Hutter 2019."""

    type: Literal["adamw"] = "adamw"
    weight_decay: WeightDecay = 0.01


class NoDevice(Exception):
    """The device that a training asks for is not in this machine; a file may ask for it all the same."""


Optimizer = Annotated[Sgd | RmsProp | Adam | AdamW, Field(discriminator="type")]
Threshold = Annotated[
    float,
    Field(gt=0, le=1e30, title="Threshold", description="θ, beyond which a gradient is made smaller."),
    Note(formula="norm: g ← θ g / ‖g‖ where ‖g‖ > θ; value: each entry within ± θ", term="clipping"),
]


class ClipNorm(Settings):
    """Scales all gradients together when their norm is larger. Pascanu et al. 2013."""

    type: Literal["norm"] = "norm"
    value: Threshold = 1.0


class ClipValue(Settings):
    """Cuts each entry of the gradient to ± the threshold; that bends its direction."""

    type: Literal["value"] = "value"
    value: Threshold = 1.0


class EarlyStopping(Settings):
    """Ends the run when the test metric has not improved for `patience` of its readings."""

    patience: Annotated[int, Note(unit="readings")] = Field(
        default=5, ge=1, le=10_000, title="Patience", description="Readings of the metric to wait."
    )
    min_delta: float = Field(
        default=0.0, ge=0, le=1e6, title="Least gain", description="What counts as improvement."
    )


class Omega(Settings):
    """Pulls what one hop back in time keeps of the gradient towards 1. Pascanu, Mikolov & Bengio 2013, section 3.3."""

    weight: Annotated[float, Note(formula="L + weight · Ω", term="omega")] = Field(
        default=1.0,
        ge=0,
        le=1e6,
        title="Weight",
        description="Factor on Ω, whose derivative with respect to W_hh is added to the gradient.",
    )


Clip = Annotated[ClipNorm | ClipValue, Field(discriminator="type")]


class Training(Settings):
    """What an experiment asks of the optimizer and of the run."""

    steps: Annotated[int, Note(unit="steps")] = Field(
        default=1000, ge=1, le=10_000_000, title="Steps", description="Updates of the weights."
    )
    batch_size: Annotated[int, Note(unit="samples", formula="g = mean of the samples' gradients")] = Field(
        default=32, ge=1, le=65_536, title="Batch size", description="Samples in one step."
    )
    seed: int = Field(
        default=0, ge=0, le=2**32 - 1, title="Seed", description="The same seed gives the same run."
    )
    optimizer: Annotated[Optimizer, Note(formula="w ← w − η · step(g)", term="update-ratio")] = Field(
        default=Sgd(), title="Optimizer", description="How gradients become updates."
    )
    clip: Annotated[Clip | None, Note(formula="g ← θ g / ‖g‖ where ‖g‖ > θ", term="clipping")] = Field(
        default=None, title="Clip", description="Bounds large gradients; does nothing for small ones."
    )
    truncate: Annotated[
        int | None,
        Note(unit="timesteps", formula="∂h_{t+1}/∂h_t taken as 0 at every k-th timestep", term="truncation"),
    ] = Field(
        default=None,
        ge=1,
        le=10_000_000,
        title="Truncate",
        description="Cuts the gradient through time every k timesteps.",
    )
    early_stopping: EarlyStopping | None = Field(
        default=None, title="Early stopping", description="Ends the run when the metric no longer improves."
    )
    omega: Annotated[
        Omega | None, Note(formula="Ω = mean (r − 1)², r = ‖g_{t+1} ∂h_{t+1}/∂h_t‖ / ‖g_{t+1}‖", term="omega")
    ] = Field(
        default=None,
        title="Ω",
        description="Keeps the gradient of plain recurrent layers from vanishing; not part of the loss shown.",
    )
    loss: Annotated[
        Loss, Note(formula="mse: mean (ŷ − y)²; mae: mean |ŷ − y|; cross-entropy: −ln p(y)", term="baseline")
    ] = Field(default="auto", title="Loss", description="auto: mse for values, cross-entropy for classes.")
    loss_scale: Annotated[float, Note(formula="L ← scale · L, ∂L/∂w ← scale · ∂L/∂w", term="loss-scale")] = (
        Field(
            default=1.0,
            ge=1e-12,
            le=1e12,
            title="Loss scale",
            description="Factor on the loss; all gradients scale with it.",
        )
    )
    device: Literal["auto", "cpu", "cuda"] = Field(
        default="cpu",
        title="Device",
        description="Where torch computes; auto takes a CUDA device where there is one.",
    )
