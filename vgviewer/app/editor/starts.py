"""What a new part starts with where its description has no default. No Qt."""

from pathlib import Path
from typing import Any

from vgviewer.app.editor.changes import file_name
from vgviewer.experiment import Experiment
from vgviewer.network import Layer, Misfit
from vgviewer.settings import Settings
from vgviewer.shapes import Shape

# By the field's name in the file. `from` is chosen by the place: see new_layer.
STARTS: dict[str, Any] = {
    "units": 32,
    "size": 16,
    "function": "relu",
    "values": [0.0],
    "inputs": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]],
    "targets": [0, 1, 1, 0],
    "path": Path(),
}


def start_settings(kind: type[Settings]) -> dict[str, Any]:
    """Its type, and a value for every required field that STARTS knows."""
    fields = {file_name(name, field): field for name, field in kind.model_fields.items()}
    known = {name: STARTS[name] for name, field in fields.items() if field.is_required() and name in STARTS}
    return ({"type": fields["type"].default} if "type" in fields else {}) | known


def new_layer(kind: type[Layer], experiment: Experiment, index: int) -> Layer:
    """A layer to stand at `index`. Where it names an earlier one, the nearest that fits but for the last."""
    network, shapes = experiment.network, experiment.flow.shapes
    start = start_settings(kind)
    given = start | {"id": network.fresh_id(start["type"])}
    if not any(file_name(name, field) == "from" for name, field in kind.model_fields.items()):
        return kind.model_validate(given)
    earlier = ["input", *(layer.id for layer in network.layers[:index])]
    tries = [kind.model_validate(given | {"from": name}) for name in [*earlier[-2::-1], earlier[-1]]]
    return next((layer for layer in tries if _fits(layer, shapes[earlier[-1]], shapes)), tries[0])


def _fits(layer: Layer, shape: Shape, shapes: dict[str, Shape]) -> bool:
    try:
        layer.output_shape(shape, shapes)
    except Misfit:
        return False
    return True
