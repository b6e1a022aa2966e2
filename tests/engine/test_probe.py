"""The sizes in a frame are the definitions' sizes of the very gradients of that step."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.cases import ECHO, LAST, SPIRALS, VALUES_TASK, Preset, fixed, layer, preset, wave
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.gradients import everything
from vgviewer.engine.norms import log_sizes, norms, timestep_norms, together
from vgviewer.engine.probe import Probe
from vgviewer.frames import QUANTITIES, Frame, Started

Arrays = dict[str, np.ndarray]
TOLERANCE = 2e-5  # of a log10: 5e-5 relative
RNN, LSTM, GRU = (layer(kind, units=12) for kind in ("rnn", "lstm", "gru"))
NETWORKS = {
    "RNN, last step": preset(RNN, LAST),
    "LSTM, last step": preset(LSTM, LAST),
    "GRU, last step": preset(GRU, LAST),
    "RNN, every step": preset(RNN, task=ECHO),
    "LSTM, every step": preset(LSTM, task=ECHO),
    "GRU, every step": preset(GRU, task=ECHO),
    "a stack": preset(LSTM, layer("dropout", p=0.2), GRU, LAST, layer("dense", units=7), batch_size=5),
    "dense": preset(layer("dense", units=7, activation="relu"), layer("batch_norm"), task=SPIRALS),
}


def log_rms(*arrays: np.ndarray) -> float:
    """log10 of the root mean square over all entries, in float64."""
    entries = np.concatenate([array.ravel() for array in arrays]).astype(np.float64)
    with np.errstate(divide="ignore"):
        return float(np.log10(np.sqrt(np.mean(entries**2))))


def measured(case: Preset) -> tuple[Frame, Arrays, list[str]]:
    """The first frame, the arrays of the same batch as float32 training computes them, the places in order."""
    experiment = experiment_of(case)
    messages = engine.train(experiment)
    started, frame = next(messages), next(messages)
    assert isinstance(started, Started)
    assert isinstance(frame, Frame)
    return frame, everything(engine.Trainer(experiment), torch.float32), [site.id for site in started.sites]


def assert_sizes(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("name", NETWORKS)
def test_that_layer_sizes_are_the_definitions(name: str) -> None:
    frame, arrays, places = measured(NETWORKS[name])
    samples = len(arrays["x"])
    read = frame.readings
    for row, place in enumerate(places):
        assert_sizes(
            read["output_gradient"][row], log_rms(samples * arrays[f"output_grad/{place}"].astype(float))
        )
        assert_sizes(read["output"][row], log_rms(arrays[f"output/{place}"]))
        for quantity, kind in (("weight_gradient", "grad"), ("weight", "param")):
            every = [array for key, array in arrays.items() if key.startswith(f"{kind}/{place}/")]
            assert_sizes(read[quantity][row], log_rms(*every) if every else np.nan)


@pytest.mark.parametrize("name", NETWORKS)
def test_that_sizes_along_time_are_the_definitions(name: str) -> None:
    frame, arrays, places = measured(NETWORKS[name])
    samples = len(arrays["x"])
    for row, place in enumerate(places):
        for quantity, kind, types in (
            ("state_gradient", "output_grad", ("rnn", "lstm", "gru")),
            ("cell_gradient", "cell_grad", ("lstm",)),
        ):
            sizes = frame.readings[quantity][row]
            if place.rstrip("0123456789") in types:
                total = samples * arrays[f"{kind}/{place}"].astype(np.float64)
                assert_sizes(sizes, [log_rms(total[:, t]) for t in range(total.shape[1])])
            else:
                assert np.isnan(sizes).all()


@pytest.mark.parametrize("name", NETWORKS)
def test_that_largest_entries_zeros_and_update_ratios_are_the_definitions(name: str) -> None:
    frame, arrays, places = measured(NETWORKS[name])
    read, samples = frame.readings, len(arrays["x"])
    for row, place in enumerate(places):
        gradient = arrays[f"output_grad/{place}"].astype(np.float64)
        assert_sizes(read["output_gradient_max"][row], np.log10(samples * np.abs(gradient).max()))
        assert read["output_gradient_zeros"][row] == pytest.approx(np.mean(gradient == 0), abs=1e-6)
        every = [array for key, array in arrays.items() if key.startswith(f"grad/{place}/")]
        largest = max((np.abs(array).max() for array in every), default=np.nan)
        assert_sizes(read["weight_gradient_max"][row], np.log10(largest))
    np.testing.assert_array_equal(read["update_ratio"], read["update"] - read["weight"])


@pytest.mark.parametrize("name", NETWORKS)
def test_that_every_layer_along_time_is_measured_by_timestep(name: str) -> None:
    frame, arrays, places = measured(NETWORKS[name])
    for row, place in enumerate(places):
        gradient = len(arrays["x"]) * arrays[f"output_grad/{place}"].astype(np.float64)
        sizes = frame.readings["timestep_gradient"][row]
        if gradient.ndim == 3:
            assert_sizes(sizes, [log_rms(gradient[:, t]) for t in range(gradient.shape[1])])
        else:
            assert np.isnan(sizes).all()


@pytest.mark.parametrize("name", NETWORKS)
def test_that_gates_are_read_by_timestep(name: str) -> None:
    frame, arrays, places = measured(NETWORKS[name])
    means, sizes = frame.readings["gate"], frame.readings["gate_gradient"]
    known = np.zeros(means.shape[:2], bool)
    for row, place in enumerate(places):
        for gate, letter in enumerate({"lstm": "ifgo", "gru": "rzn"}.get(place[:-1], "")):
            known[row, gate] = True
            np.testing.assert_allclose(
                means[row, gate], arrays[f"gate/{place}/{letter}"].astype(float).mean((0, 2)), atol=1e-6
            )
            gradient = len(arrays["x"]) * arrays[f"gate_grad/{place}/{letter}"].astype(np.float64)
            assert_sizes(sizes[row, gate], [log_rms(gradient[:, t]) for t in range(gradient.shape[1])])
    assert np.isnan(means[~known]).all()
    assert np.isnan(sizes[~known]).all()


def from_the_layer_above(arrays: Arrays, place: str) -> np.ndarray:
    """The part of ∂L/∂h_t that does not come from t+1, for a recurrent layer right below the head or last_step."""
    if "output_grad/last1" in arrays:
        direct = np.zeros(arrays[f"output_grad/{place}"].shape)
        direct[:, -1] = arrays["output_grad/last1"]
        return direct
    return arrays["output_grad/output"] @ arrays["param/output/weight"].astype(np.float64)


@pytest.mark.parametrize("name", [name for name in NETWORKS if "," in name])
def test_that_the_transport_gain_is_the_arriving_part_over_the_size_one_timestep_later(name: str) -> None:
    frame, arrays, _ = measured(NETWORKS[name])
    place = name.split(",")[0].lower() + "1"
    direct = from_the_layer_above(arrays, place)
    if place == "lstm1":  # its memory is the cell
        total = arrays["cell_grad/lstm1"].astype(np.float64)
        direct = direct * arrays["gate/lstm1/o"] * (1 - np.tanh(arrays["cell/lstm1"].astype(float)) ** 2)
    else:
        total = arrays[f"output_grad/{place}"].astype(np.float64)
    arriving = total - direct
    gains = [log_rms(arriving[:, t]) - log_rms(total[:, t + 1]) for t in range(total.shape[1] - 1)]
    np.testing.assert_allclose(frame.readings["transport"][0, :-1], gains, rtol=0, atol=1e-4)
    assert np.isnan(frame.readings["transport"][0, -1])
    assert np.isnan(frame.readings["transport"][1:]).all()


@pytest.mark.parametrize("name", [name for name in NETWORKS if "," in name])
def test_that_transport_times_injection_is_the_hop_gain(name: str) -> None:
    read = measured(NETWORKS[name])[0].readings
    chain = read["cell_gradient" if name.startswith("LSTM") else "state_gradient"][0]
    np.testing.assert_allclose(
        (read["transport"] + read["injection"])[0, :-1], chain[:-1] - chain[1:], atol=1e-5
    )
    assert np.isnan(read["injection"][0, -1])
    assert np.isnan(read["injection"][1:]).all()
    if name.endswith("last step"):
        assert (read["injection"][0, :-1] == 0).all()
    else:
        assert (np.abs(read["injection"][0, :-1]) > 1e-3).all()


def test_that_the_transport_gain_of_an_rnn_is_what_its_weights_let_through() -> None:
    frame, arrays, _ = measured(NETWORKS["RNN, every step"])
    states, total = (arrays[f"{kind}/rnn1"].astype(np.float64) for kind in ("output", "output_grad"))
    arriving = (total * (1 - states**2)) @ arrays["param/rnn1/weight_hh"].astype(np.float64)
    gains = [log_rms(arriving[:, t + 1]) - log_rms(total[:, t + 1]) for t in range(total.shape[1] - 1)]
    assert_sizes(frame.readings["transport"][0, :-1], gains)


def test_that_the_batch_size_does_not_move_a_gradient_size() -> None:
    rows, targets = wave(4, 6, 2), wave(4, 3)
    once, _, _ = measured(preset(LSTM, LAST, task=fixed(rows, targets)))
    twice, _, _ = measured(preset(LSTM, LAST, task=fixed(rows * 2, targets * 2)))
    for quantity in QUANTITIES:
        assert_sizes(twice.readings[quantity], once.readings[quantity])


def test_that_the_loss_sum_takes_no_factor_and_loss_scale_counts() -> None:
    frame, arrays, _ = measured(preset(task=VALUES_TASK, loss="sum", loss_scale=100.0))
    assert_sizes(frame.readings["output_gradient"][0], log_rms(arrays["output_grad/output"]))
    direction = arrays["y"] / len(arrays["y"])
    assert_sizes(frame.readings["output_gradient"][0], 2 + log_rms(direction))
    assert frame.loss == pytest.approx(float(arrays["loss"]) / 100, rel=1e-5)


@pytest.mark.parametrize("lr", [0.0, 1e-9, 1e-7, 1e-5, 1e-2, 10.0])
@pytest.mark.parametrize("clip", [None, {"type": "norm", "value": 1e-3}, {"type": "value", "value": 1e-3}])
def test_that_an_update_is_what_has_changed_also_where_rounding_takes_it(
    lr: float, clip: Preset | None
) -> None:
    case = preset(LSTM, LAST, layer("dense", units=7), optimizer={"type": "sgd", "lr": lr}, clip=clip)
    trainer = engine.Trainer(experiment_of(case))
    before = {name: value.detach().double().numpy() for name, value in trainer.net.named_parameters()}
    frame, _ = trainer.advance()
    after = {name: value.detach().double().numpy() for name, value in trainer.net.named_parameters()}
    for row, index in ((0, 0), (2, 2), (3, 3)):
        names = [name for name in before if f".{index}." in name]
        change = log_rms(*(after[name] - before[name] for name in names))
        assert frame.readings["update"][row] == pytest.approx(change, abs=1e-4)
        ratio = change - log_rms(*(before[name] for name in names))
        assert frame.readings["update_ratio"][row] == pytest.approx(ratio, abs=1e-4)


def test_that_exactly_nothing_reads_minus_infinity() -> None:
    case = preset(
        RNN, LAST, layer("dense", units=3, activation="relu", bias_init={"type": "constant", "value": -9})
    )
    frame, _, places = measured(case)
    read = frame.readings
    assert (read["state_gradient"][0] == -np.inf).all()
    assert read["output_gradient"][places.index("last1")] == -np.inf
    assert read["output"][places.index("dense1")] == -np.inf
    assert read["weight_gradient"][places.index("dense1")] == -np.inf
    assert np.isfinite(read["output_gradient"][places.index("dense1")])


@pytest.mark.parametrize("recurrent", [RNN, LSTM, GRU])
def test_that_nothing_passes_a_cut(recurrent: Preset) -> None:
    frame, _, _ = measured(preset(recurrent, LAST, truncate=15))
    sizes, gains = frame.readings["state_gradient"][0], frame.readings["transport"][0]
    assert (sizes[:15] == -np.inf).all()
    assert np.isfinite(sizes[15:]).all()
    assert np.isnan(gains[:15]).all()
    assert np.isnan(frame.readings["injection"][0, :15]).all()
    assert np.isfinite(gains[15:-1]).all()


def with_gradient_of(size: float) -> Frame:
    """The first frame of a network in which every entry of one sample's output gradient is `size`."""
    head = {"weight_init": {"type": "constant", "value": 1.0}}
    task = fixed(wave(1, 4), [[size] * 3])
    return measured(preset(layer("dense", units=4), task=task, output=head, loss="sum"))[0]


