"""Sizes as people write them: 0.58, 3.2 × 10⁻¹⁰, 0 or underflow."""

import math

from vgviewer.app.numerals import localized

SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
PLAIN_DECADES = 3  # sizes within 0.001 to 1000 are written out


def power(exponent: int) -> str:
    """10⁻⁸ for −8, and 1 for 0."""
    return "10" + str(exponent).translate(SUPERSCRIPT) if exponent else "1"


def size(log10: float) -> str:
    """The size whose logarithm is `log10`, with two digits."""
    if math.isnan(log10):
        return "no value"
    if math.isinf(log10):
        return "not finite" if log10 > 0 else "0 or underflow"
    if abs(log10) < PLAIN_DECADES:
        return plain(10.0**log10)
    exponent = math.floor(log10)
    digits = round(10.0 ** (log10 - exponent), 1)
    if digits >= 10:
        exponent, digits = exponent + 1, 1.0
    return f"{localized(str(digits))} × {power(exponent)}"


def factor(log10: float) -> str:
    """The factor whose logarithm is `log10`, with two decimals, so that a product can be checked: 0.71, 1.04."""
    return localized(f"{10.0**log10:.2f}") if -1.02 < log10 < 2 else size(log10)


def share(part: float) -> str:
    """A part of a whole in percent, with as many decimals as tell it from nothing: 93 %, 0.4 %."""
    if math.isnan(part):
        return "no value"
    if math.isinf(part):
        return "not finite"
    if abs(part) < 1:
        return (
            f"{part:.0%}".replace("%", " %")
            if abs(part) >= 0.01 or part == 0
            else f"{plain(100 * part, 1)} %"
        )
    return f"{plain(100 * part, 3)} %"


def plain(value: float, digits: int = 2) -> str:
    """`value` with so many significant digits; a very small or large one as a power of ten."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "not finite"
    if not 10.0**-PLAIN_DECADES <= abs(value) < 10.0 ** (2 * PLAIN_DECADES):
        sign = "−" if value < 0 else ""
        return sign + size(math.log10(abs(value)))
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return localized(f"{value:.{decimals}f}")
