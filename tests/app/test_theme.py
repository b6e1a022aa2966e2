"""The design system: contrasts that hold, colors that cannot be confused, a switch that everybody hears."""

import itertools

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel

from vgviewer.app import theme
from vgviewer.app.theme import THEMES, Theme

SURFACES = ("window", "surface", "raised", "accent_soft")
TEXTS = ("text", "text_muted", "accent")
WORDS_ON_WINDOW = ("vanishing", "exploding", "warning", "healthy", "baseline")
GRAPHICS = ("curve", "curve_raw", "not_finite", "exact_zero", "vanishing", "exploding")


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in bytes.fromhex(color[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


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