@pytest.mark.parametrize("exponent", [-19, -25, -30, -35, -38])
def test_that_tiny_gradients_are_not_flushed_to_zero(exponent: int) -> None:
    sizes = with_gradient_of(10.0**exponent).readings["output_gradient"]
    assert_sizes(sizes, [np.log10(3) + exponent, exponent])


def test_that_the_smallest_number_of_float32_is_not_zero() -> None:
    smallest = float(np.finfo(np.float32).smallest_subnormal)
    sizes = with_gradient_of(smallest).readings["output_gradient"]
    assert_sizes(sizes, [np.log10(3 * smallest), np.log10(smallest)])


def test_that_the_size_of_a_tiny_tensor_is_taken_in_double_precision() -> None:
    for exponent in range(-44, -13):
        entries = torch.full((3, 2, 5), 10.0**exponent)
        entries[1] *= 1e10  # beside a larger one
        sizes = [np.log10(float(one[0, 0])) for one in entries]
        assert_sizes(log_sizes(timestep_norms(entries), 10), sizes)
        assert_sizes(log_sizes(norms(list(entries)), 10), sizes)
        assert_sizes(log_sizes(np.array([together(norms([entries[0], entries[2]]))]), 20), sizes[:1])


@pytest.mark.parametrize("exponent", [-30, -14, 0, 18, 30])
def test_that_the_norm_of_a_large_tensor_is_exact(exponent: int) -> None:
    entries = np.random.default_rng(1).normal(size=(3, 400_000)) * 10.0**exponent
    entries[2] = 10.0**exponent  # where rounding has a direction
    tensors = [torch.from_numpy(row.astype(np.float32)) for row in entries]
    np.testing.assert_allclose(norms(tensors), np.linalg.norm(entries, axis=1), rtol=5e-5)
    np.testing.assert_allclose(
        timestep_norms(torch.stack(tensors).reshape(3, 4000, 100)), np.linalg.norm(entries, axis=1), rtol=5e-5
    )


