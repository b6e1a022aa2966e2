"""Patients by hand, for the remedies' own examples and their tests."""

import math
from functools import cache

from vgviewer.diagnosis.alert import Alert, Axis
from vgviewer.diagnosis.remedy import Patient
from vgviewer.experiment import AlertKind, Experiment, Training
from vgviewer.experiment.training import Sgd
from vgviewer.network import Network
from vgviewer.network.activations import Activation, RecurrentActivation
from vgviewer.network.initializers import Default, Initializer
from vgviewer.network.layers import AnyLayer
from vgviewer.network.layers.activation import Activation as ActivationLayer
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip
from vgviewer.tasks.adding import Adding
from vgviewer.tasks.plane import Moons

STEPS = 60  # of the runs with which the remedies are tried


@cache
def deep(
    activation: Activation,
    kind: AlertKind,
    layers: int = 12,
    init: Initializer | None = None,
    lr: float = 0.01,
    skips: bool = False,
    axis: Axis | None = "depth",
) -> Patient:
    """Dense layers of 32 units on two moons; with `skips` each but the first adds what enters it, unscaled."""
    chain: list[AnyLayer] = []
    for number in range(1, layers + 1):
        source = chain[-1].id if chain else ""
        chain.append(
            Dense(id=f"dense{number}", units=32, activation=activation, weight_init=init or Default())
        )
        if skips and source:
            chain.append(Skip.model_validate({"id": f"skip{number}", "from": source}))
    training = Training(steps=STEPS, batch_size=32, optimizer=Sgd(lr=lr))
    experiment = Experiment(network=Network(layers=tuple(chain)), task=Moons(), training=training)
    return _patient(experiment, kind, axis, "dense1", None)


@cache
def normalized_deep(layers: int = 24) -> Patient:
    """ReLU layers of 32 units with batch norm and without skips, which explode at the start."""
    chain: list[AnyLayer] = []
    for number in range(1, layers + 1):
        chain.append(Dense(id=f"dense{number}", units=32))
        chain.append(BatchNorm(id=f"batchnorm{number}"))
        chain.append(ActivationLayer(id=f"activation{number}", function="relu"))
    training = Training(steps=STEPS, batch_size=16, optimizer=Sgd(lr=1e-5))
    experiment = Experiment(network=Network(layers=tuple(chain)), task=Moons(), training=training)
    return _patient(experiment, "exploding", "depth", "dense1", None)


def through_time(
    layer: Rnn | Lstm | Gru, kind: AlertKind, length: int = 60, lr: float = 0.01, axis: Axis | None = "time"
) -> Patient:
    """One recurrent layer on the adding problem."""
    training = Training(steps=STEPS, batch_size=16, optimizer=Sgd(lr=lr))
    chain = (layer, LastStep(id="last1"))
    experiment = Experiment(network=Network(layers=chain), task=Adding(length=length), training=training)
    return _patient(experiment, kind, axis, layer.id, length - 20)


@cache
def rnn(
    kind: AlertKind,
    activation: RecurrentActivation = "tanh",
    init: Initializer | None = None,
    axis: Axis | None = "time",
) -> Patient:
    """One plain recurrent layer of 32 units on the adding problem."""
    return through_time(
        Rnn(id="rnn1", units=32, activation=activation, recurrent_init=init or Default()), kind, axis=axis
    )


def _patient(
    experiment: Experiment, kind: AlertKind, axis: Axis | None, layer: str, timestep: int | None
) -> Patient:
    value, threshold = (1e-8, 1e-3) if kind == "vanishing" else (1e8, 1e4)
    if kind == "non_finite":
        value = math.inf
    alert = Alert(kind, axis, layer, timestep, 5, None, "critical", value, threshold, "An alert by hand.")
    norm = 50.0 if kind in ("exploding", "non_finite") else 0.1
    return Patient(experiment, alert, norm, update_ratio=1e-6 if kind == "not_learning" else None)
