"""Gated layers, and gates that start open for as long as the task needs."""

import math

from vgviewer.diagnosis.edits import (
    dependency,
    each_layer,
    per_hop,
    plain_layers,
    sentence,
    timesteps,
    with_layers,
)
from vgviewer.diagnosis.patients import rnn, through_time
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.network.initializers import Default, Orthogonal, ScaledNormal
from vgviewer.network.layer import Layer
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.lstm import Chrono, Lstm

SHORT = 10  # timesteps: (σ(1) = 0.73) to the tenth is 0.04, which is as far as a forget bias of 1 reaches


def offer_lstm(patient: Patient) -> Offer | None:
    """In place of plain layers, with chrono initialization: a default LSTM forgets like a plain layer."""
    t_max = _t_max(patient.experiment)
    experiment = _gated(patient.experiment, Lstm, forget_bias=Chrono(t_max=t_max))
    if experiment is None:
        return None
    return Offer(
        id="lstm",
        title=f"Take an LSTM in place of the plain layer, chrono initialization for {t_max} timesteps",
        why=f"The cell carries the gradient past W_hh and the activation; with forget gates that start open for up to "
        f"{t_max} timesteps it comes through.",
        source="Hochreiter & Schmidhuber 1997; Tallec & Ollivier 2018, Can recurrent neural networks warp time?",
        limits="Four times the weights; without open forget gates an LSTM forgets too (0.64 per timestep).",
        experiment=experiment,
    )


def offer_gru(patient: Patient) -> Offer | None:
    """In place of plain layers, with update gates that carry the state."""
    bias = _update_bias(patient.experiment)
    experiment = _gated(patient.experiment, Gru, update_bias=bias)
    if experiment is None:
        return None
    return Offer(
        id="gru",
        title=f"Take a GRU in place of the plain layer, update bias {bias:g}",
        why=f"The update gate carries the state over: at a bias of {bias:g} it keeps "
        f"{_keeps(bias):.3g} of it per timestep.",
        source="Cho et al. 2014, Learning phrase representations; Tallec & Ollivier 2018",
        limits="Three times the weights; a default GRU (bias about 0) keeps half per timestep and forgets.",
        experiment=experiment,
    )


def offer_chrono(patient: Patient) -> Offer | None:
    """Time constants spread over all lags up to the task's longest."""
    experiment = patient.experiment
    if not _any(experiment, Lstm):
        return None
    t_max = _t_max(experiment)
    return Offer(
        id="chrono",
        title=f"Chrono initialization for {t_max} timesteps",
        why=sentence(
            per_hop(patient),
            f"Forget gates that start with time constants from 1 to {t_max} timesteps keep what is up to {t_max} old.",
        ),
        source="Tallec & Ollivier 2018, Can recurrent neural networks warp time?",
        limits="It needs the longest lag to be known; gates that learn to close forget again.",
        experiment=_opened(experiment, Lstm, forget_bias=Chrono(t_max=t_max)),
    )


def offer_forget_bias(patient: Patient) -> Offer | None:
    """One number for all units, as large as the lag needs; 1 only where that reaches."""
    experiment = patient.experiment
    lag = dependency(experiment)
    if not _any(experiment, Lstm):
        return None
    bias = 1.0 if lag <= SHORT else round(math.log(2 * lag), 1)
    keeps = _keeps(bias)
    return Offer(
        id="forget_bias",
        title=f"Start the forget gates at a bias of {bias:g}",
        why=f"They then keep {keeps:.3g} of the cell per timestep, {keeps**lag:.2g} over the {lag} that are needed.",
        source="Gers, Schmidhuber & Cummins 2000, Learning to forget; Jozefowicz et al. 2015",
        limits="All units get the same time constant, and with wide open gates the gradient may grow back in time.",
        experiment=_opened(experiment, Lstm, forget_bias=bias),
    )