def test_that_each_timestep_reads_nothing_or_not_finite_by_itself() -> None:
    norms = np.array([2.0, 0.0, np.inf, np.nan])
    assert log_sizes(norms, 4).tolist() == [0.0, -np.inf, np.inf, np.inf]


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_that_what_is_not_finite_reads_plus_infinity(bad: float) -> None:
    experiment = experiment_of(NETWORKS["LSTM, last step"])
    trainer = engine.Trainer(experiment)
    net = trainer.net
    net(torch.zeros(20, 8, 2))
    net.outputs["lstm1"].detach()[3, 2, 1] = bad
    probe = Probe(net, 20)
    probe.begin(8.0)
    probe.outputs()
    sizes = probe.finish()["output"]
    assert sizes[0] == np.inf
    assert np.isfinite(sizes[1:]).all()


def test_that_every_quantity_is_in_every_frame_with_its_axes_and_cannot_be_changed() -> None:
    messages = list(engine.train(experiment_of(preset(LSTM, LAST, steps=3))))
    frames = [message for message in messages if isinstance(message, Frame)]
    assert len(frames) == 3
    for frame in frames:
        assert frame.readings.keys() == QUANTITIES.keys()
        for name, sizes in frame.readings.items():
            assert sizes.shape == {1: (3,), 2: (3, 20), 3: (3, 4, 20)}[sizes.ndim]
            assert sizes.ndim == 1 + QUANTITIES[name].axes.count("×")
            assert sizes.dtype == np.float32
            with pytest.raises(ValueError, match="read-only"):
                sizes[...] = 0
