"""Every array of the gradients file against a double-precision network that was unrolled by autograd."""

from collections.abc import Iterator, Mapping

import numpy as np
import pytest
import torch

from tests.engine.cases import CASES, CHAOTIC, EMBEDDING, FEED_FORWARD, LONG, RECURRENT, Preset, preset
from tests.engine.comparison import FLOAT32_BOUND, FLOAT64_BOUND, error, experiment_of, smallest, worst
from tests.engine.every_layer import BY_TYPE, EVERY_LAYER, SETTINGS, STEPS
from tests.engine.reference import Unrolled, promised
from vgviewer import engine
from vgviewer.engine.gradients import everything

BOUND = {np.float32: FLOAT32_BOUND, np.float64: FLOAT64_BOUND}
ADAM = {"type": "adam", "lr": 0.01}


def assert_exact(
    name: str, found: Mapping[str, np.ndarray], case: Preset, bound: float, pinned: bool = False
) -> float:
    """The largest relative error."""
    key, off = worst(found, Unrolled(case, found, pinned).gradients())
    print(f"{name}: largest relative error {off:.1e}, in {key}")
    assert off <= bound, f"{key} is off by {off:.2e}"
    return off


@pytest.fixture(scope="module")
def largest() -> Iterator[dict[str, float]]:
    """The largest relative errors over all layer types, by precision; printed at the end."""
    errors: dict[str, float] = {}
    yield errors
    for precision, off in errors.items():
        print(f"every layer, {precision}: largest relative error {off:.1e}")


def test_that_the_systematic_cases_miss_no_layer_of_the_catalogue() -> None:
    assert SETTINGS.keys() == BY_TYPE.keys()


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize(("kind", "variant", "form"), EVERY_LAYER)
def test_that_every_captured_array_of_every_layer_is_exact(
    kind: str, variant: str, form: str, precision: str, largest: dict[str, float]
) -> None:
    case = EVERY_LAYER[kind, variant, form]
    dtype = {"float32": torch.float32, "float64": torch.float64}[precision]
    trainer = engine.Trainer(experiment_of(case), dtype=dtype)
    for _ in range(STEPS.get(form, 0)):
        trainer.advance()
    bound = {"float32": FLOAT32_BOUND, "float64": FLOAT64_BOUND}[precision]
    off = assert_exact(f"{kind} ({variant}) {form}, {precision}", everything(trainer, dtype), case, bound)
    largest[precision] = max(off, largest.get(precision, 0.0))


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("name", CASES)
def test_that_every_array_is_that_of_an_unrolled_network(name: str, precision: type) -> None:
    found = engine.gradients(experiment_of(CASES[name]), 0, precision is np.float64)
    assert_exact(name, found, CASES[name], BOUND[precision])


@pytest.mark.parametrize("name", CASES)
def test_that_what_training_computes_in_float32_is_as_exact(name: str) -> None:
    trainer = engine.Trainer(experiment_of(CASES[name]))
    assert_exact(name, everything(trainer, torch.float32), CASES[name], FLOAT32_BOUND)


@pytest.mark.parametrize("name", CHAOTIC)
def test_that_training_is_exact_along_its_own_chaotic_states(name: str) -> None:
    found = everything(engine.Trainer(experiment_of(CHAOTIC[name])), torch.float32)
    assert worst(found, Unrolled(CHAOTIC[name], found).gradients())[1] > FLOAT32_BOUND
    assert_exact(name, found, CHAOTIC[name], FLOAT32_BOUND, pinned=True)


@pytest.mark.parametrize("name", CHAOTIC)
def test_that_the_file_is_exact_also_where_float32_training_would_go_its_own_way(name: str) -> None:
    assert_exact(name, engine.gradients(experiment_of(CHAOTIC[name])), CHAOTIC[name], FLOAT32_BOUND)


@pytest.mark.parametrize("name", [*RECURRENT, *LONG])
def test_that_gradients_are_exact_after_training(name: str) -> None:
    case = CASES[name] | {"training": CASES[name]["training"] | {"optimizer": ADAM}}
    assert_exact(name, engine.gradients(experiment_of(case), 3), case, FLOAT32_BOUND)


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("name", [*RECURRENT, *FEED_FORWARD])
def test_that_the_file_holds_what_is_promised_and_nothing_else(name: str, precision: type) -> None:
    found = engine.gradients(experiment_of(CASES[name]), 0, precision is np.float64)
    assert {key: array.shape for key, array in found.items()} == promised(CASES[name], found["x"], found["y"])
    floating = {key: array.dtype for key, array in found.items() if np.issubdtype(array.dtype, np.floating)}
    assert set(floating.values()) == {np.dtype(precision)}
    reads_symbols = CASES[name]["network"]["layers"][:1] == [EMBEDDING]
    assert set(found) - set(floating) <= ({"x", "y"} if reads_symbols else {"y"})
    assert found["x"].dtype == (np.int64 if reads_symbols else precision)
    assert found["y"].dtype in (precision, np.int64)
    assert all(array.flags.c_contiguous for array in found.values())


def test_that_a_dropout_mask_tells_what_was_kept() -> None:
    mask = engine.gradients(experiment_of(CASES["dropout first"]), 0, True)["mask/dropout1"]
    assert set(np.unique(mask)) == {0.0, 1 / 0.7}
    assert 0.5 < np.mean(mask > 0) < 0.9


def test_that_float32_and_float64_see_the_same_batch_and_weights() -> None:
    experiment = experiment_of(CASES["a GRU"])
    single, double = engine.gradients(experiment), engine.gradients(experiment, float64=True)
    for key in ("x", "y", "param/gru1/weight_hh", "param/output/bias"):
        np.testing.assert_array_equal(single[key], double[key].astype(np.float32))


def test_that_the_batch_after_some_steps_is_the_one_that_training_would_take() -> None:
    case = preset(*RECURRENT["a GRU"]["network"]["layers"], batch_size=4)
    trainer = engine.Trainer(experiment_of(case))
    for _ in range(3):
        trainer.advance()
    np.testing.assert_array_equal(engine.gradients(experiment_of(case), 3)["x"], trainer.batch()[0])


@pytest.mark.parametrize(
    "key", ["output_grad/lstm1", "cell_grad/lstm1", "gate_grad/lstm1/f", "grad/lstm1/weight_hh"]
)
def test_that_a_small_mistake_in_any_array_is_noticed(key: str) -> None:
    case = CASES["100 timesteps, LSTM"]
    found = engine.gradients(experiment_of(case))
    expected = Unrolled(case, found).gradients()
    spoiled = found[key].copy()
    part = spoiled[:, 1] if spoiled.ndim == 3 else spoiled  # the second timestep, where sizes are about 1e-20
    part[np.unravel_index(np.argmax(np.abs(part)), part.shape)] *= 1 + 2e-5
    assert error(spoiled, expected[key], smallest(key, expected)) > FLOAT32_BOUND
