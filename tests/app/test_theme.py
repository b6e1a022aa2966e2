"""The design system: contrasts that hold, colors that cannot be confused, a switch that everybody hears."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel

from tests.app.contrast import contrast
from vgviewer.app import theme
from vgviewer.app.theme import THEMES, Theme

SURFACES = ("window", "surface", "raised", "accent_soft")
TEXTS = ("text", "text_muted", "accent")
WORDS_ON_WINDOW = ("vanishing", "exploding", "warning", "healthy", "baseline")
GRAPHICS = ("curve", "curve_raw", "not_finite", "exact_zero", "vanishing", "exploding")


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("text", "surface"), list(itertools.product(TEXTS, SURFACES)))
def test_that_text_stands_out_from_every_surface(dress: Theme, text: str, surface: str) -> None:
    assert contrast(getattr(dress, text), getattr(dress, surface)) >= 4.5


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("color", WORDS_ON_WINDOW)
def test_that_a_colored_word_can_be_read(dress: Theme, color: str) -> None:
    assert contrast(getattr(dress, color), dress.window) >= 4.5


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
def test_that_words_on_the_accent_can_be_read(dress: Theme) -> None:
    assert contrast(dress.accent_text, dress.accent) >= 4.5
    assert contrast(dress.accent_text, dress.accent_hover) >= 4.5


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("color", GRAPHICS)
def test_that_a_graphic_stands_out_from_the_window(dress: Theme, color: str) -> None:
    assert contrast(getattr(dress, color), dress.window) >= 3


def test_that_a_switch_reaches_the_palette_and_the_listeners(qapp: QApplication) -> None:
    heard = []
    theme.changed.connect(lambda: heard.append(theme.current()))
    theme.apply(qapp, theme.DARK)
    theme.apply(qapp, theme.LIGHT)
    assert heard == [theme.DARK, theme.LIGHT]
    assert qapp.palette().window().color().name() == theme.LIGHT.window


def test_that_the_bundled_font_is_used_with_tabular_figures(qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    made = theme.font(theme.TITLE, QFont.Weight.DemiBold)
    assert QFontInfo(made).family() == "Inter"
    assert made.isFeatureSet(QFont.Tag("tnum"))


@pytest.mark.parametrize(("role", "size"), [("title", 20), ("section", 15), ("caption", 12), ("muted", 13)])
def test_that_a_role_gives_a_label_its_size(qapp: QApplication, role: str, size: int) -> None:
    theme.apply(qapp, theme.LIGHT)
    label = QLabel("words")
    label.setProperty("role", role)
    label.ensurePolished()
    assert label.font().pixelSize() == size
    label.deleteLater()


@pytest.fixture
def enlarged(qapp: QApplication) -> Iterator[None]:
    """Everything twice as large, for a while."""
    theme.enlarge(2.0)
    theme.apply(qapp, theme.LIGHT)
    yield
    theme.enlarge(1.0)
    theme.apply(qapp, theme.LIGHT)


def test_that_lengths_grow_with_the_factor_and_hairlines_do_not(enlarged: None) -> None:
    sheet = theme.stylesheet(theme.LIGHT)
    assert "QMainWindow::separator { background: #e3e6eb; width: 1px; height: 1px; }" in sheet
    assert "QTabBar::scroller { width: 80px; }" in sheet
    assert 'QLabel[role="title"] { font-size: 40px;' in sheet


def test_that_a_grown_length_follows_every_later_factor(qapp: QApplication) -> None:
    label = QLabel("words")
    theme.grow(label.setFixedHeight, 20)
    theme.grow(label.setContentsMargins, 1, 2, 3, 4)
    assert label.height() == 20
    theme.enlarge(1.5)
    theme.apply(qapp, theme.LIGHT)
    assert label.height() == 30
    assert label.contentsMargins().bottom() == 6
    theme.enlarge(1.0)
    theme.apply(qapp, theme.LIGHT)
    assert label.height() == 20
    label.deleteLater()


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.8), (1.25, 1.25), (9.0, 3.0)])
def test_that_the_factor_stays_where_something_can_be_read(asked: float, given: float) -> None:
    theme.enlarge(asked)
    assert theme.factor() == given
    theme.enlarge(1.0)


def test_that_from_afar_only_captions_may_be_small() -> None:
    theme.enlarge(1.25, from_afar=True)
    assert [theme.text_px(size) for size in (theme.CAPTION, theme.BODY, theme.SECTION, theme.TITLE)] == [
        15, 27, 27, 27,
    ]  # fmt: skip
    assert theme.enlarged() == (1.25, True)
    theme.enlarge(1.0)
    assert theme.text_px(theme.BODY) == theme.BODY
