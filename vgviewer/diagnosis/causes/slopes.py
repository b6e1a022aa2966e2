"""What an activation's derivative does to a gradient, in words."""

from collections.abc import Sequence

import numpy as np

from vgviewer.diagnosis.causes.look import Look

MANY = 0.1  # share of saturated outputs that is worth a word
STEEPEST = {
    "sigmoid": "is at most 1/4",
    "tanh": "is at most 1 and falls to 0 at its ends",
    "softsign": "is at most 1 and falls to 0 at its ends",
    "hard_tanh": "is 0 at its ends",
    "relu": "is 0 for every unit that is not active",
}


def slope(look: Look, layers: Sequence[str]) -> str:
    """A sentence on why the derivative of these layers' activations shrinks a gradient."""
    layers = [layer for layer in layers if look.activation(layer) != "linear"]
    names = list(dict.fromkeys(look.activation(layer) for layer in layers))
    said = " and ".join(f"of {name} {STEEPEST.get(name, 'shrinks it')}" for name in names)
    return f"The derivative {said}{_often(look, layers)}." if names else ""


def _often(look: Look, layers: Sequence[str]) -> str:
    if "saturation" not in look.frame.readings:
        return ""
    shares = look.frame.readings["saturation"][[look.row(layer) for layer in layers]]
    shares = shares[np.isfinite(shares)]
    if not len(shares) or shares.mean() < MANY:
        return ""
    return f"; {shares.mean():.0%} of the outputs are saturated"
