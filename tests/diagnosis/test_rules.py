"""Each rule alone, on frames made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from vgviewer.diagnosis.alert import Finding, matters
from vgviewer.diagnosis.examples import (
    OUTPUT,
    RECURRENT,
    dense_layers,
    layer_example,
    loss_example,
    seen,
    share_example,
    time_example,
)
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.rules import RULES, dead_units, exploding_training, update_ratio
from vgviewer.diagnosis.sight import Sight, power
from vgviewer.frames import Frame, Site, Started

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}-{rule.axis}")
scale_free = [rule for rule in RULES if rule.axis is not None]


@every_rule
def test_that_a_rule_speaks_on_its_sick_example(rule: Rule) -> None:
    finding = rule.judge(rule.sick, rule.threshold)
    assert finding is not None
    assert (finding.kind, finding.axis) == (rule.kind, rule.axis)
    assert finding.layer is None or finding.layer in finding.message or finding.layer == "output"


@every_rule
def test_that_a_rule_is_silent_on_its_healthy_example(rule: Rule) -> None:
    assert rule.judge(rule.healthy, rule.threshold) is None


@every_rule
def test_that_an_alert_that_stands_is_judged_more_gently(rule: Rule) -> None:
    assert rule.judge(rule.healthy, rule.threshold * rule.relief) is None


@pytest.mark.parametrize("factor", [-4, 4])
@pytest.mark.parametrize("rule", scale_free, ids=lambda rule: f"{rule.kind}-{rule.axis}")
@pytest.mark.parametrize("health", ["sick", "healthy"])
def test_that_scaling_the_loss_changes_no_verdict(rule: Rule, factor: float, health: str) -> None:
    sight: Sight = getattr(rule, health)
    scaled = {
        name: values if name == "transport" else (values + np.float32(factor))
        for name, values in sight.frame.readings.items()
    }
    moved = replace(sight, frame=replace(sight.frame, readings=scaled))
    before, after = (rule.judge(s, rule.threshold) for s in (sight, moved))
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after.value == pytest.approx(before.value, rel=1e-5)


def test_that_a_depth_alert_names_the_layer_where_the_size_first_passes_the_threshold() -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("vanishing", "depth"))
    finding = rule.judge(layer_example(-9, -8, -5.5, -4, -2, 0), 1e-3)
    assert finding is not None
    # Going back from dense5 at 10^-2, dense3 is the first below 10^-5.
    assert finding.layer == "dense3"
    assert finding.value == pytest.approx(1e-7, rel=1e-3)


def test_that_below_the_first_layer_there_are_no_others_that_hardly_learn() -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("vanishing", "depth"))
    alone, more = (rule.judge(layer_example(*sizes), 1e-3) for sizes in ((-6, -1, 0, 0), (-6, -5, 0, 0)))
    assert alone is not None
    assert more is not None
    assert alone.message.endswith("; the weights of dense1 hardly learn.")
    assert more.message.endswith("; from dense2 on down the layers hardly learn.")


def test_that_a_time_alert_names_the_timestep_where_the_size_first_passes_the_threshold() -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("vanishing", "time"))
    finding = rule.judge(time_example(0.5, timesteps=100), 1e-3)
    assert finding is not None
    assert finding.timestep == 90  # 0.5^10 < 1e-3: ten hops back from timestep 100
    assert finding.value == pytest.approx(0.5**50, rel=1e-3)  # judged over what the task needs


def test_that_one_layer_that_remembers_is_enough() -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("vanishing", "time"))
    forgets = time_example(0.5)
    sites = (
        *forgets.started.sites[:1],
        replace(forgets.started.sites[0], id="lstm2"),
        forgets.started.sites[1],
    )
    hops = np.full((3, 100), np.nan, np.float32)
    hops[0, :-1], hops[1, :-1] = np.log10(0.5), np.log10(0.99)
    started = replace(forgets.started, sites=sites)
    both = Sight(started, replace(forgets.frame, readings={"transport": hops}), forgets.course)
    assert rule.judge(both, 1e-3) is None
    hops[1, :-1] = np.log10(0.6)
    finding = rule.judge(replace(both), 1e-3)
    assert finding is not None
    assert finding.layer == "lstm2"  # the first on the way back from the loss


def test_that_a_signal_of_exactly_zero_has_vanished() -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("vanishing", "depth"))
    finding = rule.judge(layer_example(-np.inf, -np.inf, -2, -1), 1e-3)
    assert finding is not None
    assert finding.value == 0
    assert "nothing" in finding.message


def test_that_an_infinite_output_is_blamed_on_the_first_bad_layer() -> None:
    rule = next(rule for rule in RULES if rule.kind == "non_finite")
    sight = layer_example(0, 0, 0, 0)
    readings = {"output": np.array([1, np.inf, np.inf, np.inf], np.float32)}
    finding = rule.judge(replace(sight, frame=replace(sight.frame, loss=np.nan, readings=readings)), np.inf)
    assert finding is not None
    assert finding.layer == "dense2"


def test_that_powers_are_written_for_people() -> None:
    assert power(-19.5) == "10⁻¹⁹·⁵"
    assert power(13.0) == "10¹³·⁰"
    assert power(-1.0) == "0.1"
    assert power(-np.inf).startswith("nothing")


@pytest.mark.parametrize(("after", "blames_truncation"), [(np.log10(0.5), True), (-np.inf, False)])
def test_that_truncation_is_blamed_only_where_it_cuts(after: float, blames_truncation: bool) -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("vanishing", "time"))
    sight = time_example(0.5)
    hops = sight.frame.readings["transport"].copy()
    hops[0, 80], hops[0, :80] = after, np.nan  # nothing is known from there on
    finding = rule.judge(replace(sight, frame=replace(sight.frame, readings={"transport": hops})), 1e-3)
    assert finding is not None
    assert ("truncation" in finding.message) == blames_truncation


def finding(sight: Sight, kind: str, axis: str | None = None) -> Finding | None:
    """What the rule of that kind and axis says."""
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == (kind, axis))
    return rule.judge(sight, rule.threshold)


def with_sites(sight: Sight, **of: Site) -> Sight:
    """The same sight, where some places are others."""
    sites = tuple(of.get(site.id, site) for site in sight.started.sites)
    return replace(sight, started=replace(sight.started, sites=sites))


def test_that_a_dead_stretch_counts_although_a_skip_leads_around_it() -> None:
    found = finding(layer_example(-2, -7, -6.5, -2, -2, -1), "vanishing", "depth")
    assert found is not None
    assert found.layer == "dense3"
    assert found.value == pytest.approx(1e-5, rel=1e-3)
    assert "2 layers" in found.message


def test_that_a_frozen_layer_without_a_signal_is_no_trouble() -> None:
    frozen = Site("dense1", "dense", has_weights=True, frozen=True)
    assert finding(with_sites(layer_example(-9, -2, -2, -1), dense1=frozen), "vanishing", "depth") is None


def test_that_a_loss_on_the_last_timestep_is_not_spread_over_all_others() -> None:
    sites = tuple(Site(f"rnn{number}", "rnn", recurrent=True, has_weights=True) for number in (1, 2))
    started = Started((*sites, Site("output", "output", has_weights=True)), 1000, 100, "mse", baseline=1.0)
    timesteps = np.full((3, 1000), -9, np.float32)
    timesteps[:2, -1] = -1.0, -1.5
    sizes = np.array([-5.5, -1.5, -1], np.float32)
    readings = {"output_gradient": sizes, "timestep_gradient": timesteps}
    assert finding(seen(started, [Frame(0, 1.0, readings=readings)]), "vanishing", "depth") is None


def forgetting(losses: list[float], dependency: int | None) -> Sight:
    """A recurrent layer that forgets, in a run with these losses; the baseline is 1."""
    forgets = time_example(0.5)
    started = replace(forgets.started, dependency=dependency)
    return seen(started, [replace(forgets.frame, loss=loss) for loss in losses])


def test_that_forgetting_is_no_proof_where_nobody_knows_the_task_s_need() -> None:
    below, stalled, early = [0.9] * 60, [1.0] * 60, [1.0] * 5
    assert finding(forgetting(below, None), "vanishing", "time") is None
    assert finding(forgetting(early, None), "vanishing", "time") is None
    found = finding(forgetting(stalled, None), "vanishing", "time")
    assert found is not None
    assert not found.asks_for_action
    known = finding(forgetting(below, 50), "vanishing", "time")
    assert known is not None
    assert known.asks_for_action


def test_that_one_bad_batch_is_no_explosion() -> None:
    assert finding(loss_example([1.0] * 10 + [400.0]), "exploding") is None
    assert finding(loss_example([1.0] * 10 + [400.0, 1.0]), "exploding") is None


def test_that_a_loss_that_runs_away_for_good_asks_for_action() -> None:
    for losses in ([1.0] * 10 + [7.0] * 10, [1.0] * 5 + [500.0, 5e6], [1.0] * 5 + [900.0, np.inf]):
        found = finding(loss_example(losses), "exploding")
        assert found is not None
        assert found.asks_for_action
        assert found.value > found.threshold


def test_that_a_loss_that_falls_back_asks_for_nothing() -> None:
    found = finding(loss_example([1.0] * 5 + [500.0 * 0.8**step for step in range(15)]), "exploding")
    assert found is not None
    assert not found.asks_for_action


def test_that_a_loss_is_compared_with_its_own_start() -> None:
    large = [50.0, 48.0, 52.0, 49.0, 51.0, 60.0, 70.0, 50.0, 40.0, 45.0]
    assert finding(loss_example(large), "exploding") is None


def norms(*sizes: float) -> Sight:
    """A run of one layer, by the norms of all its gradients together."""
    return seen(dense_layers(1), [Frame(0, 1.0, gradient_norm=size) for size in sizes])


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e4])
def test_that_norms_are_compared_with_the_usual_ones(scale: float) -> None:
    calm = [scale] * 30
    assert finding(norms(*calm, *[20 * scale] * 5), "exploding") is None
    assert finding(norms(*calm, 500 * scale, *calm), "exploding") is None
    spiky = finding(norms(*calm, *[500 * scale, scale] * 3), "exploding")
    assert spiky is not None
    assert "3 times" in spiky.message
    assert not spiky.asks_for_action


def test_that_a_run_that_ends_in_numbers_without_an_end_tells_of_the_step_before() -> None:
    sight = layer_example(0, 0, 0)
    before = Frame(0, 7e30, readings={"output": np.array([1, 25, 30], np.float32)})
    bad = Frame(1, np.nan, readings={"output": np.array([1, np.inf, np.inf], np.float32)})
    found = finding(seen(sight.started, [before, bad]), "non_finite")
    assert found is not None
    assert found.layer == "dense2"
    assert "W x + b" in found.message
    assert "7e+30" in found.message
    assert "output 10³⁰·⁰ in output" in found.message


def test_that_a_layer_s_dead_units_are_told_from_sparse_ones() -> None:
    found = finding(share_example("dead", 0.8, 0.7, 0.2), "dead_units")
    assert found is not None
    assert found.layer == "dense2"
    assert found.value == pytest.approx(0.8)
    assert finding(share_example("dead", np.nan, 0.55), "dead_units") is None


def test_that_a_certain_answer_is_not_saturation() -> None:
    sight = share_example("saturation", 0.2, 0.3)
    readings = {"saturation": np.array([0.2, 0.3, 1.0], np.float32)}
    certain = replace(sight, frame=replace(sight.frame, readings=readings))
    assert finding(certain, "saturated") is None


STALLED = [1.02, 0.98] * 60


@pytest.mark.parametrize(
    "sight",
    [
        loss_example(STALLED, update_ratio=-5.0),
        loss_example([1.3 - 0.002 * step for step in range(120)]),
        loss_example(STALLED[:80]),
        loss_example([0.7] * 120),
        replace(loss_example(STALLED), standing=frozenset(["vanishing"])),
    ],
    ids=["small steps", "falls", "too early", "below the baseline", "explained"],
)
def test_that_a_loss_that_stays_needs_a_reason_to_be_called_not_learning(sight: Sight) -> None:
    assert finding(sight, "not_learning") is None


def test_that_not_learning_is_a_verdict_only_late_in_the_run() -> None:
    early, late = (finding(loss_example([1.02, 0.98] * count), "not_learning") for count in (150, 200))
    assert early is not None
    assert not early.asks_for_action
    assert late is not None
    assert late.asks_for_action


def test_that_steps_are_judged_by_the_layer_that_moves_most() -> None:
    small = share_example("update_ratio", -7.5, -6.5)
    assert finding(small, "update_ratio") is None  # at the first step there may be nothing to learn from
    lasting = finding(seen(small.started, [small.frame] * 20), "update_ratio")
    assert lasting is not None
    assert lasting.layer == "dense2"
    one = share_example("update_ratio", -9, -3)
    assert finding(seen(one.started, [one.frame] * 20), "update_ratio") is None


def test_that_weights_which_start_at_zero_have_nothing_to_grow_from() -> None:
    first, now = np.array([-1, -12, -1], np.float32), np.array([-0.5, -1, -0.9], np.float32)
    frames = [Frame(0, 1.0, readings={"weight": sizes}) for sizes in (first, now)]
    assert finding(seen(dense_layers(2), frames), "weights_growing") is None
    frames[0] = Frame(0, 1.0, readings={"weight": np.array([-1, -2.5, -1], np.float32)})
    found = finding(seen(dense_layers(2), frames), "weights_growing")
    assert found is not None
    assert found.layer == "dense2"


def test_that_truncation_is_told_where_it_is_shorter_than_the_need() -> None:
    for truncate, is_cut in ((10, True), (50, False), (None, False)):
        sight = time_example(0.99)
        found = finding(replace(sight, started=replace(sight.started, truncate=truncate)), "cut_off")
        assert (found is not None) == is_cut


def test_that_clipping_is_told_where_it_strikes_nearly_always_and_hard() -> None:
    started = dense_layers(1, clip=1.0)
    for norm, clipped, is_cut in ((50.0, True, True), (2.0, True, False), (50.0, False, False)):
        frames = [Frame(0, 1.0, clipped=clipped, gradient_norm=norm)] * 50
        found = finding(seen(started, frames), "cut_off")
        assert (found is not None) == is_cut


def test_that_frozen_layers_are_told_only_once_the_loss_has_stalled() -> None:
    frozen = Site("dense1", "dense", has_weights=True, frozen=True)
    for losses, is_cut in (([1.0] * 30, True), ([1.0], False), ([0.9**step for step in range(30)], False)):
        found = finding(with_sites(loss_example(losses), dense1=frozen), "cut_off")
        assert (found is not None) == is_cut


def test_that_a_recurrent_layer_may_have_many_silent_units() -> None:
    for share, speaks in ((0.8, False), (0.97, True)):
        started = replace(dense_layers(1), sites=(RECURRENT, OUTPUT))
        sight = seen(started, [Frame(0, 1.0, readings={"dead": np.array([share, np.nan], np.float32)})])
        assert (dead_units.RULE.judge(sight, dead_units.THRESHOLD) is not None) == speaks


def test_that_a_loss_that_can_be_negative_does_not_run_away() -> None:
    sick = loss_example([0.01, 0.02, 0.01, -0.01, 0.02, 4, 9, 20, 40, 80, 160])
    assert exploding_training.RULE.judge(sick, exploding_training.THRESHOLD) is None


def test_that_small_updates_are_judged_more_gently_once_they_were_said() -> None:
    readings = {"update_ratio": np.full(2, -5.9, np.float32)}  # just above a millionth
    sight = seen(dense_layers(1), [Frame(0, 1.0, readings=readings)] * 30)
    rule = update_ratio.RULE
    assert rule.judge(sight, rule.threshold) is None
    assert rule.judge(sight, rule.threshold * rule.relief) is not None


def test_that_every_trouble_says_why_it_matters() -> None:
    said = {(rule.kind, rule.axis): matters(rule.kind, rule.axis) for rule in RULES}
    assert len(said) > 9
    assert all(words.endswith(".") for words in said.values()), said
