"""Names of layers under a picture whose columns are layers."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF

from vgviewer.app import theme
from vgviewer.app.picture.plot import RIGHT_MARGIN

AIR = 12  # px between two names
LONGEST = 96  # px; longer names are cut


def name_ticks(names: Sequence[str], width: float, selected: str | None) -> list[tuple[float, str]]:
    """Column i stands at x = i, in a picture of `width` px: as many names as do not touch, the selected one and the
    last among them."""
    metrics = QFontMetricsF(theme.font(theme.CAPTION))
    widest = min(LONGEST, max((metrics.horizontalAdvance(name) for name in names), default=0.0)) + AIR
    every = max(1, -int(-len(names) * widest // max(1.0, width)))
    kept = set(range(len(names) - 1, -1, -every))
    if selected is not None and selected in names:
        at = list(names).index(selected)
        kept = {place for place in kept if abs(place - at) >= every} | {at}
    return [(float(place), _cut(names[place], metrics)) for place in sorted(kept)]


def room_at_ends(names: Sequence[str], width: float) -> float:
    """How far the picture goes on at both sides, in columns, so that the first and the last name are not cut off."""
    metrics = QFontMetricsF(theme.font(theme.CAPTION))
    widest = max((metrics.horizontalAdvance(names[end]) for end in (0, -1)), default=0.0) if names else 0.0
    beyond = min(LONGEST, widest) / 2 - theme.px(RIGHT_MARGIN) + 2
    per_column = max(1.0, width - 2 * max(0.0, beyond)) / max(1, len(names))
    return max(0.0, beyond / per_column - 0.5)


def _cut(name: str, metrics: QFontMetricsF) -> str:
    if metrics.horizontalAdvance(name) <= LONGEST:
        return name
    room = next(
        n for n in range(len(name), -1, -1) if metrics.horizontalAdvance(name[:n] + "…") <= LONGEST or n == 0
    )
    return name[:room] + "…"
