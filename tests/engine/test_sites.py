"""What a run says of its places and of its training before the first step."""

from tests.engine.cases import LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.frames import Started


def started(case: Preset) -> Started:
    message = next(iter(engine.train(experiment_of(case))))
    assert isinstance(message, Started)
    return message


def test_that_a_place_which_never_trains_is_marked_as_frozen() -> None:
    reservoir = layer("echo_state", units=3)
    dense = [layer("dense", number, units=3, frozen=number == 1) for number in (1, 2)]
    frozen = {site.id: site.frozen for site in started(preset(reservoir, LAST, *dense)).sites}
    assert frozen == {"echostate1": True, "last1": False, "dense1": True, "dense2": False, "output": False}


def test_that_only_clipping_by_norm_has_a_threshold_for_the_norm() -> None:
    clips = [None, {"type": "norm", "value": 0.5}, {"type": "value", "value": 0.5}]
    assert [started(preset(LAST, clip=clip)).clip for clip in clips] == [None, 0.5, None]
