"""Each remedy on its patient by hand, and the order in which they are offered."""

import re
from dataclasses import replace

import pytest

from vgviewer.diagnosis.alert import Alert, Cause, Hop
from vgviewer.diagnosis.edits import per_hop
from vgviewer.diagnosis.patients import deep, rnn, through_time
from vgviewer.diagnosis.remedies import REMEDIES, offers
from vgviewer.diagnosis.remedies.passage import DRAWN_WEIGHTS
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment, load, shipped
from vgviewer.experiment.training import Adam, ClipNorm
from vgviewer.network.initializers import (
    Default,
    KaimingNormal,
    Normal,
    Orthogonal,
    ScaledNormal,
    XavierNormal,
)
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.skip import Skip
from vgviewer.runner import Session, follow
from vgviewer.tasks.adding import Adding

ALL = tuple({remedy.id: remedy for remedies in REMEDIES.values() for remedy in remedies}.values())
VANISHING = [patient for patient in (remedy.sick for remedy in ALL) if patient.alert.kind == "vanishing"]
CURED = [
    deep("sigmoid", "vanishing"),
    deep("tanh", "vanishing", layers=16),
    deep("relu", "vanishing"),
    rnn("vanishing"),
    through_time(Lstm(id="lstm1", units=16), "vanishing"),
    through_time(Gru(id="gru1", units=16), "vanishing"),
]

every_remedy = pytest.mark.parametrize("remedy", ALL, ids=lambda remedy: remedy.id)


def named(patient: Patient, remedy: str) -> Offer | None:
    """The offer of this id among all that are made to the patient."""
    return next((offer for offer in offers(patient) if offer.id == remedy), None)


def standing(experiment: Experiment) -> list[Alert]:
    """The alerts that stand when the experiment has run."""
    session = Session(experiment)
    for _ in follow(session):
        pass
    return [alert for alert in session.alerts if alert.stands]


@every_remedy
def test_that_a_remedy_edits_its_patient_into_an_experiment_without_problems(remedy: Remedy) -> None:
    offer = remedy.offer(remedy.sick)
    assert offer is not None
    assert offer.experiment.problems == ()
    assert offer.experiment != remedy.sick.experiment
    assert offer.id == remedy.id


@every_remedy
def test_that_a_remedy_says_what_it_does_why_whence_and_what_it_will_not_cure(remedy: Remedy) -> None:
    offer = remedy.offer(remedy.sick)
    assert offer is not None
    assert not offer.title.endswith(".")
    assert offer.why.endswith(".")
    assert offer.limits.endswith(".")
    assert re.search(r"\b(19|20)\d\d\b", offer.source)


@every_remedy
def test_that_a_remedy_is_offered_to_its_own_patient(remedy: Remedy) -> None:
    assert named(remedy.sick, remedy.id) is not None


@pytest.mark.parametrize("trouble", REMEDIES, ids=lambda trouble: f"{trouble[0]}-{trouble[1]}")
@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_that_whatever_is_offered_to_a_shipped_preset_can_be_trained(card: object, trouble: object) -> None:
    experiment = load(card.path)  # type: ignore[attr-defined]
    kind, axis = trouble  # type: ignore[misc]
    alert = replace(rnn("exploding").alert, kind=kind, axis=axis, timestep=3)
    made = [offer.experiment for offer in offers(Patient(experiment, alert, 3.0))]
    assert all(edited.problems == () for edited in made)
    assert experiment not in made
    assert len({edited.model_dump_json() for edited in made}) == len(made)


@pytest.mark.parametrize("patient", [*VANISHING, *CURED], ids=lambda patient: patient.experiment.summary)
def test_that_nothing_against_vanishing_clips_truncates_or_lowers_the_learning_rate(
    patient: Patient,
) -> None:
    before = patient.experiment.training
    for offer in offers(replace(patient, gradient_norm=1e-6)):
        after = offer.experiment.training
        assert (after.clip, after.truncate, after.optimizer) == (
            before.clip,
            before.truncate,
            before.optimizer,
        )


