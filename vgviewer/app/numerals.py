"""Numbers as the person's locale writes them: 1,5 in Germany, 1.5 elsewhere. What is written to files, also a figure
and a table on the clipboard, has points always.

Both are read everywhere, as long as there is one meaning; what may be meant in two ways (1.500 or 1,500 against the
locale's own habit) is left to be refused, never guessed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QLocale

SPACED = re.compile(r"([+-]?\d{1,3})((?:[ \u00a0\u202f'’]\d{3})+)(?!\d)")
WRITTEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+")


def read_number(text: str, whole: bool) -> Any:
    """The number in the text, also with a typographic minus; else the text itself."""
    plain = _without_groups(_closed_up(text.strip().replace("−", "-")), whole)
    try:
        return int(plain) if whole else float(plain.replace(",", "."))
    except ValueError:
        return text


def number_text(value: float) -> str:
    """The shortest text that reads back as the same number: 0.01, 1e-5, 1000; its point is the locale's."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 1e6):
        return str(int(value))
    mantissa, e, exponent = repr(value).partition("e")
    return localized(f"{mantissa}e{int(exponent)}" if e else mantissa)


def short(value: float, digits: int = 3) -> str:
    """To so many digits, for a caption."""
    return localized(f"{value:.{digits}g}")


def counted(count: int) -> str:
    """A count with the locale's groups: 17,152 or 17.152."""
    locale = QLocale()
    is_none = locale.language() == QLocale.Language.C  # a system without a language: it has no groups
    return f"{count:,}" if is_none else locale.toString(count)


def counted_parameters(count: int) -> str:
    """1 parameter, 17,152 parameters."""
    return f"{counted(count)} {'parameter' if count == 1 else 'parameters'}"


def localized(number: str) -> str:
    """A number that is written with a point, with the locale's."""
    return number.replace(".", QLocale().decimalPoint())


def localized_words(sentence: str) -> str:
    """A sentence of the rooms that know no locale, with the locale's marks in its numbers."""
    return WRITTEN.sub(_own_marks, sentence)


@contextmanager
def as_in_files() -> Iterator[None]:
    """For what leaves the window, as a figure or as a table: its points are the same in every country."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    try:
        yield
    finally:
        QLocale.setDefault(before)


def meanings(text: str) -> str:
    """What a number may mean whose mark parts thousands in one country and decimals in another, as a sentence; empty
    where it is none of those."""
    plain = text.strip().replace("−", "-")
    if not GROUPED.fullmatch(plain) or sum(mark in ".," for mark in plain) != 1:
        return ""
    large, small = re.sub(r"[.,]", "", plain), float(plain.replace(",", "."))
    return f"{plain} may mean {large} or {number_text(small)}: write one of them."


def _own_marks(found: re.Match[str]) -> str:
    whole, point, part = found[0].partition(".")
    grouped = counted(int(whole.replace(",", ""))) if "," in whole else whole
    return grouped + localized(point) + part


def _closed_up(plain: str) -> str:
    """Without the spaces that part thousands; 1 5 is no number."""
    found = SPACED.match(plain)
    return f"{found[1]}{re.sub(r'[^0-9]', '', found[2])}{plain[found.end() :]}" if found else plain


def _without_groups(plain: str, whole: bool) -> str:
    """1,234.5 and 1.234,5 have one meaning. 1,234 is a thousand where the locale groups so (there the decimal point is
    another one), else what cannot be read."""
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return plain
    decimal = QLocale().decimalPoint()
    decimal = decimal if decimal in ".," else "."
    if len(set(marks)) == 2:
        left, _, right = plain.rpartition(marks[-1])
        is_number = GROUPED.fullmatch(left) and len(set(marks[:-1])) == 1 and not whole
        return f"{left.replace(marks[0], '')}.{right}" if is_number else "?"
    if not GROUPED.fullmatch(plain):
        return plain if len(marks) == 1 and not whole else "?"
    if len(marks) > 1 or (whole and marks[0] != decimal):
        return plain.replace(marks[0], "")
    return plain if marks[0] == decimal and not whole else "?"
