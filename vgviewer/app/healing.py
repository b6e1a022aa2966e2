"""What is done about an alert: its place is shown, a remedy is applied, its kind is muted."""

from PySide6.QtCore import QObject, Signal

from vgviewer.app.cures import Cure
from vgviewer.app.desk import Desk
from vgviewer.app.document import Document
from vgviewer.app.live import Live
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import TITLES


class Healing(QObject):
    """Every change is one undoable edit of the document; the run that raised the alert goes on as it is."""

    said = Signal(str)
    trial_wanted = Signal(object, object, object)  # Session of the run, Alert, Cure

    def __init__(self, document: Document, live: Live, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._live, self._desk = document, live, desk
        desk.alerts.place_clicked.connect(self.show_place)
        desk.alerts.tried.connect(self.try_remedy)
        desk.alerts.applied.connect(self.apply)
        desk.alerts.muted.connect(self.mute)
        desk.alerts.unmute_wanted.connect(self.unmute)

    def show_place(self, alert: Alert) -> None:
        """Selects the layer of an alert, and points at its timestep."""
        if alert.layer is not None:
            self._document.select(alert.layer)
            self._desk.point_at(alert.layer, alert.timestep)

    def try_remedy(self, alert: Alert, remedy: str) -> None:
        """Wishes for a trial, where the remedy fits."""
        cure = self._cure(alert, remedy)
        if cure is not None and self._live.shown is not None:
            self.trial_wanted.emit(self._live.shown, alert, cure)

    def apply(self, alert: Alert, remedy: str) -> None:
        """Edits the document, where the remedy fits."""
        cure = self._cure(alert, remedy)
        if cure is None or cure.edited is None:
            return
        self._document.edit(cure.offer.title, cure.edited)
        train = "Train" if self._live.state in ("idle", "ended") else "Train Anew"
        self.said.emit(f"{cure.offer.title}: applied. {train} to see what it does. Ctrl+Z takes it back.")

    def _cure(self, alert: Alert, remedy: str) -> Cure | None:
        """It, or nothing and a sentence why it does not fit."""
        cure = next(cure for cure in self._live.cures(alert) if cure.offer.id == remedy)
        if cure.edited is None:
            self.said.emit(cure.reason)
            return None
        return cure

    def mute(self, alert: Alert) -> None:
        """No more alerts of this kind for this network."""
        experiment = self._document.experiment
        alerts = dict(experiment.alerts) | {alert.kind: "off"}
        self._document.edit(f"Mute {TITLES[alert.kind]}", experiment.replace(alerts=alerts))
        self.said.emit(f"{TITLES[alert.kind]}: muted. Ctrl+Z takes it back.")

    def unmute(self) -> None:
        """Hears of all kinds again."""
        experiment = self._document.experiment
        alerts = {kind: said for kind, said in experiment.alerts.items() if said != "off"}
        self._document.edit("Unmute alerts", experiment.replace(alerts=alerts))
