"""What the run says about each layer, for the blocks on the canvas."""

import math

from vgviewer.app.numerals import localized_words
from vgviewer.diagnosis import Alert
from vgviewer.frames import History

SIGNAL = "output_gradient"


def tints(history: History | None) -> dict[str, float]:
    """log10 of each layer's gradient size over that of the output head, from the latest frame.

    −inf is exactly 0, +inf not finite; a layer without a value is left out.
    """
    if history is None or history.latest is None or SIGNAL not in history.latest.readings:
        return {}
    sizes = history.latest.readings[SIGNAL]
    head = float(sizes[-1]) if math.isfinite(sizes[-1]) else 0.0
    found = zip(history.started.sites, sizes, strict=True)
    return {site.id: float(size) - head for site, size in found if not math.isnan(size)}


def marks(alerts: tuple[Alert, ...]) -> dict[str, tuple[str, str]]:
    """Kind and sentence of the alert that stands at each layer; a critical one goes before a warning."""
    standing = [alert for alert in alerts if alert.stands and alert.layer]
    standing.sort(key=lambda alert: alert.severity == "critical")
    return {
        alert.layer: (alert.kind, f"{alert.title}. {localized_words(alert.message)}")
        for alert in standing
        if alert.layer
    }
