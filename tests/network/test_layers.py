"""Every layer of the catalogue: shapes as promised, settings through the file and back, what does not fit."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.engine.cases import DENSE, LAST, SYMBOLS_TASK, Preset, fixed, layer, preset, wave
from tests.engine.comparison import experiment_of
from tests.engine.every_layer import BY_TYPE, SETTINGS, ends
from vgviewer import engine
from vgviewer.experiment import Experiment, dumps, loads
from vgviewer.network import LAYERS
from vgviewer.network.layers import AnyLayer

ICONS = Path(__file__).parents[2] / "resources" / "icons"
NEEDED = {kind: next(iter(variants.values())) for kind, variants in SETTINGS.items()}
EVERY_SETTING: dict[str, dict[str, Any]] = {
    "rnn": {
        "units": 5,
        "activation": "relu",
        "weight_init": {"type": "normal", "std": 0.2},
        "recurrent_init": {"type": "identity", "gain": 0.5},
        "bias_init": {"type": "zeros"},
        "parametrization": "orthogonal",
        "frozen": True,
    },
    "lstm": {
        "units": 5,
        "peephole": True,
        "forget_bias": {"type": "chrono", "t_max": 50},
        "bias_init": {"type": "values", "values": wave(20)},
        "frozen": True,
    },
    "gru": {"units": 5, "update_bias": -1.5, "bias_init": {"type": "constant", "value": 2.0}},
    "echo_state": {"units": 5, "spectral_radius": 1.2, "sparsity": 0.5, "leak": 0.25},
    "dense": {
        "units": 3,
        "activation": "gelu",
        "bias": False,
        "weight_norm": True,
        "weight_init": {"type": "values", "values": wave(3, 4)},
    },
    "embedding": {"size": 3},
    "activation": {"function": "softmax"},
    "dropout": {"p": 0.25},
    "batch_norm": {"momentum": 0.01, "eps": 1e-3},
    "layer_norm": {"eps": 1e-3},
    "skip": {"from": "input", "scale": -0.5},
    "last_step": {},
    "mean_over_time": {},
    "flatten": {},
}
SEQUENCES, VECTORS = fixed(wave(3, 6, 4), wave(3, 2)), fixed(wave(3, 4), wave(3, 2))


def stands_in(kind: str, sequence: bool) -> bool:
    return sequence or not (BY_TYPE[kind].recurrent or BY_TYPE[kind].takes_symbols or ends(kind))


def chain(kind: str, settings: dict[str, Any], sequence: bool) -> Experiment:
    last = [] if ends(kind) or not sequence else [layer("last_step", 9)]
    task = SYMBOLS_TASK if BY_TYPE[kind].takes_symbols else SEQUENCES if sequence else VECTORS
    return experiment_of(preset(layer(kind, **settings), *last, task=task, batch_size=3))


PLACES = [(kind, sequence) for kind in BY_TYPE for sequence in (True, False) if stands_in(kind, sequence)]


def test_that_the_catalogue_and_the_file_format_hold_the_same_layers() -> None:
    assert set(get_args(get_args(AnyLayer)[0])) == set(LAYERS)
    assert len(BY_TYPE) == len(LAYERS) == len({kind.label for kind in LAYERS})
    assert EVERY_SETTING.keys() == BY_TYPE.keys()


@pytest.mark.parametrize("kind", BY_TYPE)
def test_that_a_layer_tells_a_person_what_it_is(kind: str) -> None:
    described = BY_TYPE[kind]
    assert all((described.label, described.group, described.summary, described.formula))
    assert (ICONS / f"layer-{kind}.svg").is_file()
    for name, field in described.model_fields.items():
        if name != "type":
            assert field.title, name
            assert field.description, name


@pytest.mark.parametrize(("kind", "sequence"), PLACES)
def test_that_a_layer_gives_the_shape_and_has_the_parameters_it_promises(kind: str, sequence: bool) -> None:
    experiment = chain(kind, NEEDED[kind], sequence)
    found = engine.gradients(experiment)
    name = experiment.network.layers[0].id
    shape = experiment.flow.shapes[name]
    axes = (shape.features,) if shape.timesteps is None else (shape.timesteps, shape.features)
    assert found[f"output/{name}"].shape == (3, *axes)
    built = {key.rpartition("/")[2]: found[key].shape for key in found if key.startswith(f"param/{name}/")}
    assert built == experiment.flow.weights[name]
    assert experiment.flow.parameters(name) == sum(found[f"param/{name}/{key}"].size for key in built)


@pytest.mark.parametrize(("kind", "sequence"), PLACES)
def test_that_a_layer_trains(kind: str, sequence: bool) -> None:
    *_, finished = engine.train(chain(kind, EVERY_SETTING[kind], sequence).replace(training={"steps": 3}))
    assert (finished.step, finished.reason) == (3, "done")


@pytest.mark.parametrize("settings", [NEEDED, EVERY_SETTING])
@pytest.mark.parametrize("kind", BY_TYPE)
def test_that_a_layer_goes_through_the_file_and_back(kind: str, settings: dict[str, dict[str, Any]]) -> None:
    experiment = chain(kind, settings.get(kind, {}), sequence=True)
    written = dumps(experiment)
    assert loads(written, "again") == experiment
    assert dumps(loads(written, "again")) == written
    one = experiment.network.layers[0]
    assert isinstance(one, BY_TYPE[kind])
    assert one.model_dump(exclude_defaults=True) == {"id": one.id, "type": kind, **settings.get(kind, {})}


def problems(*layers: Preset, task: Preset = SEQUENCES, **rest: Any) -> list[str]:
    """The problems of a chain that loads but cannot be trained."""
    case = preset(*layers, task=task, **rest)
    return [str(problem) for problem in loads(json.dumps(case).encode(), "a test's preset").problems]


@pytest.mark.parametrize("kind", [kind for kind in BY_TYPE if ends(kind) or BY_TYPE[kind].recurrent])
def test_that_a_layer_for_sequences_says_so_where_a_vector_arrives(kind: str) -> None:
    (problem,) = problems(LAST, layer(kind, 2, **NEEDED[kind]))
    assert problem.startswith("network.layers[1]: ")
    assert "needs a sequence, but a vector of 4 arrives" in problem


@pytest.mark.parametrize("kind", [kind for kind in BY_TYPE if BY_TYPE[kind].recurrent])
def test_that_a_recurrent_layer_is_told_what_fits_where_there_never_was_a_sequence(kind: str) -> None:
    (problem,) = problems(layer(kind, 1, **NEEDED[kind]), task={"type": "moons"})
    assert "but a vector of 2 arrives. Choose a task with sequences" in problem
    (problem,) = problems(LAST, layer(kind, 2, **NEEDED[kind]))
    assert problem.endswith("Move it before the layer that ends the sequence.")


@pytest.mark.parametrize(
    ("layers", "path", "words"),
    [
        ([DENSE], "network.output", "Add a Last timestep layer"),
        ([LAST, layer("skip", **{"from": "input"})], "network.layers[1].from", "cannot be added"),
        ([layer("skip", **{"from": "nobody"}), LAST], "network.layers[0].from", "no earlier layer nobody"),
        (
            [layer("skip", **{"from": "dense1"}), DENSE, LAST],
            "network.layers[0].from",
            "no earlier layer dense1",
        ),
        ([layer("skip", **{"from": "skip1"}), LAST], "network.layers[0].from", "no earlier layer skip1"),
        (
            [LAST, layer("dense", units=2, weight_init={"type": "values", "values": [[1.0, 2.0]]})],
            "network.layers[1].weight_init.values",
            "must have the shape 2 × 4 of weight, has 1 × 2",
        ),
        (
            [layer("gru", units=2, bias_init={"type": "values", "values": [1.0, 2.0]}), LAST],
            "network.layers[0].bias_init.values",
            "must have the shape 6 of bias_ih, has 2",
        ),
        ([layer("embedding", size=2), LAST], "network.layers[0]", "this one gives a sequence of 6 timesteps"),
    ],
)
def test_that_what_does_not_fit_is_said_at_its_field(layers: list[Preset], path: str, words: str) -> None:
    (problem,) = problems(*layers)
    assert problem.startswith(f"{path}: ")
    assert words in problem


@pytest.mark.parametrize("before", [layer("dropout"), layer("embedding", 9, size=6)])
def test_that_symbols_are_embedded_first_or_not_at_all(before: Preset) -> None:
    (problem,) = problems(before, layer("embedding", size=2), LAST, task=SYMBOLS_TASK)
    assert problem.startswith("network.layers[1]: ")
    assert "Move it to the front" in problem


def test_that_a_flat_sequence_holds_every_feature_of_every_timestep() -> None:
    flow = experiment_of(preset(layer("flatten"), task=SEQUENCES)).flow
    assert flow.shapes["flatten1"] == (6 * 4, None, False)
    assert flow.weights["output"]["weight"] == (2, 6 * 4)


def test_that_an_answer_at_every_timestep_needs_the_sequence() -> None:
    (problem,) = problems(LAST, task={"type": "delayed_echo", "lag": 1, "length": 4})
    assert problem.startswith("network.output: ")
    assert "at every timestep" in problem


def test_that_all_misfits_are_found_at_once() -> None:
    found = problems(LAST, layer("rnn", units=3), layer("gru", units=3), layer("skip", **{"from": "nobody"}))
    assert [problem.split(":")[0] for problem in found] == [
        "network.layers[1]",
        "network.layers[2]",
        "network.layers[3].from",
    ]
