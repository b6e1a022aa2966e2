"""The details of a step are the definitions' figures, taken from the very arrays of that step."""

import numpy as np
import pytest
import torch

from tests.engine.cases import ECHO, SPIRALS, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.engine.test_probe import NETWORKS, Arrays, assert_sizes
from vgviewer import engine
from vgviewer.engine.gradients import everything
from vgviewer.engine.probe.histograms import histograms
from vgviewer.frames import Details, Frame

KINDS = {"output_gradient": "output_grad", "weight_gradient": "grad", "output": "output", "weight": "param"}
SMALLEST = float(np.finfo(np.float32).smallest_subnormal)


def looked_at(case: Preset) -> tuple[Details, Arrays]:
    """The first frame's details, and the arrays of the same batch."""
    experiment = experiment_of(case)
    messages = engine.train(experiment, details=True)
    next(messages)
    frame = next(messages)
    assert isinstance(frame, Frame)
    assert frame.details is not None
    return frame.details, everything(engine.Trainer(experiment), torch.float32)


def unit_sizes(gradient: np.ndarray) -> np.ndarray:
    """log10(rms) over the batch, of one sample's gradient."""
    with np.errstate(divide="ignore"):
        return np.log10(len(gradient) * np.sqrt(np.mean(gradient.astype(np.float64) ** 2, axis=0)))


@pytest.mark.parametrize("name", NETWORKS)
def test_that_unit_maps_are_the_definitions(name: str) -> None:
    details, arrays = looked_at(NETWORKS[name])
    places = [key.removeprefix("output/") for key in arrays if key.startswith("output/")]
    assert list(details.units) == places
    for place in places:
        assert_sizes(details.units[place], unit_sizes(arrays[f"output_grad/{place}"]))
    assert list(details.cells) == [place for place in places if f"cell/{place}" in arrays]
    for place, found in details.cells.items():
        assert_sizes(found, unit_sizes(arrays[f"cell_grad/{place}"]))
    assert list(details.gates) == [place for place in places if place[:-1] in ("lstm", "gru")]
    for place, found in details.gates.items():
        for row, gate in enumerate("ifgo" if place == "lstm1" else "rzn"):
            assert_sizes(found[row], unit_sizes(arrays[f"gate_grad/{place}/{gate}"]))


@pytest.mark.parametrize("name", NETWORKS)
def test_that_histograms_count_what_numpy_counts(name: str) -> None:
    details, arrays = looked_at(NETWORKS[name])
    assert details.histograms.keys() == KINDS.keys()
    for quantity, kind in KINDS.items():
        found = details.histograms[quantity]
        factor = len(arrays["x"]) if quantity == "output_gradient" else 1
        for row, place in enumerate(details.units):
            every = [
                array.ravel() for key, array in arrays.items() if f"{key}/".startswith(f"{kind}/{place}/")
            ]
            entries = factor * np.abs(np.concatenate([[], *every])).astype(np.float64)
            expected, _ = np.histogram(entries[entries > 0], found.edges)
            assert found.counts[row].sum() + found.zeros[row] == len(entries)
            assert found.zeros[row] == np.sum(entries == 0)
            np.testing.assert_array_equal(found.counts[row], expected)


def test_that_a_histogram_holds_every_number_of_float32() -> None:
    numbers = [
        0.0,
        -0.0,
        SMALLEST,
        -1e-40,
        1.2e-38,
        1.0,
        -1.25,
        1.4999,
        1.5,
        1.75,
        2.0,
        -3e38,
        np.inf,
        np.nan,
    ]
    found = histograms([[torch.tensor(numbers)], []])
    assert found.zeros.tolist() == [2, 0]
    assert found.not_finite.tolist() == [2, 0]
    expected, _ = np.histogram(np.abs(np.float32(numbers[2:-2])), found.edges)
    assert found.counts.tolist() == [expected.tolist(), [0] * len(expected)]
    assert found.counts.sum() == len(numbers) - 4
    one = np.flatnonzero(found.edges == 1.0)[0]
    assert found.edges[one : one + 5].tolist() == [1.0, 1.25, 1.5, 1.75, 2.0]
    assert found.counts[0, one : one + 5].tolist() == [1, 2, 1, 1, 1]


def test_that_nothing_to_count_is_no_bins() -> None:
    found = histograms([[torch.zeros(3)]])
    assert found.counts.shape == (1, 0)
    assert found.zeros.tolist() == [3]


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("truncate", [None, 6])
def test_that_the_timesteps_share_the_gradient_of_the_recurrent_weights(
    kind: str, truncate: int | None
) -> None:
    case = preset(layer(kind, units=6), layer(kind, 2, units=5), task=ECHO, truncate=truncate)
    details, arrays = looked_at(case)
    for place in (f"{kind}1", f"{kind}2"):
        shares = details.timestep_shares[place]
        assert shares[0] == 0
        assert shares.sum() == pytest.approx(1, abs=1e-9)
        whole = arrays[f"grad/{place}/weight_hh"].astype(np.float64)
        states = arrays[f"output/{place}"].astype(np.float64)
        if kind == "lstm":
            delta = np.concatenate([arrays[f"gate_grad/{place}/{gate}"] for gate in "ifgo"], -1).astype(float)
        elif kind == "gru":
            into = {gate: arrays[f"gate_grad/{place}/{gate}"].astype(np.float64) for gate in "rzn"}
            delta = np.concatenate([into["r"], into["z"], into["n"] * arrays[f"gate/{place}/r"]], -1)
        else:
            delta = arrays[f"output_grad/{place}"].astype(np.float64) * (1 - states**2)
        each = [np.vdot(delta[:, t].T @ states[:, t - 1], whole) for t in range(1, states.shape[1])]
        np.testing.assert_allclose(shares[1:], np.array(each) / np.vdot(whole, whole), atol=1e-5)


def test_that_weights_without_gradient_have_no_shares() -> None:
    case = preset(layer("rnn", units=3), layer("last_step"), output={"weight_init": {"type": "zeros"}})
    assert np.isnan(looked_at(case)[0].timestep_shares["rnn1"]).all()


def test_that_details_come_when_asked_for_and_cannot_be_changed() -> None:
    trainer = engine.Trainer(experiment_of(preset(layer("dense", units=4), task=SPIRALS)), capture=())
    assert trainer.advance()[0].details is None
    trainer.closely = True
    details = trainer.advance()[0].details
    assert details is not None
    assert trainer.advance()[0].details is None
    for array in (*details.units.values(), details.histograms["weight"].counts):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_that_looking_closely_does_not_change_the_training() -> None:
    case = preset(layer("lstm", units=5), layer("last_step"), steps=5)
    experiment = experiment_of(case)
    close, plain = (
        [frame for frame in engine.train(experiment, **wanted) if isinstance(frame, Frame)]
        for wanted in ({"details": True}, {"capture": ()})
    )
    assert [frame.loss for frame in close] == [frame.loss for frame in plain]
