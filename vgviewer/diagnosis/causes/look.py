"""What a cause is found in."""

from dataclasses import dataclass

from vgviewer.diagnosis.alert import Alert
from vgviewer.frames import Frame, Site, Started
from vgviewer.frames.inspections import HopAccounts
from vgviewer.network import Network


@dataclass(frozen=True)
class Look:
    """An alert on vanishing or exploding, with the account of the hops; `frame` is the newest when that was made."""

    alert: Alert
    accounts: HopAccounts
    network: Network
    started: Started
    frame: Frame

    @property
    def shrinks(self) -> bool:
        """Vanishing, not exploding."""
        return self.alert.kind == "vanishing"

    @property
    def chain(self) -> list[str]:
        """The layers that hold weights, from the input on; the output head does not count."""
        return [site.id for site in self.started.sites if site.has_weights and site.id != "output"]

    def row(self, layer: str) -> int:
        """Its place in readings."""
        return [site.id for site in self.started.sites].index(layer)

    def site(self, layer: str) -> Site:
        """The place of measurement."""
        return self.started.sites[self.row(layer)]

    def activation(self, layer: str) -> str:
        """Its activation's name; `linear` for a layer without one."""
        if layer == "output":
            return self.network.output.activation
        fields = self.network.layers[self.network.index(layer)].model_dump()
        return str(fields.get("activation") or fields.get("function") or "linear")
