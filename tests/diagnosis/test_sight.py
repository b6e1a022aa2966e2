"""What is left after so many hops, summed the fast way, against the plain running sum."""

from dataclasses import replace

import numpy as np
import pytest

from vgviewer.diagnosis.examples import OUTPUT, RECURRENT, time_example
from vgviewer.diagnosis.rules import RULES
from vgviewer.diagnosis.sight import Sight

LAYERS, TIMESTEPS = 40, 60


def sight_of(gains: np.ndarray) -> Sight:
    """`gains`: (layers, hops), the first layer nearest the input, the first hop from timestep 1 to 0."""
    model = time_example(0.5, TIMESTEPS)
    sites = (*(replace(RECURRENT, id=f"rnn{row}") for row in range(len(gains))), OUTPUT)
    readings = np.full((len(sites), TIMESTEPS), np.nan, np.float32)
    readings[: len(gains), :-1] = gains
    started = replace(model.started, sites=sites)
    return Sight(started, replace(model.frame, readings={"transport": readings}), model.course)


def mixed_gains(seed: int) -> np.ndarray:
    """Rows with every kind of end: known throughout, cut by truncation, exactly 0, not finite, nothing known."""
    noise = np.random.default_rng(seed)
    gains = noise.normal(-0.05, 0.2, (LAYERS, TIMESTEPS - 1))
    for row in range(8, LAYERS):
        begin = noise.integers(TIMESTEPS - 1)
        if row < 16:
            gains[row, :begin] = np.nan
        elif row < 32:
            gains[row, begin] = -np.inf if row % 2 else np.inf
        if row % 5 == 0:
            gains[row, noise.integers(TIMESTEPS - 1)] = noise.choice([np.inf, -np.inf, np.nan])
    gains[-1] = np.nan
    return gains


@pytest.mark.parametrize("hops", [0, 1, 7, 30, TIMESTEPS - 1, 500, None])
@pytest.mark.parametrize("seed", range(4))
def test_that_what_is_left_is_the_plain_sum_of_the_hops(seed: int, hops: int | None) -> None:
    gains = mixed_gains(seed)
    counts, left = sight_of(gains).left_after(hops)
    for row, back in enumerate(gains[::-1, ::-1].astype(np.float32)):  # from the loss on, in both directions
        total, known = np.float64(0), 0
        for gain in back[:hops].astype(np.float64):
            with np.errstate(invalid="ignore"):
                total = total + gain
            if np.isnan(total):
                break
            known, expected = known + 1, total
        assert counts[row] == known, row
        if known:
            assert left[row] == pytest.approx(expected, abs=1e-4), row


@pytest.mark.parametrize("seed", range(4))
def test_that_the_explosion_found_is_the_one_that_the_running_sums_show(seed: int) -> None:
    rule = next(rule for rule in RULES if (rule.kind, rule.axis) == ("exploding", "time"))
    gains = mixed_gains(seed)
    sight = sight_of(gains)
    with np.errstate(invalid="ignore"):
        sums = np.cumsum(gains[::-1, ::-1].astype(np.float32), axis=1)
    peaks = np.fmax.reduce(sums, axis=1)
    for limit in (0.1, 0.5, 1.0, 1.5, 3.0):
        sick = [row for row, peak in enumerate(peaks) if np.isfinite(peak) and peak > limit]
        finding = rule.judge(sight, 10**limit)
        assert (finding is None) == (not sick)
        if finding is not None:
            assert finding.layer == f"rnn{LAYERS - 1 - sick[0]}"
            assert finding.value == pytest.approx(10.0 ** peaks[sick[0]], rel=1e-3)


def test_that_a_network_without_memory_has_nothing_left_to_judge() -> None:
    sight = sight_of(np.empty((0, TIMESTEPS - 1)))
    counts, left = sight.left_after(None)
    assert len(counts) == len(left) == 0
