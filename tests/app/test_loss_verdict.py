"""The verdict beside the loss: how it stands to the baseline, whatever a single batch says."""

import numpy as np
import pytest

from vgviewer.app.views.curves import _standing

BASELINE = 1 / 6


def test_that_noise_around_the_baseline_never_tips_the_verdict() -> None:
    losses = BASELINE * (1 + 0.3 * np.random.default_rng(0).normal(size=2000))
    said = {_standing(losses[:count], BASELINE) for count in range(20, 2001)}
    assert said == {"still at the baseline"}


@pytest.mark.parametrize(
    ("level", "words"),
    [(0.5, "below the baseline"), (1.0, "still at the baseline"), (2.0, "above the baseline")],
)
def test_that_a_level_is_named_as_soon_as_it_is_more_than_noise(level: float, words: str) -> None:
    losses = BASELINE * (1 + 0.2 * np.random.default_rng(1).normal(size=60))
    losses[-20:] *= level
    assert _standing(losses, BASELINE) == words


def test_that_without_a_baseline_or_a_finite_loss_there_is_no_verdict() -> None:
    assert _standing(np.array([1.0, np.nan]), BASELINE) == ""
    assert _standing(np.ones(30), None) == _standing(np.empty(0), BASELINE) == ""