def offer_calmed(patient: Patient) -> Offer | None:
    """Recurrent weights of gated layers that were drawn too large: they drive the gates and the detour through h."""
    experiment = patient.experiment
    wild = [layer for layer in experiment.network.layers if isinstance(layer, Lstm | Gru)]
    if all(layer.recurrent_init == Orthogonal() for layer in wild):
        return None
    names = ", ".join(layer.id for layer in wild)
    lag = dependency(experiment)
    return Offer(
        id="calmed",
        title=f"Draw W_hh of {names} orthogonal, with gates open for {lag} timesteps",
        why="The way through h and W_hh multiplies at every timestep. Orthogonal blocks enlarge nothing, and what is "
        "to be remembered goes by the gates instead.",
        source="Henaff, Szlam & LeCun 2016, Recurrent orthogonal networks; Tallec & Ollivier 2018",
        limits="It sets the start only: too large a learning rate drives the weights up again.",
        experiment=each_layer(experiment, lambda layer: _calm(layer, experiment)),
    )


def _calm(layer: Layer, experiment: Experiment) -> Layer:
    quiet = {"recurrent_init": Orthogonal(), "weight_init": Default()}
    if isinstance(layer, Lstm):
        return layer.replace(**quiet, forget_bias=Chrono(t_max=_t_max(experiment)))
    if isinstance(layer, Gru):
        return layer.replace(**quiet, update_bias=_update_bias(experiment))
    return layer


def offer_update_bias(patient: Patient) -> Offer | None:
    """The GRU's own: z near 1 keeps the state."""
    experiment = patient.experiment
    if not _any(experiment, Gru):
        return None
    bias = _update_bias(experiment)
    return Offer(
        id="update_bias",
        title=f"Start the update gates at a bias of {bias:g}",
        why=sentence(
            per_hop(patient),
            f"At a bias of {bias:g} the gates keep {_keeps(bias):.3g} of the state per timestep.",
        ),
        source="Tallec & Ollivier 2018, Can recurrent neural networks warp time?, section 2.2",
        limits="Units that keep so much learn slowly what is new; gates that learn to close forget again.",
        experiment=_opened(experiment, Gru, update_bias=bias),
    )


def _t_max(experiment: Experiment) -> int:
    return max(min(2 * dependency(experiment), max(timesteps(experiment), 4)), 4)


def _update_bias(experiment: Experiment) -> float:
    """z = lag/(lag + 1) at least: over the whole lag 1/e is left, as Tallec & Ollivier's u = lag."""
    return round(math.log(2 * max(dependency(experiment), 2)), 1)


def _keeps(bias: float) -> float:
    """σ(bias), the share of the memory that a gate of this bias hands on at a timestep."""
    return 1 / (1 + math.exp(-bias))


def _gated(experiment: Experiment, kind: type[Lstm | Gru], **gates: object) -> Experiment | None:
    """With gated layers of the same size in place of the plain ones; None where there are none."""
    network, plain = experiment.network, plain_layers(experiment)
    for layer in plain:
        name = network.fresh_id(kind.model_fields["type"].default)
        fields = {"id": name, "units": layer.units, "frozen": layer.frozen, **gates}
        network = network.change(layer.id, kind.model_validate(fields))
    return with_layers(experiment, network.layers) if plain else None


def _opened(experiment: Experiment, kind: type[Lstm | Gru], **gates: object) -> Experiment:
    """With these settings of the gates in all layers of the kind."""
    return each_layer(experiment, lambda layer: layer.replace(**gates) if isinstance(layer, kind) else layer)


def _any(experiment: Experiment, kind: type[Layer]) -> bool:
    return any(isinstance(layer, kind) for layer in experiment.network.layers)


LSTM = Remedy("lstm", offer_lstm, rnn("vanishing"))
GRU = Remedy("gru", offer_gru, rnn("vanishing"))
CHRONO = Remedy("chrono", offer_chrono, through_time(Lstm(id="lstm1", units=32), "vanishing"))
FORGET_BIAS = Remedy("forget_bias", offer_forget_bias, through_time(Lstm(id="lstm1", units=32), "vanishing"))
CALMED = Remedy(
    "calmed",
    offer_calmed,
    through_time(Lstm(id="lstm1", units=32, recurrent_init=ScaledNormal(gain=4.0)), "exploding"),
)
UPDATE_BIAS = Remedy("update_bias", offer_update_bias, through_time(Gru(id="gru1", units=32), "vanishing"))
