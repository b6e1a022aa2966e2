"""U21: how many parameters a network has, how much memory and how much arithmetic a step takes is said before training,
while one edits."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot
from torch.utils.flop_counter import FlopCounterMode

from tests.app.windows import make_window
from tests.engine.comparison import experiment_of
from tests.engine.every_layer import EVERY_LAYER
from vgviewer import engine
from vgviewer.app.editor.costs import account, in_bytes, multiply_adds, parameters, short
from vgviewer.experiment import Experiment, find, load, shipped
from vgviewer.network.layers.embedding import Embedding

FORM = "with skips"  # one of each, with two skips
EXPERIMENTS: dict[str, Callable[[], Experiment]] = {
    **{card.id: partial(load, card.path) for card in shipped()},
    **{
        f"{kind}, {variant}": partial(experiment_of, case)
        for (kind, variant, form), case in EVERY_LAYER.items()
        if form == FORM
    },
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_that_the_parameters_are_those_that_torch_counts(name: str) -> None:
    experiment = EXPERIMENTS[name]()
    net = engine.Trainer(experiment).net
    assert parameters(experiment) == sum(value.numel() for value in net.parameters())


def counted(run: Callable[[], torch.Tensor]) -> int:
    """Multiply-adds of a forward and a backward pass, by torch's own counter."""
    with FlopCounterMode(display=False) as counter:
        run().sum().backward()
    return int(counter.get_total_flops()) // 2


def test_that_multiply_adds_of_dense_layers_are_those_that_torch_counts() -> None:
    experiment = load(find("relu-30-xavier"))
    chain = experiment.network.layers
    widths = [
        experiment.flow.shapes[place].features
        for place in ("input", *(layer.id for layer in chain), "output")
    ]
    net = torch.nn.Sequential(*(torch.nn.Linear(a, b) for a, b in pairwise(widths)))
    x = torch.ones(experiment.memory.batch, widths[0], requires_grad=True)
    assert multiply_adds(experiment) == counted(lambda: net(x))


def test_that_multiply_adds_of_a_recurrent_layer_are_those_that_torch_counts() -> None:
    experiment = load(find("rnn-forgets"))
    timesteps, features = experiment.task.inputs().timesteps or 0, experiment.task.inputs().features
    inside, across = torch.nn.Linear(features, 64), torch.nn.Linear(64, 64)
    head = torch.nn.Linear(64, 1)
    batch = experiment.memory.batch
    xs = torch.ones(timesteps, batch, features, requires_grad=True)

    def run() -> torch.Tensor:
        h = torch.ones(batch, 64, requires_grad=True)
        for x in xs:
            h = torch.tanh(inside(x) + across(h))
        return head(h)

    assert multiply_adds(experiment) == counted(run)


def test_that_a_lookup_multiplies_nothing() -> None:
    given = load(find("lstm-characters"))
    experiment = given.replace(network=given.network.insert(0, Embedding(id="letters", size=16)))
    assert experiment.problems == ()
    shapes = experiment.flow.shapes
    timesteps, answers = shapes["input"].timesteps or 0, shapes["output"].features
    per_timestep = 4 * 96 * (16 + 96) + 96 * answers
    assert multiply_adds(experiment) == 3 * experiment.memory.batch * timesteps * per_timestep


def test_that_the_line_above_the_network_says_it_while_one_edits(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    document, line = window.document, window.desk.network.costs
    document.replace(load(find("rnn-forgets")), None)
    said = []
    for units in (64, 128):
        document.change("rnn1", {"units": units})
        experiment = document.experiment
        count = units * (2 + units) + 2 * units + units + 1
        work = 3 * 32 * (100 * units * (2 + units) + units)
        assert parameters(experiment) == count
        memory = in_bytes(experiment.memory.total)
        assert line.text() == f"{count:,} parameters · {memory} · {short(work)} multiply-adds a step"
        assert "estimate" in line.toolTip()
        assert "not measured" in line.toolTip()
        said.append(line.text())
    document.undo.undo()
    assert line.text() == said[0]


def test_that_with_a_problem_only_the_parameters_are_said() -> None:
    experiment = load(find("rnn-forgets"))
    broken = experiment.replace(network=experiment.network.remove("last1"))
    assert account(broken)[0] == f"{parameters(broken):,} parameters"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.0 k"),
        (34_211_840, "34 M"),
        (4_100_000, "4.1 M"),
        (6.2e10, "62 G"),
        (999_950, "1.0 M"),
        (9.96e6, "10 M"),
    ],
)
def test_that_large_numbers_are_short(count: float, text: str) -> None:
    assert short(count) == text
