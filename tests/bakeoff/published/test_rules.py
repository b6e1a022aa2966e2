"""Each published rule speaks where its source says that it does, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from vgviewer.bakeoff.published import TOOLS, Record, Tool, outcome
from vgviewer.bakeoff.published.record import IN_A_ROW, LATELY, OTHERS
from vgviewer.frames.snapshot import Snapshot

STEPS, SICK_FROM = 40, 20
TOOL = {tool.name: tool for tool in TOOLS}
HEALTHY = Snapshot(
    step=0,
    loss=1.0,
    metric=np.nan,
    names=("dense1/weight", "dense1/bias", "dense2/weight", "output/weight"),
    counts=np.array([100, 10, 100, 20]),
    is_weight=np.array([True, False, True, True]),
    mean_gradient=np.full(4, 1e-2),
    gradient_norm=np.full(4, 0.1),
    zeros=np.full(4, 0.2),
    finite=np.full(4, True),
    variance=np.full(4, 0.02),
    update_ratio=np.full(4, 1e-3),
    activity=(np.full(10, 0.5), np.array([0.0] * 4 + [0.9] * 6)),
    beyond=(np.array([1.0] * 4 + [0.0] * 6),),
    rho=(np.array([0.9] * 4 + [0.5] * 6),),
)


def at(index: int, value: float, healthy: float) -> np.ndarray:
    values = np.full(4, healthy)
    values[index] = value
    return values


def half(sick: float, well: float) -> np.ndarray:
    """Of ten units, six are sick."""
    return np.array([sick] * 6 + [well] * 4)


def activity(sick: float) -> dict[str, Any]:
    """Six of ten units of the first of two relu layers."""
    return {"activity": (half(sick, 0.5), np.full(10, 0.5))}


DEAD = activity(0.0)
MEAN, NORM, UPDATE = "mean_gradient", "gradient_norm", "update_ratio"
# the tool, the kind, what its record has from a step on, and what just passes
CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("AutoTrainer", "vanishing", {NORM: at(0, 0.9e-4, 0.1)}, {NORM: at(0, 1.1e-4, 0.2)}),
    ("AutoTrainer", "exploding", {NORM: at(0, 7.1, 0.1)}, {NORM: at(0, 6.9, 0.1)}),
    ("AutoTrainer", "exploding", {"loss": 1001.0}, {"loss": 999.0}),
    ("AutoTrainer", "dead_units", {"zeros": np.full(4, 0.71)}, {"zeros": np.full(4, 0.69)}),
    ("SageMaker Debugger", "vanishing", {MEAN: at(2, 0.9e-7, 0.1)}, {MEAN: at(2, 1.1e-7, 0.1)}),
    (
        "SageMaker Debugger",
        "dead_units",
        activity(0.009),
        activity(0.011),
    ),
    ("SageMaker Debugger", "saturated", {"beyond": (half(0.995, 0.0),)}, {"beyond": (half(0.98, 0.0),)}),
    ("SageMaker Debugger", "update_ratio", {UPDATE: at(2, 11.0, 0.1)}, {UPDATE: at(2, 9.0, 0.1)}),
    ("SageMaker Debugger", "update_ratio", {UPDATE: at(2, 0.9e-8, 0.1)}, {UPDATE: at(2, 1.1e-8, 0.1)}),
    (
        "SageMaker Debugger",
        "poor_initialization",
        {"variance": at(2, 0.21, 0.02)},
        {"variance": at(2, 0.19, 0.02)},
    ),
    ("TheDeepChecker", "vanishing", {MEAN: at(2, 0.9e-6, 0.1)}, {MEAN: at(2, 1.1e-6, 0.1)}),
    ("TheDeepChecker", "exploding", {MEAN: at(2, 1.1e6, 0.1)}, {MEAN: at(2, 0.9e6, 0.1)}),
    ("TheDeepChecker", "dead_units", activity(0.04), activity(0.06)),
    ("TheDeepChecker", "saturated", {"rho": (half(0.86, 0.0),)}, {"rho": (half(0.84, 0.0),)}),
    ("TheDeepChecker", "update_ratio", {UPDATE: at(2, 0.11, 0.01)}, {UPDATE: at(2, 0.09, 0.01)}),
    ("TheDeepChecker", "update_ratio", {UPDATE: at(2, 0.9e-4, 0.01)}, {UPDATE: at(2, 1.1e-4, 0.01)}),
    ("torchlens", "vanishing", {NORM: at(2, 0.9e-7, 0.1)}, {NORM: at(2, 1.1e-7, 0.1)}),
    ("torchlens", "exploding", {NORM: at(2, 1.1e4, 0.1)}, {NORM: at(2, 0.9e4, 0.1)}),
    ("DLCheck", "vanishing", {NORM: at(2, 0.9e-7, 0.1)}, {NORM: at(2, 1.1e-7, 0.1)}),
    ("DLCheck", "exploding", {NORM: at(2, 1.1e6, 0.1)}, {NORM: at(2, 0.9e6, 0.1)}),
    ("NeuroLens", "vanishing", {NORM: at(2, 0.9e-7, 0.1)}, {NORM: at(2, 1.1e-7, 0.1)}),
    ("NeuroLens", "exploding", {NORM: at(2, 101.0, 0.1)}, {NORM: at(2, 99.0, 0.1)}),
    ("NeuroLens", "dead_units", DEAD, activity(0.001)),
    ("NeuroLens", "update_ratio", {UPDATE: at(2, 0.051, 0.01)}, {UPDATE: at(2, 0.049, 0.01)}),
    ("NeuroLens", "update_ratio", {UPDATE: at(2, 0.9e-6, 0.01)}, {UPDATE: at(2, 1.1e-6, 0.01)}),
    ("torchmortem", "vanishing", {NORM: at(0, 0.9e-4, 0.1)}, {NORM: at(0, 1.1e-4, 0.1)}),
    ("torchmortem", "exploding", {NORM: at(2, 1001.0, 0.1)}, {NORM: at(2, 999.0, 0.1)}),
    (
        "torchmortem",
        "dead_units",
        {"activity": (np.full(10, 0.19),) * 2},
        {"activity": (np.full(10, 0.21),) * 2},
    ),
    *((tool.name, "non_finite", {"finite": np.array([True, False, True, True])}, {}) for tool in TOOLS),
    *((tool.name, "non_finite", {"loss": np.nan}, {}) for tool in TOOLS),
]
NAMED = [pytest.param(*case, id=f"{case[0]} {case[1]} {number}") for number, case in enumerate(CASES)]


def record(**sick: Any) -> Record:
    """Healthy up to a step, then as given."""
    return of([replace(HEALTHY, **(sick if step >= SICK_FROM else {})) for step in range(STEPS)])


def of(snapshots: Sequence[Snapshot]) -> Record:
    return Record([replace(snapshot, step=step) for step, snapshot in enumerate(snapshots)])


def said(tool: Tool | str, run: Record) -> dict[str, int]:
    """The first step of each kind; a warning only of kinds that are never more."""
    tool = TOOL[tool] if isinstance(tool, str) else tool
    reports = outcome(tool, "a run", run).reports
    return {report.kind: report.step for report in reports if report.is_critical or report.kind in OTHERS}


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_that_no_tool_speaks_of_a_healthy_run(tool: Tool) -> None:
    assert said(tool, record()) == {}


@pytest.mark.parametrize(("tool", "kind", "sick", "passes"), NAMED)
def test_that_a_tool_alarms_beyond_its_threshold_and_not_before(
    tool: str, kind: str, sick: dict[str, Any], passes: dict[str, Any]
) -> None:
    assert kind not in said(tool, record(**passes))
    steps = said(tool, record(**sick))
    assert steps.keys() == ({"non_finite", "exploding"} if kind == "non_finite" else {kind})
    if tool == "torchmortem" and kind in ("vanishing", "dead_units"):
        expected = range(STEPS - 1, STEPS)
    elif kind in ("exploding", "non_finite"):
        expected = range(SICK_FROM, SICK_FROM + 1)
    else:  # units are watched over some batches
        expected = range(SICK_FROM + IN_A_ROW - 1, SICK_FROM + IN_A_ROW + LATELY * (kind == "dead_units"))
    assert steps[kind] in expected


@pytest.mark.parametrize(
    "tool", [tool for tool in TOOLS if tool.name != "torchmortem"], ids=lambda tool: tool.name
)
def test_that_what_passes_within_a_few_steps_is_no_vanishing(tool: Tool) -> None:
    small = replace(HEALTHY, mean_gradient=np.full(4, 1e-12), gradient_norm=at(0, 1e-12, 1e-8))
    run = [HEALTHY] * STEPS
    run[20 : 20 + IN_A_ROW - 1] = [small] * (IN_A_ROW - 1)
    run[30:33] = [small] * 3
    assert said(tool, of(run)) == {}
    run[20 : 20 + IN_A_ROW] = [small] * IN_A_ROW
    assert said(tool, of(run)) == {"vanishing": 20 + IN_A_ROW - 1}


def test_that_thedeepchecker_sees_gradients_that_shrink_or_grow_throughout_its_window() -> None:
    for kind, factor, slower in (("vanishing", 0.5, 0.52), ("exploding", 2.1, 1.9)):
        for times in (factor, slower):
            sizes = 1e-2 * times ** np.clip(np.arange(STEPS) - 20, 0, 4)
            run = of([replace(HEALTHY, mean_gradient=at(2, size, 1e-2)) for size in sizes])
            assert said("TheDeepChecker", run) == ({kind: 24} if times == factor else {})


def test_that_autotrainer_is_silent_once_the_accuracy_is_high_or_the_loss_low() -> None:
    vanished = replace(HEALTHY, gradient_norm=at(0, 1e-6, 0.1))
    for metric, expected in ((0.69, {"vanishing": 12}), (0.71, {})):
        run = Record(of([replace(vanished, metric=metric), *[vanished] * (STEPS - 1)]).snapshots, None, True)
        assert said("AutoTrainer", run) == expected
    for loss, expected in ((0.51, {"vanishing": 12}), (0.49, {})):
        asked = of([replace(vanished, loss=loss)] * STEPS).snapshots
        assert said("AutoTrainer", Record(asked, baseline=1.0)) == expected


def test_that_torchmortem_looks_at_the_second_half_and_past_numbers_that_are_not_finite() -> None:
    vanished = replace(HEALTHY, gradient_norm=at(0, 1e-6, 0.1))
    broken = replace(HEALTHY, gradient_norm=np.full(4, np.nan))
    assert said("torchmortem", of([vanished] * 20 + [HEALTHY] * 20)) == {}
    assert said("torchmortem", of([HEALTHY] * 20 + [vanished] * 19 + [broken])) == {"vanishing": 39}
    assert said("torchmortem", of([vanished] * 20 + [broken] * 20)) == {}


@pytest.mark.parametrize(
    ("kind", "sick", "passes"),
    [
        ("vanishing", {NORM: at(0, 0.9e-3, 0.1)}, {NORM: at(0, 1.1e-3, 0.1)}),
        ("vanishing", {NORM: at(2, 0.9e-8, 1e-7)}, {NORM: at(2, 1.1e-8, 1e-7)}),
        ("dead_units", {"activity": (np.full(10, 0.49),)}, {"activity": (np.full(10, 0.51),)}),
    ],
    ids=["weaker", "stalling", "dead entries"],
)
def test_that_torchmortem_warns_below_what_it_calls_critical(
    kind: str, sick: dict[str, Any], passes: dict[str, Any]
) -> None:
    well = {"activity": (np.full(10, 0.9),)}
    sick, passes = ([replace(HEALTHY, **well | fields)] * STEPS for fields in (sick, passes))
    assert outcome(TOOL["torchmortem"], "a run", of(passes)).reports == ()
    (report,) = outcome(TOOL["torchmortem"], "a run", of(sick)).reports
    assert (report.kind, report.severity, report.step) == (kind, "warning", STEPS - 1)


@pytest.mark.parametrize(
    "tool", [tool for tool in TOOLS if tool.name != "torchmortem"], ids=lambda tool: tool.name
)
def test_that_units_which_are_on_in_one_batch_of_ten_are_not_dead(tool: Tool) -> None:
    on, off = (replace(HEALTHY, activity=(values,)) for values in (half(1.0, 0.0), half(0.0, 1.0)))
    assert said(tool, of([on, *[off] * (LATELY - 1)] * 4)) == {}


@pytest.mark.parametrize("name", ["AutoTrainer", "torchmortem"])
def test_that_gradients_which_are_all_zero_have_vanished_for_those_who_compare_layers(name: str) -> None:
    zero = replace(HEALTHY, gradient_norm=np.zeros(4))
    assert "vanishing" in said(name, of([zero] * STEPS))


def test_that_no_tool_sees_a_bias_in_front_of_batch_normalization() -> None:
    bias = {
        MEAN: at(1, 1e-12, 1e-2),
        NORM: at(1, 1e-12, 0.1),
        UPDATE: at(1, 1e-12, 1e-3),
        "variance": at(1, 9.0, 0.02),
    }
    for tool in TOOLS:
        assert said(tool, record(**bias)) == {}


def test_that_kinds_of_which_no_label_speaks_are_warnings() -> None:
    everything = record(
        mean_gradient=np.full(4, 1e-12),
        beyond=(np.ones(10),),
        rho=(np.ones(10),),
        update_ratio=np.full(4, 20.0),
    )
    for tool in TOOLS:
        for report in outcome(tool, "a run", everything).reports:
            assert report.is_critical == (report.kind not in OTHERS)
            assert report.until is None