def test_that_a_forget_bias_of_1_is_not_promised_for_a_long_lag() -> None:
    for length, least in ((200, 0.1), (20, 0.01)):
        offer = named(through_time(Lstm(id="lstm1", units=8), "vanishing", length=length), "forget_bias")
        assert offer is not None
        bias = offer.experiment.network.layers[0].forget_bias  # type: ignore[union-attr]
        kept = (1 / (1 + 2.718281828**-bias)) ** (length // 2)
        assert kept > least


def test_that_shorter_sequences_come_last_because_they_are_another_task() -> None:
    sick = rnn("vanishing")
    *others, last = offers(sick)
    assert all(offer.experiment.task == sick.experiment.task for offer in others)
    assert isinstance(last.experiment.task, Adding)
    assert last.experiment.task.length < 60
    assert "changes the task" in last.limits


def test_that_a_run_is_clipped_at_the_norm_that_was_measured_or_not_at_all() -> None:
    sick = deep("relu", "exploding", axis=None)
    offer = named(replace(sick, gradient_norm=0.234), "clip")
    assert offer is not None
    assert offer.experiment.training.clip == ClipNorm(value=0.23)
    for unknown in (None, 0.0, float("inf")):
        assert named(replace(sick, gradient_norm=unknown), "clip") is None


def test_that_a_learning_rate_falls_to_a_tenth_or_as_far_as_the_norm_asks() -> None:
    sick = deep("relu", "exploding", lr=0.1, axis=None)
    mild, wild = (named(replace(sick, gradient_norm=norm), "lower_rate") for norm in (0.01, 40.0))
    assert mild is not None
    assert mild.experiment.training.optimizer.lr == pytest.approx(0.01)
    assert wild is not None
    assert wild.experiment.training.optimizer.lr == pytest.approx(0.001)


def test_that_gradients_far_larger_than_the_weights_are_laid_to_the_weights_and_not_to_the_step() -> None:
    sick = deep("relu", "non_finite", init=ScaledNormal(gain=5.0), axis=None)
    assert offers(replace(sick, gradient_norm=1.0))[0].id == "lower_rate"
    assert offers(replace(sick, gradient_norm=1e6))[0].id == "initialization"
    usual = deep("relu", "non_finite", axis=None)
    others = [offer.id for offer in offers(replace(usual, gradient_norm=1e6))]
    assert others[0] == "lower_rate"
    assert "initialization" not in others


def test_that_dead_layers_get_what_lasts_before_a_fresh_start() -> None:
    sick = deep("relu", "vanishing")
    assert offers(sick)[0].id == "initialization"
    assert offers(replace(sick, alert=replace(sick.alert, value=0.0)))[0].id == "batch_norm"


def test_that_a_learning_rate_is_no_cure_for_what_explodes_from_the_start() -> None:
    sick = rnn("exploding", init=ScaledNormal(gain=2.0))
    assert named(sick, "lower_rate") is None
    assert named(replace(sick, alert=replace(sick.alert, step=200)), "lower_rate") is not None


def test_that_batch_norm_moves_a_skip_to_what_the_activation_gives() -> None:
    sick = deep("relu", "exploding", layers=4, skips=True)
    offer = named(sick, "batch_norm")
    assert offer is not None
    network = offer.experiment.network
    sources = [layer.source for layer in network.layers if isinstance(layer, Skip)]
    assert sources[0] == "activation1"
    assert network.layers[network.index("activation1") - 1].type == "batch_norm"


def test_that_no_batch_norm_is_offered_to_a_batch_of_a_few() -> None:
    sick = deep("sigmoid", "vanishing")
    training = sick.experiment.training.replace(batch_size=2)
    few = replace(sick, experiment=sick.experiment.replace(training=training))
    assert named(sick, "batch_norm") is not None
    assert named(few, "batch_norm") is None


def test_that_skips_are_scaled_by_the_gain_that_was_measured() -> None:
    sick = deep("tanh", "vanishing", layers=11)
    measured = replace(sick, alert=replace(sick.alert, value=0.6**10))
    offer = named(measured, "skips")
    assert offer is not None
    scales = {layer.scale for layer in offer.experiment.network.layers if isinstance(layer, Skip)}
    assert scales == {0.8}  # 0.6² + 0.8² = 1


@pytest.mark.parametrize("patient", CURED, ids=lambda patient: patient.experiment.network.layers[0].type)
def test_that_the_first_remedy_takes_a_vanishing_alert_away(patient: Patient) -> None:
    trouble = (patient.alert.kind, patient.alert.axis)
    before = [alert for alert in standing(patient.experiment) if (alert.kind, alert.axis) == trouble]
    assert before
    first = offers(replace(patient, alert=before[0]))[0]
    assert trouble not in [(alert.kind, alert.axis) for alert in standing(first.experiment)]


@pytest.mark.parametrize(
    "patient",
    [
        deep("relu", "exploding", layers=16, init=KaimingNormal(gain=3.0)),
        rnn("exploding", init=ScaledNormal(gain=2.5)),
    ],
    ids=["depth", "time"],
)
def test_that_the_first_remedy_takes_an_exploding_alert_away(patient: Patient) -> None:
    careful = patient.experiment.training.replace(clip=ClipNorm(), optimizer=Adam(lr=1e-4))
    experiment = patient.experiment.replace(training=careful)
    trouble = (patient.alert.kind, patient.alert.axis)
    before = [alert for alert in standing(experiment) if (alert.kind, alert.axis) == trouble]
    assert before
    first = offers(Patient(experiment, before[0], 1.0))[0]
    assert trouble not in [(alert.kind, alert.axis) for alert in standing(first.experiment)]


def test_that_a_rate_never_falls_below_a_hundredth_in_one_offer() -> None:
    for sick in (deep("relu", "exploding", lr=0.1, axis=None), deep("relu", "non_finite", lr=0.1, axis=None)):
        offer = named(replace(sick, gradient_norm=1e9), "lower_rate")
        assert offer is not None
        assert offer.experiment.training.optimizer.lr == pytest.approx(0.001)


def test_that_what_does_not_learn_gets_another_rate_only_as_the_size_of_its_steps_asks() -> None:
    sick = deep("relu", "not_learning", lr=0.1, axis=None)
    rates = {
        ratio: {offer.id for offer in offers(replace(sick, update_ratio=ratio))}
        & {"higher_rate", "lower_rate"}
        for ratio in (1e-6, 1e-3, 0.1, None)
    }
    assert rates == {1e-6: {"higher_rate"}, 1e-3: set(), 0.1: {"lower_rate"}, None: set()}


def test_that_deep_sigmoid_layers_which_do_not_learn_are_offered_another_activation() -> None:
    """A skip past the others lets some gradient through, and then nothing has vanished."""
    sick = replace(deep("sigmoid", "not_learning", axis=None), update_ratio=1e-3)
    assert [offer.id for offer in offers(sick)][:2] == ["tanh", "batch_norm"]


def test_that_units_which_a_large_step_killed_get_smaller_steps_first() -> None:
    sick = deep("relu", "dead_units", lr=5.0, axis=None)
    first = offers(replace(sick, largest_step=0.31))[0]
    assert first.id == "lower_rate"
    assert first.experiment.training.optimizer.lr == pytest.approx(0.5)
    assert named(replace(sick, largest_step=0.05), "lower_rate") is None
    later = replace(sick, largest_step=0.05, alert=replace(sick.alert, step=100))
    assert offers(later)[0].id == "leaky"
    assert named(later, "lower_rate") is not None


def test_that_smaller_steps_are_offered_against_vanishing_only_after_a_large_step_left_nothing() -> None:
    sick = replace(deep("relu", "vanishing"), largest_step=0.31)
    nothing = replace(sick, alert=replace(sick.alert, value=0.0))
    assert named(sick, "lower_rate") is None
    assert offers(nothing)[0].id == "lower_rate"
    assert named(replace(nothing, largest_step=0.01), "lower_rate") is None


def test_that_large_weights_set_by_hand_are_drawn_smaller_where_sigmoid_saturates() -> None:
    sick = deep("sigmoid", "saturated", layers=2, init=Normal(std=10.0), axis=None)
    assert offers(sick)[0].id == "smaller_weights"
    assert named(deep("sigmoid", "saturated", layers=2, axis=None), "smaller_weights") is None
    assert (
        named(
            deep("tanh", "saturated", layers=2, init=Normal(std=10.0), axis=None),
            "smaller_weights",
        )
        is None
    )


def test_that_a_network_of_zeros_is_drawn_anew_at_once_before_its_head_alone() -> None:
    sick = DRAWN_WEIGHTS.sick
    first, second = offers(sick)[:2]
    assert (first.id, second.id) == ("drawn_weights", "drawn_head")
    network = first.experiment.network
    assert [layer.weight_init for layer in network.layers] == [XavierNormal(), XavierNormal()]  # type: ignore[union-attr]
    assert network.output.weight_init == Default()


def test_that_clipping_is_no_cure_for_what_grows_under_an_optimizer_that_divides_the_size_out() -> None:
    for kind in ("weights_growing", "exploding", "non_finite"):
        sick = deep("relu", kind, axis=None)  # type: ignore[arg-type]
        adaptive = sick.experiment.training.replace(optimizer=Adam(lr=0.3))
        treated = replace(sick, experiment=sick.experiment.replace(training=adaptive))
        assert named(sick, "clip") is not None
        assert named(treated, "clip") is None


def test_that_recurrent_weights_drawn_large_are_drawn_anew_before_all_others() -> None:
    sick = rnn("non_finite", "relu", Orthogonal(gain=1.4), axis=None)
    assert offers(replace(sick, gradient_norm=1e6))[0].id == "orthogonal"


def test_that_a_threshold_that_holds_an_explosion_is_not_taken_away() -> None:
    sick = rnn("cut_off", axis=None)
    clipped = sick.experiment.replace(training=sick.experiment.training.replace(clip=ClipNorm(value=1.0)))
    offered = [
        {offer.id for offer in offers(replace(sick, experiment=clipped, gradient_norm=norm))}
        for norm in (50.0, 15_000.0)
    ]
    assert ["wider_clip" in ids for ids in offered] == [True, False]


def test_that_a_remedy_tells_the_gain_that_the_cause_tells_and_its_step() -> None:
    patient = rnn("vanishing")
    hops = tuple(Hop("rnn1", "rnn1", t, gain, {"injection": 2.0}) for t, gain in ((9, 0.5), (8, 2.0)))
    told = replace(patient, alert=replace(patient.alert, cause=Cause("", hops, 461), measured=1302))
    assert per_hop(told) == "Going back, each timestep passes on 0.5 of the gradient (step 461)."
    unknown = replace(told, alert=replace(told.alert, cause=None))
    assert per_hop(unknown).startswith("Going back, each timestep passes on ")
    assert per_hop(unknown).endswith("(step 1,302).")
    assert per_hop(patient).startswith("Going back, each timestep passes on ")
