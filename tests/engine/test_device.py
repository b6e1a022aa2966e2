"""The device is the same code path: tensors are moved at the door, and everything made on the way follows them."""

from typing import Any

import pytest
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._device import _device_constructors

from tests.engine.cases import ECHO, LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.experiment import NoDevice

CASES = {
    "recurrent layers": preset(
        layer("rnn", units=4),
        layer("lstm", units=4, peephole=True),
        layer("gru", units=4),
        layer("echo_state", units=4),
        layer("layer_norm"),
        layer("batch_norm"),
        layer("dropout"),
        layer("skip", **{"from": "input"}),
        task=ECHO,
        omega={"weight": 1.0},
        clip={"type": "norm", "value": 0.1},
        truncate=5,
    ),
    "symbols": preset(
        layer("embedding", size=4),
        layer("rnn", units=4, parametrization="orthogonal"),
        layer("mean_over_time"),
        layer("dense", units=4, weight_norm=True),
        task={"type": "temporal_order", "length": 10},
        optimizer={"type": "adam"},
    ),
}


class NothingWithoutAPlace(TorchFunctionMode):
    """Refuses a new tensor that does not say where it is to be. Random ones are drawn on the CPU for all devices, and
    `as_tensor` makes none: it shows NumPy's memory as a tensor, or a tensor itself."""

    def __torch_function__(self, made_by: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        has_place = "device" in kwargs or "generator" in kwargs
        makes_one = made_by in _device_constructors() and made_by is not torch.as_tensor
        assert has_place or not makes_one, f"{made_by.__name__} without a device"
        return made_by(*args, **kwargs)


@pytest.mark.parametrize("name", CASES)
def test_that_no_tensor_of_a_step_is_made_without_the_device_of_the_network(name: str) -> None:
    trainer = engine.Trainer(experiment_of(CASES[name]))
    with NothingWithoutAPlace():
        for _ in range(2):
            frame, finite = trainer.advance()
            assert finite
        trainer.measure()
    assert frame.step == 1


def with_device(device: str) -> Preset:
    return preset(layer("rnn", units=4), LAST, device=device, steps=2)


def test_that_cpu_is_the_default_and_auto_takes_it_where_there_is_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert experiment_of(preset(layer("rnn", units=4), LAST)).training.device == "cpu"
    for wanted in ("cpu", "auto"):
        assert engine.Trainer(experiment_of(with_device(wanted))).device.type == "cpu"


def test_that_cuda_without_a_device_is_refused_at_the_start_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    experiment = experiment_of(with_device("cuda"))  # the file itself is sound
    with pytest.raises(NoDevice, match="must be cpu or auto here, is cuda"):
        engine.train(experiment)


@pytest.mark.parametrize("wanted", ["auto", "cuda"])
def test_that_network_and_batches_go_to_cuda_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    moved: list[tuple[type, str]] = []
    for kind in (torch.nn.Module, torch.Tensor):
        monkeypatch.setattr(kind, "to", _noting(kind.to, moved))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    trainer = engine.Trainer(experiment_of(with_device(wanted)))
    assert trainer.device.type == "cuda"
    trainer.advance()
    kinds = {kind for kind, place in moved if place == "cuda"}
    assert torch.Tensor in kinds
    assert any(issubclass(kind, torch.nn.Module) for kind in kinds)


def _noting(to: Any, moved: list[tuple[type, str]]) -> Any:
    """Notes a move to CUDA and leaves everything where it is."""

    def move(self: Any, *places: Any, **settings: Any) -> Any:
        if places and isinstance(places[0], torch.device):
            moved.append((type(self), places[0].type))
            return self
        return to(self, *places, **settings)

    return move


def test_that_the_weights_at_the_start_do_not_depend_on_the_device_s_generator() -> None:
    torch.manual_seed(0)
    one = engine.Trainer(experiment_of(with_device("cpu")))
    torch.manual_seed(1)
    other = engine.Trainer(experiment_of(with_device("cpu")))
    assert all(map(torch.equal, one.net.parameters(), other.net.parameters()))
