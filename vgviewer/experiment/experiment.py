"""What is asked: network, task and training as one immutable value."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from vgviewer.experiment.training import Sgd, Training
from vgviewer.network import Flow, Network, Problem, trace
from vgviewer.settings import Settings
from vgviewer.shapes import Shape
from vgviewer.tasks import AnyTask, Baseline

AlertKind = Literal[
    "vanishing",
    "exploding",
    "non_finite",
    "dead_units",
    "saturated",
    "not_learning",
    "update_ratio",
    "weights_growing",
    "cut_off",
]


class Thresholds(Settings):
    """Where an alert of one kind begins."""

    ratio: float = Field(
        gt=0, le=1e30, title="Ratio", description="Gradient size at the far end over the near end."
    )


class Experiment(Settings):
    """The content of a preset file."""

    name: str = Field(
        default="Untitled", max_length=200, title="Name", description="Shown in the title and the gallery."
    )
    summary: str = Field(default="", max_length=500, title="Summary", description="One line for the gallery.")
    notes: str = Field(default="", max_length=100_000, title="Notes", description="Markdown for the reader.")
    network: Network
    task: AnyTask = Field(title="Task")
    training: Training = Field(default=Training(), title="Training")
    alerts: dict[AlertKind, Literal["off"] | Thresholds] = Field(default={}, title="Alerts")

    @property
    def loss(self) -> str:
        """The loss with `auto` resolved: cross_entropy for classes, mse for values."""
        if self.training.loss != "auto":
            return self.training.loss
        return "cross_entropy" if self.task.targets().kind == "classes" else "mse"

    @property
    def answer(self) -> Shape:
        """What the output head gives: one output per class or column; one alone for bce on classes."""
        targets = self.task.targets()
        alone = self.loss == "bce" and targets.kind == "classes"
        return Shape(1 if alone else targets.size, targets.timesteps)

    @property
    def metric(self) -> str:
        """`accuracy` for classes, `mse` for values."""
        return "accuracy" if self.task.targets().kind == "classes" else "mse"

    @property
    def baseline(self) -> Baseline | None:
        """The loss without the past (or the input), where the task knows it."""
        return self.task.baseline(self.loss)

    @cached_property
    def flow(self) -> Flow:
        """The shapes between the layers, and what does not fit."""
        return trace(self.network, self.task.inputs(), self.answer)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that must be changed before this can be trained; empty when all is well."""
        return (*self.flow.problems, *self._loss_problems(), *self._training_problems())

    def _loss_problems(self) -> list[Problem]:
        targets = self.task.targets()
        path = "training.loss"
        if self.loss == "cross_entropy" and targets.kind != "classes":
            return [
                Problem(
                    path,
                    f"cross_entropy needs class labels, the task {self.task.label} has values. Take mse.",
                )
            ]
        if self.loss == "bce" and targets.kind == "classes" and targets.size > 2:
            message = f"bce needs two classes, {self.task.label} has {targets.size}. Take cross_entropy."
            return [Problem(path, message)]
        if self.loss == "sum" and targets.kind == "classes":
            return [
                Problem(path, f"sum needs values as its direction, the task {self.task.label} has classes.")
            ]
        return []

    def _training_problems(self) -> list[Problem]:
        if self.training.device == "cuda":
            return [Problem("training.device", "cuda is not in this version yet. Take cpu.")]
        optimizer = self.training.optimizer
        if isinstance(optimizer, Sgd) and optimizer.nesterov and optimizer.momentum == 0:
            return [Problem("training.optimizer.nesterov", "needs a momentum above 0, which is 0")]
        return []
