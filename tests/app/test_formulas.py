"""Formulas in notes, for those who read no TeX."""

import pytest

from vgviewer.app.formulas import flat, in_words, plain, rich
from vgviewer.experiment import load, shipped


@pytest.mark.parametrize(
    ("tex", "read"),
    [
        ("10^{-15}", "10⁻¹⁵"),
        ("0.6^{50} \\approx 10^{-11}", "0.6⁵⁰ ≈10⁻¹¹"),
        ("\\partial L/\\partial W_1 = -0.0243", "∂L/∂W₁ = −0.0243"),
        ("\\hat y = \\sigma(z_1)", "y\u0302 = σ(z₁)"),
        ("W_2\\,\\sigma'(z_1)", "W₂σ'(z₁)"),
        ("\\ln 10 = 2.3", "ln 10 = 2.3"),
    ],
)
def test_that_a_formula_reads_as_plain_characters(tex: str, read: str) -> None:
    assert plain(tex) == read


def test_that_text_around_a_formula_stays() -> None:
    assert in_words("Costs 5 and $x_1$ **more**") == "Costs 5 and *x₁* **more**"


@pytest.mark.parametrize("card", shipped(), ids=lambda card: card.id)
def test_that_no_shipped_note_shows_tex(card) -> None:  # type: ignore[no-untyped-def]
    words = in_words(load(card.path).notes)
    assert not set("\\{}^$") & set(words.replace("\\*", ""))


def test_that_marks_lower_and_raise_and_nothing_else_becomes_html() -> None:
    assert rich("h_{t-1} < 10^{-3} & {0, 1}") == "h<sub>t−1</sub> &lt; 10<sup>−3</sup> &amp; {0, 1}"
    assert flat("W_{hh} and 10^{-3}") == "Whh and 10-3"
