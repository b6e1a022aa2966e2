"""What a hand does to a window in a child."""

from vgviewer.app.window import Window


def layer_units(window: Window) -> int:
    """What the edits change."""
    return int(window.document.experiment.model_dump()["network"]["layers"][0]["units"])


def edit_once(window: Window) -> int:
    """One unit more in the first layer; how many there are then."""
    units = layer_units(window) + 1
    layer = window.document.experiment.network.layers[0].id
    assert not window.document.change(layer, {"units": units})
    return units
