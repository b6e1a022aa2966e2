"""R20: whatever numbers a run sends, every picture is drawn: no exception, no warning, and what is lost is shown so."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import OUTPUT, RECURRENT, started
from tests.app.showing import color_at, settle, show_view
from vgviewer.app import theme
from vgviewer.app.colormaps import scale_of
from vgviewer.app.picture.limits import MODES, Limits
from vgviewer.app.picture.meaning import Meaning, gradient, relative
from vgviewer.app.views import VIEWS, LayersTraining, Output, ThroughTime, View
from vgviewer.app.views.heatmap import Heatmap
from vgviewer.experiment import Experiment
from vgviewer.frames import QUANTITIES, Frame, History
from vgviewer.frames.details import Details, Histograms
from vgviewer.frames.inspections import (
    Answers,
    Block,
    DenseJacobians,
    HopAccounts,
    Hops,
    Jacobians,
    LayerReach,
    Plane,
    Reach,
    StateJacobians,
)
from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.tasks.adding import Adding
from vgviewer.theory import predict

NAN, INF = np.nan, np.inf
TINY = float(np.finfo(np.float32).smallest_subnormal)
NUMBERS: dict[str, NDArray[np.float64]] = {
    "all NaN": np.array([NAN]),
    "all inf": np.array([INF]),
    "all -inf": np.array([-INF]),
    "mixed": np.array([NAN, INF, -INF, 0.0, 1.0, -1e308]),
    "NaN and one number": np.array([NAN, NAN, NAN, -3.0]),
    "inf and one number": np.array([INF, -3.0]),
    "-inf and one number": np.array([-INF, -3.0]),
    "zeros": np.array([0.0]),
    "minus zero": np.array([-0.0]),
    "denormal": np.array([TINY, -TINY]),
    "1e308": np.array([1e308]),
    "-1e308": np.array([-1e308]),
    "both ±1e308": np.array([1e308, -1e308]),
    "float32's largest": np.array([3.4e38, -3.4e38]),
    "far apart": np.array([-1e30, 0.0, 1e30]),
    "hardly apart": np.array([1.0, 1.0 + 1e-7]),
}
STRANGE: dict[
    str, NDArray[np.generic]
] = {  # what no frame can hold, handed to the door that colors go through
    "empty": np.empty((2, 0)),
    "one cell": np.full((1, 1), -2.0),
    "objects": np.array([[None, "x"], [1.0, {}]], object),
    "complex": np.array([[1 + 2j, NAN]], np.complex128),
}
DRAWN = Experiment(
    network=Network(
        layers=(
            Rnn(id="rnn1", units=4),
            Lstm(id="lstm2", units=4),
            LastStep(id="last1"),
            Dense(id="dense1", units=4),
        )
    ),
    task=Adding(),
)
GATES = ("i", "f", "g", "o")
SITES = (*RECURRENT[:1], RECURRENT[1].__class__("lstm2", "lstm", True, True, True, GATES), *RECURRENT[2:])


def filled(values: NDArray[np.float64], *shape: int, dtype: type = np.float32) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):
        return np.resize(values, shape).astype(dtype)


def nasty(values: NDArray[np.float64], timesteps: int = 7) -> History:
    """Three frames, details and inspections that hold nothing but these values."""
    history = History(started(SITES, timesteps, 3))
    for step in range(3):
        readings = {
            name: filled(values, *quantity.shape(len(SITES), len(GATES), timesteps))
            for name, quantity in QUANTITIES.items()
        }
        loss = float(values[step % len(values)])
        history.append(Frame(step, loss, loss, True, loss, readings, details(values, timesteps)))
    for found in inspections(values, timesteps):
        history.inspections[type(found)] = found
    return history


def shares(values: NDArray[np.float64], *shape: int) -> NDArray[np.float64]:
    """Of a finite gradient, or NaN: nothing else is a share."""
    known = np.where(np.isfinite(values), np.clip(values, -1e6, 1e6), NAN)
    return filled(known, *shape, dtype=np.float64)


def details(values: NDArray[np.float64], timesteps: int) -> Details:
    counts = np.ones((len(SITES), 8), np.int64)
    rare = np.zeros(len(SITES), np.int64)
    kinds = ("output_gradient", "weight_gradient", "output", "weight")
    histograms = {name: Histograms(400, counts, rare, rare) for name in kinds}
    units = {site.id: filled(values, timesteps, 4) for site in SITES[:2]} | {"dense1": filled(values, 4)}
    return Details(
        units,
        {"lstm2": filled(values, timesteps, 4)},
        {"lstm2": filled(values, len(GATES), timesteps, 4)},
        histograms,
        {site.id: shares(values, timesteps) for site in SITES[:2]},
    )


def inspections(values: NDArray[np.float64], timesteps: int) -> Iterator[Reach | Jacobians | HopAccounts]:
    def wide(*shape: int) -> NDArray[np.float64]:
        """Ratios and singular values: never below 0."""
        return np.abs(filled(values, *shape, dtype=np.float64))

    targets, hops = np.arange(1, timesteps + 1), np.arange(1, timesteps)
    square = filled(values, timesteps, timesteps)
    reach = [
        LayerReach(
            site.id, targets, square, square if site.has_cell else None, shares(values, timesteps, timesteps)
        )
        for site in SITES[:2]
    ]
    yield Reach(2, tuple(reach))
    number = abs(float(values[0]))
    states = [
        StateJacobians(site.id, hops, wide(len(hops), 4), (Block("", number, number, False),))
        for site in SITES[:2]
    ]
    yield Jacobians(2, tuple(states), (DenseJacobians("dense1", wide(2, 4)),))
    time = [
        Hops("time", s.id, s.id, "hidden", hops, wide(len(hops)), {"W_hh": wide(len(hops))}, {}, {})
        for s in SITES[:2]
    ]
    depth = [
        Hops("depth", OUTPUT.id, "dense1", "output", np.empty(0, np.int64), wide(1), {"W": wide(1)}, {}, {})
    ]
    yield HopAccounts(2, tuple(depth), tuple(time))


def answers(values: NDArray[np.float64], timesteps: int) -> Iterator[Answers]:
    """Two values of each sample and of each timestep, one value of one input, and classes over a plane."""
    side = np.linspace(-1.0, 1.0, 3, dtype=np.float32)
    inputs, pair = np.zeros((4, 1), np.float32), np.zeros((4, 2), np.float32)
    for shape in ((4, 2), (4, timesteps, 2)):
        yield Answers(2, 4, None, None, np.ones(shape, np.float32), filled(values, *shape))
    yield Answers(2, 4, None, inputs, filled(values, 4, 1), filled(values, 4, 1))
    classes = np.array([0, 1, 1, -1])
    plane = Plane(side, side[:2], filled(values, 2, 3))
    yield Answers(2, 4, 2, pair, np.array([0, 1, 0, 1]), classes, plane=plane)


def drawn_in_every_way(view: View) -> int:
    """Draws with every choice and every kind of limits; how often."""
    count = 0
    for choice in view.header.choices:
        for action in choice._group.actions():
            choice.choose(action.data())
            count += 1
            for mode in MODES if view.meaning is not None else ():
                view.limits.choose(view.meaning.group, mode)
                view.refresh()
                count += 1
            assert isinstance(view.caption_at(1.0, 0.5), str)
            assert view.accessibleDescription()
            if not view.missing():
                assert view.table().as_tsv()
    assert not view.grab().isNull()
    return count


@pytest.mark.parametrize("kind", VIEWS.values(), ids=VIEWS)
def test_that_every_view_draws_every_number_in_every_way(
    qtbot: QtBot, kind: type[View], scoreboard: Callable[..., bool]
) -> None:
    view = show_view(qtbot, kind)
    view.foresee(DRAWN)
    view.expect(predict(DRAWN))
    count, failures = 0, []
    for name, values in NUMBERS.items():
        for timesteps in (7, 1):
            try:
                view.set_history(nasty(values, timesteps))
                for found in answers(values, timesteps) if kind is Output else (None,):
                    if found is not None and view.history is not None:
                        view.history.inspections[Answers] = found
                    view.draw_again()
                    assert not view.missing(), "it shows what is to be tried"
                    count += drawn_in_every_way(view)
            except (ArithmeticError, LookupError, TypeError, ValueError, Warning) as error:
                failures.append(f"{name}, {timesteps} timesteps: {error!r}")
    target = (
        f"{kind.name}: {len(NUMBERS)} kinds of numbers, all choices, all limits: 0 exceptions, 0 warnings"
    )
    value = {"pictures": count, "failures": len(failures)}
    assert scoreboard("R20", target, value, count > 0 and not failures), failures


@pytest.mark.parametrize("values", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("meaning", [gradient(""), relative(""), Meaning("share", "", 0, 1, log10=False)])
def test_that_what_is_no_number_is_no_value(
    qtbot: QtBot, values: NDArray[np.generic], meaning: Meaning
) -> None:
    view = show_view(qtbot, ThroughTime, nasty(NUMBERS["zeros"]))
    limits = Limits()
    for mode in MODES:
        limits.choose(meaning.group, mode)
        fitted = limits.fit(meaning, values, view)
        assert fitted.low < fitted.high
        colors = scale_of(theme.LIGHT, fitted).colors(values)
        assert colors.shape == (*values.shape, 4)
        if values.dtype.kind not in "fiub":
            assert (colors == scale_of(theme.LIGHT, fitted).none).all()
    assert isinstance(view, Heatmap)
    view.show_rows([f"row{i}" for i in range(len(values))], (0.5, 2.5))
    view.show_cells(values, (0.5, 2.5))
    assert not view.grab().isNull()


@pytest.mark.parametrize("kind", [ThroughTime, LayersTraining])
@pytest.mark.parametrize(
    ("name", "color"), [("all NaN", "none"), ("all inf", "not_finite"), ("all -inf", "exact_zero")]
)
def test_that_what_is_lost_is_shown_in_its_color(
    qtbot: QtBot, kind: type[View], name: str, color: str
) -> None:
    view = show_view(qtbot, kind, nasty(NUMBERS[name]))
    for mode in MODES:
        view.limits.choose(view.meaning.group, mode)  # type: ignore[union-attr]
        settle(view)
        assert color_at(view, 1.0, 0.4) == getattr(theme.LIGHT, color)
