"""Real series: what is trained on ends before what is tested on begins."""

from typing import get_args

import numpy as np
import pytest
from pydantic import ValidationError

from vgviewer.resources import RESOURCES
from vgviewer.tasks.task import Table
from vgviewer.tasks.time_series import Series, TimeSeries

LENGTHS = {"sunspots": 309, "nile": 100, "co2": 2284}
EVERY = pytest.mark.parametrize("series", get_args(Series))


def raw(series: str) -> list[float]:
    """As it stands in the file; NaN where there is no value."""
    _, *lines = (RESOURCES / "data" / f"{series}.csv").read_text().splitlines()
    return [float(line.split(",")[1] or "nan") for line in lines]


def parts(table: Table) -> list[tuple[np.ndarray, np.ndarray]]:
    assert table.x_test is not None
    assert table.y_test is not None
    return [(table.x, table.y), (table.x_test, table.y_test)]


@EVERY
def test_that_a_target_stands_horizon_timesteps_behind_its_window(series: str) -> None:
    values = np.array(raw(series))
    assert len(values) == LENGTHS[series]
    training = len(values) * 4 // 5
    window, horizon = 7, 3
    table = TimeSeries(series=series, window=window, horizon=horizon).table()  # type: ignore[arg-type]
    known = np.interp(np.arange(len(values)), np.flatnonzero(~np.isnan(values)), values[~np.isnan(values)])
    mean, deviation = known[:training].mean(), known[:training].std()
    ends = [range(window + horizon - 1, training), range(training, len(values))]
    for (x, y), targets in zip(parts(table), ends, strict=True):
        assert len(x) == len(y) == len(targets)
        for row, at in enumerate(targets):
            seen = known[at - horizon - window + 1 : at - horizon + 1]
            np.testing.assert_allclose(x[row, :, 0] * deviation + mean, seen, rtol=1e-4, atol=1e-4)
            np.testing.assert_allclose(y[row, 0] * deviation + mean, known[at], rtol=1e-4, atol=1e-4)


@EVERY
def test_that_training_sees_no_value_of_the_test_part(series: str) -> None:
    (x, y), (_, tested) = parts(TimeSeries(series=series, window=5).table())  # type: ignore[arg-type]
    training = LENGTHS[series] * 4 // 5
    assert len(y) == training - 5
    assert len(tested) == LENGTHS[series] - training
    trained = np.concatenate([x[0, :, 0], y[:, 0]]).astype(np.float64)
    assert trained.mean() == pytest.approx(0, abs=1e-5)  # all of the training part, and nothing else
    assert trained.std() == pytest.approx(1, rel=1e-5)


def test_that_a_missing_week_lies_between_its_neighbors() -> None:
    values = raw("co2")
    gap = next(at for at, value in enumerate(values) if np.isnan(value))
    table = TimeSeries(series="co2", window=1).table()
    before, missing, after = table.y[gap - 2 : gap + 1, 0]
    assert missing == pytest.approx((before + after) / 2, abs=1e-5)
    assert np.isnan(values).sum() == 59
    assert all(np.isfinite(array).all() for pair in parts(table) for array in pair)


@pytest.mark.parametrize(
    ("settings", "field", "words"),
    [
        ({"series": "nile", "window": 40}, "window", "must be at most 39 (half of what nile has to train on"),
        ({"window": 123}, "window", "must be at most 122 (half of what sunspots has to train on"),
        ({"horizon": 123}, "horizon", "must be at most 122 (half of what sunspots has to train on"),
    ],
)
def test_that_a_window_must_leave_enough_to_train_on(
    settings: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        TimeSeries.model_validate(settings)
    (detail,) = refused.value.errors()
    assert detail["ctx"]["field"] == field
    assert detail["msg"].startswith(words)


def test_that_the_goal_is_a_tenth_below_the_test_error_of_the_best_line() -> None:
    task = TimeSeries()
    (x, y), (x_test, y_test) = parts(task.table())
    line = np.polyfit(x[:, -1, 0].astype(np.float64), y[:, 0].astype(np.float64), deg=1)
    error = np.polyval(line, x_test[:, -1, 0]) - y_test[:, 0]
    assert task.goal() == pytest.approx(0.9 * (error**2).mean(), rel=1e-4)
