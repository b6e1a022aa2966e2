"""R23: at least 40 reference images (light, dark, high contrast, scale 2) with the bundled font: no pixel that differs
by 50 or more, and a mean difference below 1. `python -m tests.reliability.references` draws them anew."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.reliability.references import FOLDER, drawn, names
from vgviewer.app import theme

FAR = 50  # of 255, in any color
LEAST = 40


def colors(image: QImage) -> NDArray[np.int16]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    return raw[..., :3].astype(np.int16)


def test_that_the_pictures_are_what_somebody_has_looked_at(
    qapp: QApplication, tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    theme.apply(qapp, theme.LIGHT)
    differing = {}
    for name in names():
        wanted, found = QImage(str(FOLDER / f"{name}.png")), drawn(name, tmp_path)
        if wanted.size() != found.size():
            differing[name] = "another size, or nobody has drawn it"
            continue
        apart = np.abs(colors(wanted) - colors(found))
        far, mean = int((apart.max(axis=2) >= FAR).sum()), float(apart.mean())
        if far or mean >= 1:
            differing[name] = f"{far} px far off, mean {mean:.2f}"
    count = len(names())
    value = {"images": count, "differing": len(differing)}
    passed = count >= LEAST and not differing
    assert scoreboard("R23", f">= {LEAST} images, 0 px >= {FAR}, mean < 1", value, passed), differing


def test_that_a_picture_of_something_else_would_be_seen(qapp: QApplication, tmp_path: Path) -> None:
    theme.apply(qapp, theme.LIGHT)
    one, other = (drawn(name, tmp_path) for name in ("curves-light-1", "curves-dark-1"))
    assert np.abs(colors(one) - colors(other)).max() >= FAR
