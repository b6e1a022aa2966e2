"""What is asked: network, task and training as one immutable value."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, field_validator

from vgviewer.experiment.annotations import Annotation, Annotations, repeated
from vgviewer.experiment.memory import Estimate, estimate, memory_problem
from vgviewer.experiment.training import Sgd, Training
from vgviewer.network import Flow, Network, Problem, trace
from vgviewer.network.layers.rnn import Rnn
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
        gt=0,
        le=1e30,
        title="Ratio",
        description="vanishing, exploding: gradient size at the far end over the near end (over training: the loss "
        "over that at the start). dead_units, saturated: share of a layer. update_ratio: update over the size of the "
        "weights. weights_growing: size of the weights over that at the start. cut_off: gradient over the clipping "
        "threshold. not_learning: loss over that of a network that has learned nothing. non_finite: of no use.",
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
    annotations: Annotations = ()

    @field_validator("annotations")
    @classmethod
    def _one_each(cls, annotations: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
        if (place := repeated(annotations)) is not None:
            raise ValueError(f"must hold one note for each place; {place} has two")
        return annotations

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

    @property
    def dependency(self) -> int | None:
        """How many timesteps back the task needs the network to remember; None where nobody knows, and where a layer
        hands every timestep to the head without a memory."""
        gathers = any(layer.gathers_timesteps for layer in self.network.layers)
        return None if gathers else self.task.dependency()

    def settled(self) -> Self:
        """The same with the task's data as they are now, to be trained whatever becomes of their file."""
        return self.model_copy(update={"task": self.task.settled()})

    @property
    def flow(self) -> Flow:
        """The shapes between the layers, and what does not fit; others when the task's file has become another."""
        asked = self.task.inputs(), self.answer
        if asked not in self._flows:
            self._flows[asked] = trace(self.network, *asked)
        return self._flows[asked]

    @cached_property
    def _flows(self) -> dict[tuple[Shape, Shape], Flow]:
        return {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that must be changed before this can be trained; empty when all is well. Of a task whose data
        cannot be used nothing is known that the network could fit."""
        unusable = self.task.problem()
        if unusable is not None:
            field, sentence = unusable
            return (Problem(f"task.{field}", sentence, "input"), *self._training_problems())
        misfits = (*self.flow.problems, *self._loss_problems(), *self._training_problems())
        too_large = None if misfits else memory_problem(self.memory, self.network)
        return misfits if too_large is None else (too_large,)

    @property
    def memory(self) -> Estimate:
        """What a training step will take, where there are no problems."""
        count = self.task.count()
        batch = self.training.batch_size if count is None else min(self.training.batch_size, count)
        asked = self.task.inputs(), self.answer, batch
        if asked not in self._estimates:
            self._estimates[asked] = estimate(self.network, self.flow, batch, self.training.optimizer)
        return self._estimates[asked]

    @cached_property
    def _estimates(self) -> dict[tuple[Shape, Shape, int], Estimate]:
        return {}

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
        if self.loss == "bce" and targets.kind == "values" and not self._targets_are_shares():
            return [Problem(path, f"bce needs targets from 0 to 1, {self.task.label} has others. Take mse.")]
        if self.loss == "sum" and targets.kind == "classes":
            return [
                Problem(path, f"sum needs values as its direction, the task {self.task.label} has classes.")
            ]
        return []

    def _targets_are_shares(self) -> bool:
        """Tasks that draw values draw them from anywhere."""
        table = self.task.table()
        return table is not None and bool(table.y.min() >= 0 and table.y.max() <= 1)

    @property
    def regularized(self) -> tuple[str, ...]:
        """The layers on which Ω acts: plain recurrent ones that learn W_hh itself."""
        return tuple(
            layer.id
            for layer in self.network.layers
            if isinstance(layer, Rnn) and not layer.frozen and layer.parametrization is None
        )

    def _training_problems(self) -> list[Problem]:
        found = []
        if self.training.omega is not None and not self.regularized:
            message = "needs an RNN layer that learns its W_hh freely. Add one, or take Ω away."
            found.append(Problem("training.omega", message))
        optimizer = self.training.optimizer
        if isinstance(optimizer, Sgd) and optimizer.nesterov and optimizer.momentum == 0:
            found.append(Problem("training.optimizer.nesterov", "needs a momentum above 0, which is 0"))
        return found
