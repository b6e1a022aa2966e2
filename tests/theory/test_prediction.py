"""The prediction of whole experiments: those that are shipped, and what a frame says beside it."""

import time

import numpy as np
import pytest

from tests.engine.cases import Preset
from tests.engine.comparison import experiment_of
from tests.engine.every_layer import SETTINGS, one_layer, three_layers
from tests.theory.cases import first_frame, recurrent
from vgviewer.experiment import Experiment, load, shipped
from vgviewer.frames import Frame
from vgviewer.theory import measure, predict

SHIPPED = {card.id: card.path for card in shipped()}
# Theory takes the samples of a batch as spread evenly; these are points of a plane, and 32 units are few.
FAR_OFF = {"sigmoid-10-batch-norm": 2.0}


@pytest.mark.parametrize("name", SHIPPED)
def test_that_a_shipped_network_is_foretold(name: str) -> None:
    experiment = load(SHIPPED[name])
    expected, measured = predict(experiment).sizes, measure(*first_frame(experiment)).sizes
    print(name, expected.round(2), measured.round(2))
    np.testing.assert_allclose(expected, measured, atol=FAR_OFF.get(name, 0.5))


@pytest.mark.parametrize("name", SHIPPED)
def test_that_a_prediction_takes_less_than_50_ms(name: str) -> None:
    """While a network is edited its data have been read; the shortest of a few, for the machine is shared."""
    experiment = load(SHIPPED[name])
    predict(experiment)
    assert min(duration(experiment) for _ in range(5)) < 0.050


def duration(experiment: Experiment) -> float:
    begun = time.process_time()
    predict(experiment)
    return time.process_time() - begun


CHAINS = {
    f"{build.__name__}, {kind}, {variant}": build(kind, settings)
    for kind, variants in SETTINGS.items()
    for variant, settings in variants.items()
    for build in (one_layer, three_layers)
    if (variant, build) != ("exponential", three_layers)  # exp(exp z) has no mean
}


@pytest.mark.parametrize("name", CHAINS)
def test_that_every_kind_of_layer_has_a_prediction(name: str) -> None:
    """With 5 to 20 units, which are far from many: at most 0.3 decades per layer off."""
    experiment = experiment_of(CHAINS[name])
    expected, measured = predict(experiment), measure(*first_frame(experiment))
    print(name, expected.sizes.round(2), measured.sizes.round(2))
    assert [place.id for place in expected.places[:-1]] == [layer.id for layer in experiment.network.layers]
    np.testing.assert_allclose(expected.sizes, measured.sizes, atol=0.3 * len(expected.sizes))


def test_that_a_frame_is_put_in_the_form_of_a_prediction() -> None:
    case: Preset = recurrent("lstm", length=30)
    experiment = experiment_of(case)
    started, frame = first_frame(experiment)
    expected, found = predict(experiment).memories[0], measure(started, frame).memories[0]
    transport = frame.readings["transport"][0].astype(float)
    assert found.sizes[-1] == 0
    assert found.sizes[0] == pytest.approx(transport[:-1].sum())
    assert found.gate == pytest.approx(frame.readings["gate"][0, 1].mean())
    assert (found.layer, found.type, found.dependency) == (expected.layer, expected.type, expected.dependency)
    assert found.left == found.sizes[-1 - 15]
    assert found.horizon == np.flatnonzero(found.sizes[::-1] >= -2)[-1]  # as pictures count


def test_that_a_frame_without_readings_says_nothing() -> None:
    experiment = experiment_of(recurrent("gru", length=5))
    started, _ = first_frame(experiment)
    found = measure(started, Frame(0, 1.0))
    assert np.isnan(found.sizes).all()
    assert found.memories[0].gate is None
    assert np.isnan(found.memories[0].horizon)
