"""The places of measurement: the layers in order, then the output head."""

from vgviewer.engine.build.part import Part
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.net import Net
from vgviewer.frames import Site

GATES = {"lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}


def sites(net: Net) -> tuple[Site, ...]:
    """One for each part of the network."""
    return tuple(_site(place, part) for place, part in net.parts.items())


def _site(place: str, part: Part) -> Site:
    kind = "output" if part.layer is None else part.layer.type
    return Site(
        place,
        kind,
        recurrent=isinstance(part, RecurrentPart),
        has_cell=part.layer is not None and part.layer.has_cell,
        has_weights=any(True for _ in part.parameters()),
        gates=GATES.get(kind, ()),
        frozen=getattr(part.layer, "frozen", kind == "echo_state"),
    )
