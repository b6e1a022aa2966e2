"""The history of a run: everything of a short run, an even sample of a long one, always the latest frame."""

import numpy as np

from vgviewer.frames import QUANTITIES, Frame, History, Site, Started
from vgviewer.frames.history import MOST_COLUMNS, MOST_ROWS

SITES = (Site("dense1", "dense", has_weights=True), Site("output", "output", has_weights=True))


def grown(steps: int) -> History:
    """A run whose loss and sizes are their step."""
    history = History(Started(SITES, 0, steps, "accuracy"))
    for step in range(steps):
        readings = {"output_gradient": np.full(2, step, np.float32)}
        history.append(Frame(step, float(step), step / 10 if step % 100 == 0 else None, readings=readings))
    return history


def test_that_a_short_run_is_kept_whole() -> None:
    history = grown(250)
    assert history.steps.tolist() == list(range(250))
    assert history.losses.tolist() == list(range(250))
    assert history.layers("output_gradient")[:, 1].tolist() == list(range(250))
    assert history.metrics == [(0, 0.0), (100, 10.0), (200, 20.0)]


def test_that_a_long_run_is_thinned_evenly_and_stays_small() -> None:
    history = grown(3 * MOST_COLUMNS)
    assert len(history.steps) <= MOST_COLUMNS
    assert np.unique(np.diff(history.steps[:-1])).tolist() == [4]
    assert history.steps[0] == 0
    assert history.steps[-1] == 3 * MOST_COLUMNS - 1
    assert np.array_equal(history.losses, history.steps)
    assert np.array_equal(history.layers("output_gradient")[:, 0], history.steps)


def test_that_the_newest_step_is_a_column_until_the_next_one() -> None:
    history = grown(MOST_COLUMNS + 2)
    assert history.latest is not None
    assert history.latest.step == history.steps[-1] == MOST_COLUMNS + 1
    history.append(Frame(MOST_COLUMNS + 2, 0.0))
    assert history.steps[-2:].tolist() == [MOST_COLUMNS, MOST_COLUMNS + 2]
    assert np.isnan(history.layers("output_gradient")[-1]).all()


def test_that_a_quantity_that_was_not_measured_has_no_value() -> None:
    assert np.isnan(grown(5).layers("update")).all()


def test_that_every_quantity_says_what_it_is() -> None:
    for name, quantity in QUANTITIES.items():
        assert name == quantity.name
        assert quantity.title
        assert quantity.symbol
        assert quantity.meaning.endswith(".")
        assert quantity.scale in ("log10", "linear")


def test_that_the_shape_of_readings_follows_from_the_axes() -> None:
    shapes = {quantity.axes: quantity.shape(3, 4, 20) for quantity in QUANTITIES.values()}
    assert shapes == {
        "layers": (3,),
        "layers × timesteps": (3, 20),
        "layers × gates × timesteps": (3, 4, 20),
    }


def along_time(steps: int) -> History:
    """A run whose gradient at timestep t of the first site is step + t / 10."""
    history = History(Started(SITES, 3, steps, "accuracy"))
    for step in range(steps):
        state = np.full((2, 3), np.nan, np.float32)
        state[0] = step + np.arange(3) / 10
        history.append(Frame(step, 1.0, readings={"state_gradient": state}))
    return history


def test_that_every_timestep_of_a_short_run_is_kept() -> None:
    steps, rows = along_time(MOST_ROWS).through_time("state_gradient", 0)
    assert steps.tolist() == list(range(MOST_ROWS))
    assert rows.dtype == np.float32
    assert np.allclose(rows, np.arange(MOST_ROWS)[:, None] + np.arange(3) / 10)
    _, others = along_time(5).through_time("state_gradient", 1)
    assert np.isnan(others).all()


def test_that_a_long_run_keeps_an_even_sample_of_its_timesteps_and_the_newest() -> None:
    for count in (MOST_ROWS + 1, MOST_ROWS + 2, 3 * MOST_ROWS + 5, 9 * MOST_ROWS + 7):
        steps, rows = along_time(count).through_time("state_gradient", 0)
        assert len(steps) <= MOST_ROWS + 1
        assert len(steps) >= MOST_ROWS // 2
        assert steps[-1] == count - 1
        gaps = np.diff(steps[:-1])
        assert len(np.unique(gaps)) == 1
        assert steps[0] == 0
        assert np.allclose(rows[:, 0], steps)


def test_that_what_was_never_measured_has_no_rows() -> None:
    steps, rows = along_time(5).through_time("cell_gradient", 0)
    assert steps.shape == (0,)
    assert rows.shape == (0, 3)
