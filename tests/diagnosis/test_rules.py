"""Each rule alone, on frames made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.rules import RULES
from vgviewer.diagnosis.sight import Sight, layer_example, power, time_example

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}-{rule.axis}")
scale_free = [rule for rule in RULES if rule.axis is not None]


@every_rule
def test_that_a_rule_speaks_on_its_sick_example(rule: Rule) -> None:
    finding = rule.judge(rule.sick, rule.threshold)
    assert finding is not None
    assert (finding.kind, finding.axis) == (rule.kind, rule.axis)
    assert finding.layer is not None
    assert finding.layer in finding.message or finding.layer == "output"


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
    both = Sight(replace(forgets.started, sites=sites), replace(forgets.frame, readings={"transport": hops}))
    assert rule.judge(both, 1e-3) is None
    hops[1, :-1] = np.log10(0.6)
    finding = rule.judge(both, 1e-3)
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
