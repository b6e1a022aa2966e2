"""The preset file: what is written is what was meant, byte for byte."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.experiment.random_presets import presets
from vgviewer.experiment import Experiment, Training, dumps, load, loads, save
from vgviewer.network import Network
from vgviewer.tasks import Adding

DOCUMENTED = """{
  "format": "vgviewer.preset",
  "version": 1,
  "name": "Vanilla RNN forgets",
  "summary": "one line for the gallery",
  "notes": "Markdown for the reader; formulas between $…$",
  "network": {
    "layers": [
      {"id": "rnn1", "type": "rnn", "units": 64, "activation": "tanh",
       "recurrent_init": {"type": "orthogonal", "gain": 0.9}},
      {"id": "last1", "type": "last_step"},
      {"id": "dense1", "type": "dense", "units": 32, "activation": "relu",
       "weight_init": {"type": "kaiming_normal"}},
      {"id": "skip1", "type": "skip", "from": "last1"}
    ],
    "output": {"activation": "linear", "weight_init": {"type": "default"}, "bias": true}
  },
  "task": {"type": "adding", "length": 100},
  "training": {
    "steps": 2000, "batch_size": 32, "seed": 0,
    "optimizer": {"type": "sgd", "lr": 0.01, "momentum": 0.0, "weight_decay": 0.0},
    "clip": {"type": "norm", "value": 1.0},
    "truncate": null, "early_stopping": null, "omega": null, "loss": "auto", "loss_scale": 1.0
  },
  "alerts": {}
}
"""
SAVED = """{
  "format": "vgviewer.preset",
  "version": 1,
  "name": "Vanilla RNN forgets",
  "summary": "one line for the gallery",
  "notes": "Markdown for the reader; formulas between $…$",
  "network": {
    "layers": [
      {
        "id": "rnn1",
        "type": "rnn",
        "units": 64,
        "recurrent_init": {"type": "orthogonal", "gain": 0.9}
      },
      {"id": "last1", "type": "last_step"},
      {
        "id": "dense1",
        "type": "dense",
        "units": 32,
        "activation": "relu",
        "weight_init": {"type": "kaiming_normal"}
      },
      {"id": "skip1", "type": "skip", "from": "last1"}
    ]
  },
  "task": {"type": "adding"},
  "training": {"steps": 2000, "clip": {"type": "norm"}}
}
"""
LEAST = {
    "format": "vgviewer.preset",
    "version": 1,
    "network": {"layers": []},
    "task": {"type": "adding"},
}


def bytes_of(preset: Any) -> bytes:
    return json.dumps(preset, ensure_ascii=False).encode()


def test_that_the_documented_example_loads_and_can_be_trained() -> None:
    experiment = loads(DOCUMENTED.encode(), "the example")
    assert experiment.problems == ()
    assert [layer.id for layer in experiment.network.layers] == ["rnn1", "last1", "dense1", "skip1"]
    assert experiment.network.layers[0].recurrent_init.gain == 0.9
    assert experiment.training.steps == 2000
    assert experiment.training.clip.value == 1.0
    assert experiment.notes.endswith("$…$")


def test_that_a_saved_file_holds_the_settings_that_differ_from_the_defaults() -> None:
    experiment = loads(DOCUMENTED.encode(), "the example")
    written = json.loads(dumps(experiment))
    assert written == json.loads(SAVED)
    assert list(written) == list(json.loads(SAVED))


def test_that_a_file_of_required_fields_alone_is_complete() -> None:
    experiment = loads(bytes_of(LEAST), "the least")
    assert experiment == Experiment(network=Network(layers=()), task=Adding(), training=Training())
    assert json.loads(dumps(experiment)) == LEAST


def test_that_defaults_are_the_documented_ones() -> None:
    chain = [
        {"id": "a", "type": "dense", "units": 1},
        {"id": "b", "type": "rnn", "units": 1},
        {"id": "c", "type": "batch_norm"},
        {"id": "d", "type": "skip", "from": "input"},
        {"id": "e", "type": "lstm", "units": 1},
    ]
    experiment = loads(bytes_of(LEAST | {"network": {"layers": chain}}), "defaults")
    dense, rnn, norm, skip, lstm = experiment.network.layers
    assert (dense.activation, dense.bias, dense.frozen) == ("linear", True, False)
    assert rnn.activation == "tanh"
    assert (norm.momentum, norm.eps) == (0.1, 1e-5)
    assert skip.scale == 1
    assert lstm.forget_bias is None
    training = experiment.training
    assert (training.optimizer.type, training.optimizer.lr) == ("sgd", 0.01)
    assert (training.steps, training.batch_size, training.seed) == (1000, 32, 0)
    assert (training.loss, training.loss_scale, training.device) == ("auto", 1.0, "cpu")
    assert (training.clip, training.truncate, training.early_stopping, training.omega) == (None,) * 4
    output = experiment.network.output
    assert (output.activation, output.bias, output.weight_init.type) == ("linear", True, "default")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(presets)
def test_that_load_and_save_give_the_same_value_and_the_same_bytes(preset: dict[str, Any]) -> None:
    experiment = loads(bytes_of(preset), "random")
    written = dumps(experiment)
    assert loads(written, "again") == experiment
    assert dumps(loads(written, "again")) == written
    assert written.decode().isprintable() or b"\n" in written


@settings(max_examples=100, deadline=None, derandomize=True)
@given(presets, st.randoms())
def test_that_key_order_and_layout_do_not_matter(preset: dict[str, Any], dice: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, list):
            return [shuffled(item) for item in value]
        if not isinstance(value, dict):
            return value
        items = [(key, shuffled(item)) for key, item in value.items()]
        dice.shuffle(items)
        return dict(items)

    other = json.dumps(shuffled(preset), indent=3).encode("utf-8-sig")
    # the alerts keep their order: they are the person's own list
    one = loads(other, "shuffled")
    assert one == loads(bytes_of(preset), "random")
    if not preset.get("alerts"):
        assert dumps(one) == dumps(loads(bytes_of(preset), "random"))


def test_that_a_file_is_text_for_people() -> None:
    written = dumps(loads(DOCUMENTED.encode(), "the example")).decode()
    assert written.endswith("}\n")
    assert "…" in written
    assert max(map(len, written.splitlines())) <= 100
    assert written == SAVED


def test_that_a_file_on_the_disk_is_those_bytes(tmp_path: Path) -> None:
    path = tmp_path / "one.vgnet.json"
    path.write_bytes(DOCUMENTED.encode())
    experiment = load(path)
    save(experiment, path)
    first = path.read_bytes()
    save(load(path), path)
    assert path.read_bytes() == first == dumps(experiment)


def test_that_a_whole_number_may_stand_for_a_value() -> None:
    training = {"optimizer": {"type": "sgd", "lr": 1}}
    assert loads(bytes_of(LEAST | {"training": training}), "whole").training.optimizer.lr == 1.0


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_that_line_endings_and_a_byte_order_mark_are_accepted(ending: str) -> None:
    content = DOCUMENTED.replace("\n", ending).encode("utf-8-sig")
    assert loads(content, "windows") == loads(DOCUMENTED.encode(), "the example")
