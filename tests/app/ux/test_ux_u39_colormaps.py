"""U39: sizes are colored by viridis and its kin, ratios from blue to red over a light or dark middle, of six maps each
and no rainbow; a preview shows how they look to eyes that lack one kind of cones."""

from pathlib import Path

import cmap
import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from tests.app.filled import filled_window
from tests.app.lab import lab
from vgviewer.app import theme
from vgviewer.app.choices import Choices
from vgviewer.app.color_vision import ColorVision
from vgviewer.app.colormaps import DIVERGING, SEQUENTIAL, Maps, table_of
from vgviewer.app.picture.limits import Limits
from vgviewer.app.picture.vision import DEFICIENCIES, NORMAL, seen

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DECADES = 16  # of a scale, the fixed limits of gradients and of ratios
APART = 3.0  # ΔE*ab; a difference of 2.3 is just noticeable (Mahy and others, 1994)
SIDES_APART = 20.0  # ΔE*ab, beyond the middle quarter
JET = np.round(np.asarray(cmap.Colormap("jet").lut(512)) * 255).astype(np.uint8)


def least_step(colors: NDArray[np.uint8]) -> float:
    """The smallest ΔE between one decade and the next."""
    places = np.linspace(0, len(colors) - 1, DECADES + 1).round().astype(int)
    return float(np.linalg.norm(np.diff(lab(colors[places]), axis=0), axis=1).min())


def test_that_there_are_six_and_more_to_choose_from_and_no_rainbow() -> None:
    assert len({*SEQUENTIAL, *DIVERGING}) >= 6
    for name in (*SEQUENTIAL, *DIVERGING):
        assert not any(rainbow in name for rainbow in ("jet", "hsv", "rainbow", "turbo"))


@pytest.mark.parametrize("name", SEQUENTIAL)
def test_that_a_sequential_map_grows_lighter_all_the_way_for_every_eye(name: str) -> None:
    for kind in (NORMAL, *DEFICIENCIES):
        lightness = lab(seen(table_of(name), kind))[:, 0]
        assert np.diff(lightness[::16]).min() > 0, kind
        assert lightness[-1] - lightness[0] > 60, kind


@pytest.mark.parametrize("name", [*SEQUENTIAL, *DIVERGING])
def test_that_every_eye_tells_a_decade_from_the_next(name: str) -> None:
    for kind in (NORMAL, *DEFICIENCIES):
        assert least_step(seen(table_of(name), kind)) > APART, kind


@pytest.mark.parametrize("name", DIVERGING)
def test_that_a_diverging_map_has_its_extreme_in_the_middle_and_even_sides(name: str) -> None:
    lightness = lab(table_of(name))[:, 0]
    middle = lightness[len(lightness) // 2]
    assert middle < 26 or middle > 88
    assert np.abs(lightness - lightness[::-1]).max() < 11
    half = lightness[: len(lightness) // 2 : 16]
    assert (np.diff(half) > 0).all() or (np.diff(half) < 0).all()


@pytest.mark.parametrize("name", DIVERGING)
def test_that_every_eye_tells_shrunk_from_grown(name: str) -> None:
    for kind in (NORMAL, *DEFICIENCIES):
        colors = lab(seen(table_of(name), kind))
        outer = len(colors) * 3 // 8
        assert np.linalg.norm(colors[:outer] - colors[::-1][:outer], axis=1).min() > SIDES_APART, kind
    low, high = table_of(name)[128].astype(int), table_of(name)[384].astype(int)
    assert low[2] > low[0] + 40
    assert high[0] > high[2] + 30


def test_that_a_rainbow_would_fail_here() -> None:
    assert np.diff(lab(JET)[::16, 0]).min() < 0


def test_that_the_default_has_a_light_middle_on_light_and_a_dark_one_on_dark() -> None:
    for dress in theme.THEMES.values():
        middle = lab(table_of(Maps().name(dress, signed=True)))[256, 0]
        assert middle < 10 if dress.is_dark else middle > 90
        assert Maps().name(dress, signed=False) == "cividis"


def test_that_the_preferences_offer_the_same_maps() -> None:
    schema = Choices.model_json_schema()["properties"]
    assert tuple(schema["sequential"]["enum"]) == SEQUENTIAL
    assert tuple(schema["diverging"]["enum"]) == ("theme", *DIVERGING)


def test_that_the_simulation_leaves_gray_gray_and_takes_red_from_green() -> None:
    gray = np.array([[128, 128, 128, 255]], np.uint8)
    red_green = np.array([[200, 60, 60, 255], [100, 120, 60, 255]], np.uint8)
    apart = np.linalg.norm(np.diff(lab(red_green), axis=0))
    for kind in DEFICIENCIES:
        assert np.abs(seen(gray, kind).astype(int) - gray).max() <= 1
    assert np.linalg.norm(np.diff(lab(seen(red_green, "deutan")), axis=0)) < apart / 2


def test_that_the_matrices_are_for_linear_rgb() -> None:
    dark_red = np.array(
        [[128, 0, 0, 255]], np.uint8
    )  # by hand: linear 0.2159, times 0.1523 and 0.1145, encoded again
    np.testing.assert_allclose(seen(dark_red, "protan")[0, :3].astype(int), [51, 44, 0], atol=1)


def test_that_the_preview_paints_what_such_eyes_see_and_follows_the_choice(qtbot: QtBot) -> None:
    limits = Limits()
    dialog = ColorVision(limits, None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    limits.choose_map("viridis", signed=False)
    for kind in (NORMAL, *DEFICIENCIES):
        strip = dialog.strips[False, kind]
        at = strip.grab().toImage().pixelColor(strip.width() // 2, strip.height() // 2)
        expected = seen(table_of("viridis"), kind)[256]
        assert np.abs(np.array(at.getRgb()[:3]) - expected[:3]).max() <= 4
        assert strip.accessibleName().startswith("viridis, ")


def test_that_the_view_menu_opens_the_preview_and_a_choice_is_remembered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with filled_window(tmp_path) as window:
        window.commands["color_vision"].trigger()
        (dialog,) = window.findChildren(ColorVision)
        assert dialog.isVisible()
        dialog.close()
        view = window.desk.view("through-time")
        view.limits.choose_map("crameri:vik", signed=True)
        assert window.preferences.choices.diverging == "crameri:vik"
        window.preferences.choose(diverging="theme", sequential="viridis")
        assert view.limits.maps == Maps("viridis", "")
        view.limits.choose("relative", "automatic")
        assert window.preferences.memory.limits == {"relative": "automatic"}
