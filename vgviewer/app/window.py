"""The window: who is told what. The truth lies in the document and in the live run."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import actions, theme, words
from vgviewer.app.about import about
from vgviewer.app.banner import Banner
from vgviewer.app.desk import Desk
from vgviewer.app.document import Document
from vgviewer.app.dress import Wardrobe
from vgviewer.app.export import export_picture
from vgviewer.app.files import Files
from vgviewer.app.live import Live
from vgviewer.app.marks import marks, tints
from vgviewer.app.preferences import Preferences
from vgviewer.app.recents import RecentMenu
from vgviewer.app.status_line import Progress, StatusLine
from vgviewer.app.top_bar import TopBar
from vgviewer.app.views import View
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import TITLES
from vgviewer.experiment import Experiment, shipped
from vgviewer.frames import Failed
from vgviewer.runner import Run

CLOSING_TIMEOUT_S = 0.75  # the step of a large network under way; what takes longer is left behind
FRAME_INTERVAL_S = 0.2  # tints and marks of the network; pictures have their own, faster timers
MESSAGE_MS = 6000  # how long the status line says what was done
SIZE = (1440, 900)  # px, at the first start
FRAME = (16, 48)  # px at most that a desktop puts around a window
LEAST_SIZE = (960, 640)  # px
FIRST_PRESET = "rnn-forgets"
PRESSED_BY_SPACE = (QAbstractButton, QComboBox)


class Window(QMainWindow):
    """One document, its run, and everything around them."""

    painted = Signal()  # once, when it has appeared for the first time

    def __init__(self, preferences: Preferences, make_run: Callable[[Experiment], Run] = Run) -> None:
        super().__init__()
        self.preferences = preferences
        self.document = Document(self)
        self.live = Live(self.document, self, make_run)
        cards = shipped()
        self.files = Files(self, self.document, preferences, cards)
        self.wardrobe = Wardrobe(preferences, self)
        self.desk = Desk(self.document, cards, self)
        self.commands = actions.make_actions(self)
        self.top_bar = TopBar(self.commands, self)
        self.banner = Banner(self)
        self.status = StatusLine(self)
        self.torch_is_loading = False
        self._was_painted = False
        self._is_leaving = False
        self._troubles: Sequence[tuple[str, str | None, int | None]] = ()
        self._frame_shown_at = 0.0
        self._message = ""
        self._message_timer = QTimer(self, interval=MESSAGE_MS, singleShot=True)
        self._message_timer.timeout.connect(self._forget_message)
        self._lay_out()
        self._connect()
        self._show_document()
        self._show_selection(self.document.selected)
        self._show_theme()
        self._show_words()
        self.desk.network.canvas.setFocus()

    def open_first(self, path: Path | None) -> None:
        """What the first moment shows: the file that was asked for, else the preset that teaches first."""
        if path is not None and self.files.open_path(path):
            return
        self.files.open_preset(FIRST_PRESET)

    def show_loading(self, is_loading: bool) -> None:
        """Says that torch is being loaded, or no longer."""
        self.torch_is_loading = is_loading
        self._show_words()

    def say(self, message: str) -> None:
        """Shows a sentence for a few seconds in the place of what is going on."""
        self._message = message
        self._message_timer.start()
        self._show_words()

    def show_task(self) -> None:
        """Its settings, in the inspector."""
        self.document.select("input")

    def show_training(self) -> None:
        """Its settings, in the inspector."""
        self.document.select("training")

    def delete_layer(self) -> None:
        """Deletes what is selected, if it is a layer."""
        self.document.remove([self.document.selected])

    def duplicate_layer(self) -> None:
        """Puts a copy behind the selected layer."""
        self.document.duplicate(self.document.selected)

    def add_layer(self, kind: str) -> None:
        """Adds a layer behind the selected one."""
        self.document.insert_layer(kind, self.document.insert_index)

    def show_whole_network(self) -> None:
        """However small that makes the blocks."""
        self.desk.network.canvas.fit()

    def show_readable(self) -> None:
        """What does not fit is scrolled."""
        self.desk.network.canvas.fill()

    def show_place(self, alert: Alert) -> None:
        """Selects the layer of an alert, and points at its timestep."""
        if alert.layer is not None:
            self.document.select(alert.layer)
            self.desk.point_at(alert.layer, alert.timestep)

    def try_remedy(self, alert: Alert, remedy: str) -> None:
        """Applies a remedy as one undoable edit."""
        cure = next(cure for cure in self.live.cures(alert) if cure.offer.id == remedy)
        if cure.edited is None:
            self.say(cure.reason)
            return
        self.document.edit(cure.offer.title, cure.edited)
        train = "Train" if self.live.state in ("idle", "ended") else "Reset, then Train,"
        self.say(f"{cure.offer.title}: applied. {train} to see what it does. Ctrl+Z takes it back.")

    def mute(self, alert: Alert) -> None:
        """No more alerts of this kind for this network, as one undoable edit."""
        experiment = self.document.experiment
        alerts = dict(experiment.alerts) | {alert.kind: "off"}
        self.document.edit(f"Mute {TITLES[alert.kind]}", experiment.replace(alerts=alerts))
        self.say(f"{TITLES[alert.kind]}: muted. Ctrl+Z takes it back.")

    def unmute(self) -> None:
        """Hears of all kinds again, as one undoable edit."""
        experiment = self.document.experiment
        alerts = {kind: said for kind, said in experiment.alerts.items() if said != "off"}
        self.document.edit("Unmute alerts", experiment.replace(alerts=alerts))

    def toggle_full_screen(self) -> None:
        """Uses the whole screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def export_picture(self) -> None:
        """Saves a view as a picture; the status line says where, or why not."""
        done = export_picture(self, self.live.history, self.preferences.folder, self.files.stem)
        if done:
            self.say(done)

    def show_about(self) -> None:
        """Says what this is."""
        about(self).open()

    def leave(self) -> None:
        """Closes without a question: the system wants it."""
        self._is_leaving = True
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog):
                widget.reject()
        self.close()
        QApplication.exit(0)

    def event(self, event: QEvent) -> bool:
        """A button or a combo box with the focus keeps the space bar; elsewhere it trains or pauses."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_Space
            if plain and isinstance(self.focusWidget(), PRESSED_BY_SPACE):
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Who comes back from another program may have corrected the data there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.document.look_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_leaving and not self.files.may_replace():
            event.ignore()
            return
        self.preferences.geometry = self.saveGeometry()
        self.preferences.write()
        self._message_timer.stop()
        self.live.stop(CLOSING_TIMEOUT_S)
        event.accept()

    def _lay_out(self) -> None:
        recent = RecentMenu(self.files, self.preferences, self.commands["clear_recent"], self)
        adding = actions.AddMenu(self)
        adding.chosen.connect(self.add_layer)
        actions.fill(
            self.menuBar(), self.commands, {"recent": recent, "add_layer": adding, "panes": self.desk.menu()}
        )
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.top_bar, _hairline(middle), self.banner):
            column.addWidget(part)
        column.addWidget(self.desk, 1)
        column.addWidget(_hairline(middle))
        column.addWidget(self.status)
        self.setCentralWidget(middle)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize() - QSize(*FRAME)))

    def _connect(self) -> None:
        document, live, desk = self.document, self.live, self.desk
        document.changed.connect(self._show_document)
        document.title_changed.connect(self._show_title)
        document.selection_changed.connect(self._show_selection)
        document.undo.undoTextChanged.connect(self._show_undo)
        document.undo.redoTextChanged.connect(self._show_undo)
        document.refused.connect(self.say)
        self.files.opened.connect(self._open)
        self.files.said.connect(self.say)
        live.run_started.connect(self._start_run)
        live.dropped.connect(self._start_run)
        live.refreshed.connect(self._show_frame)
        live.text_due.connect(self._show_words)
        live.ended.connect(self._show_end)
        live.refused.connect(self.say)
        desk.inspector.knobs.wanted.connect(live.change)
        self.top_bar.speed_changed.connect(live.slow_down)
        self.top_bar.dress.clicked.connect(self.wardrobe.toggle)
        desk.presets.wanted.connect(self.files.open_preset)
        desk.alerts.place_clicked.connect(self.show_place)
        desk.alerts.tried.connect(self.try_remedy)
        desk.alerts.muted.connect(self.mute)
        desk.alerts.unmute_wanted.connect(self.unmute)
        desk.network.task.clicked.connect(self.show_task)
        desk.network.training.clicked.connect(self.show_training)
        desk.network.canvas.inspect_wanted.connect(desk.inspector.setFocus)
        desk.view_made.connect(self._greet)
        live.wanted = desk.wanted
        theme.changed.connect(self._show_theme)

    def _greet(self, view: View) -> None:
        view.layer_clicked.connect(self.document.select)
        view.fill_wanted.connect(self.live.train_or_pause)

    def _open(self) -> None:
        self.live.reset()
        self.desk.network.canvas.fill()
        self.desk.presets.highlight(self.files.preset_id)
        self._show_title()
        self.desk.network.canvas.setFocus()

    def _show_document(self) -> None:
        experiment = self.document.experiment
        self.desk.notes.show_notes(experiment.notes or experiment.summary)
        self._show_title()
        self.desk.network.show_size(words.size(experiment))
        for view in self.desk.views.values():
            view.foresee(experiment)
        self.desk.network.foresight.expect(experiment)
        self.desk.alerts.show_muted(self.live.muted)
        self.desk.alerts.look_again()
        self._show_undo()
        self._show_frame_now()
        self._show_words()

    def _show_title(self) -> None:
        experiment, title = self.document.experiment, self.document.title
        timesteps = experiment.task.inputs().timesteps
        length = f", {timesteps} timesteps" if timesteps else ""
        self.top_bar.show_title(title, f"{experiment.task.label}{length}")
        self.setWindowTitle(f"{title.replace('[*]', '')}[*] — vgviewer")
        self.setWindowModified(self.document.modified)
        self.setWindowFilePath(str(self.document.path or ""))

    def _show_undo(self) -> None:
        undo = self.document.undo
        for name, verb, text, can in (
            ("undo", "&Undo", undo.undoText(), undo.canUndo()),
            ("redo", "&Redo", undo.redoText(), undo.canRedo()),
        ):
            said = text[:1].lower() + text[1:]
            self.commands[name].setText(f"{verb} {said.replace('&', '&&')}".rstrip())
            self.commands[name].setEnabled(can)

    def _show_selection(self, place: str) -> None:
        is_layer = any(layer.id == place for layer in self.document.experiment.network.layers)
        self.commands["delete"].setEnabled(is_layer)
        self.commands["duplicate"].setEnabled(is_layer)
        self.desk.select(place)

    def _start_run(self) -> None:
        self.banner.hide()
        self.desk.set_history(self.live.history)
        self._show_frame_now()

    def _show_frame(self) -> None:
        """Five times a second, and at once when an alert comes or goes."""
        troubles = [(alert.kind, alert.layer, alert.until) for alert in self.live.alerts]
        if troubles != self._troubles:
            self._troubles = troubles
            self._show_words()
        elif time.monotonic() - self._frame_shown_at < FRAME_INTERVAL_S:
            return
        self._show_frame_now()

    def _show_frame_now(self) -> None:
        self._frame_shown_at = time.monotonic()
        history, alerts = self.live.history, self.live.alerts
        self.desk.network.canvas.set_tints(tints(history))
        self.desk.network.canvas.set_alerts(marks(alerts))
        if history is None:
            self.status.track.show_progress(None)
            return
        self.status.track.show_progress(Progress(self.live.steps_made, history.started.steps, alerts))

    def _show_end(self) -> None:
        self._show_frame_now()
        self._show_words()
        end = self.live.end
        if isinstance(end, Failed):
            self.banner.say(end.text, end.details)

    def _show_words(self) -> None:
        live = self.live
        self.desk.alerts.show_alerts(live.alerts, live.cures)
        self.desk.network.foresight.compare(None if live.is_outdated else live.history)
        self.status.say(self._message or words.status(live, self.document.experiment, self.torch_is_loading))
        self.top_bar.show_training(live.state in ("running", "loading"))
        self.commands["train"].setText("Pause" if live.state in ("running", "loading") else "&Train")
        self.commands["reset"].setEnabled(live.state != "idle")
        self.top_bar.show_numbers(*words.numbers(live))
        self.desk.inspector.show_knobs(live.experiment, live.knobs)

    def _show_theme(self) -> None:
        self.commands[self.preferences.theme].setChecked(True)

    def _forget_message(self) -> None:
        self._message = ""
        self._show_words()


def _hairline(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "hairline")
    line.setFixedHeight(1)
    return line
