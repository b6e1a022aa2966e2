"""The window: who is told what. The truth lies in the document and in the live run."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import accessible, actions, theme, words
from vgviewer.app.anew import TrainAnew
from vgviewer.app.arrivals import Arrivals
from vgviewer.app.banner import Banner
from vgviewer.app.compare.comparing import Comparing
from vgviewer.app.desk import Desk
from vgviewer.app.document import Document
from vgviewer.app.dress import Wardrobe
from vgviewer.app.editor.layer_edits import LayerEdits
from vgviewer.app.files import Files
from vgviewer.app.glossary import Glossary
from vgviewer.app.guide import Guide
from vgviewer.app.hairline import hairline
from vgviewer.app.healing import Healing
from vgviewer.app.in_hand import InHand
from vgviewer.app.library.library import Library
from vgviewer.app.live import Live
from vgviewer.app.live_marks import LiveMarks
from vgviewer.app.motion import Motion
from vgviewer.app.placement import place_of
from vgviewer.app.preferences import Preferences
from vgviewer.app.presentation import Presentation
from vgviewer.app.reading import DataReading
from vgviewer.app.recents import RecentMenu
from vgviewer.app.runs import Runs
from vgviewer.app.scales import Scales
from vgviewer.app.settings import Settling
from vgviewer.app.status_line import StatusLine
from vgviewer.app.story import Story
from vgviewer.app.tab_order import TabOrder
from vgviewer.app.text_size import TextSize
from vgviewer.app.titles import Titles
from vgviewer.app.top_bar import TopBar
from vgviewer.app.welcome.card import Card
from vgviewer.app.welcome.stage import Stage
from vgviewer.diagnosis import Alert
from vgviewer.experiment import Experiment, shipped
from vgviewer.frames import Failed
from vgviewer.runner import Run

if TYPE_CHECKING:
    from vgviewer.app.views import View

CLOSING_TIMEOUT_S = 0.75  # the step of a large network under way; what takes longer is left behind
LEAVING_TIMEOUT_S = 0.2  # the system does not wait long
SIZE = (1440, 900)  # px, at the first start
FRAME = (16, 48)  # px at most that a desktop puts around a window
LEAST_SIZE = (960, 640)  # px
FIRST_PRESET = "rnn-forgets"
PRESSED_BY_SPACE = (QAbstractButton, QComboBox, Card)


class Window(QMainWindow):
    """One document, its run, and everything around them."""

    painted = Signal()  # once, when it has appeared for the first time

    def __init__(self, preferences: Preferences, make_run: Callable[[Experiment], Run] = Run) -> None:
        super().__init__()
        accessible.install()
        self.preferences = preferences
        self.document = Document(self)
        self.reading = DataReading(self.document, self)
        self.live = Live(self.document, self, make_run)
        cards = shipped()
        self.files = Files(self, self.document, preferences, cards)
        self.files.at_stake = partial(words.at_stake, self.live)
        self.live.may_drop = self.files.may_drop_run
        self.arrivals = Arrivals(self, self.files.open_path)
        self.text_size = TextSize(preferences, self)  # before anything has a size
        self.wardrobe = Wardrobe(preferences, self.text_size, self)
        self.settling = Settling(preferences, self)
        self.presentation = Presentation(self)
        self.desk = Desk(self.document, cards, preferences, self)
        self.stage = Stage(self.desk, self.document, self.files, self.live, preferences, cards, self)
        self.runs = Runs(self, self.live, self.desk, preferences)
        self.comparing = Comparing(self, self.document, self.live, self.runs, cards)
        self.library = Library(self, self.runs, self.files, self.comparing)
        self.healing = Healing(self.document, self.live, self.desk, self)
        self.glossary = Glossary(self)
        self.guide = Guide(self, self.desk, self.stage, cards, preferences)
        self.motion = Motion(preferences, self.desk, self)
        self.layer_edits = LayerEdits(self.document, self.desk.network.canvas, self)
        self.scales = Scales(preferences, self.desk, self)
        self.in_hand = InHand(self.desk, self.layer_edits.copy, self)
        self.commands = actions.make_actions(self)
        self.layer_edits.take(self.commands)
        self.top_bar = TopBar(self.commands, self)
        self.banner = Banner(self)
        self.status = StatusLine(self)
        self.anew = TrainAnew(self.commands["train_anew"], self.status)
        self.status.add(self.anew)
        self.status.timeline.follow(self.runs.rewind, self.commands)
        self.titles = Titles(self, self.document, self.commands, self.top_bar)
        self.live_marks = LiveMarks(self.live, self.runs.rewind, self.desk, self.status, self)
        self.tab_order = TabOrder(self, [self.top_bar, self.banner], self.stage, self.desk, [self.status])
        self.torch_is_loading = False
        self._was_painted = False
        self._is_leaving = False
        self.installEventFilter(self)
        self._lay_out()
        self._connect()
        self._show_document()
        self._show_selection(self.document.selected)
        self._show_theme()
        self.presentation.show_state()
        self.story = Story(self, self.presentation, self.runs.rewind, self.commands)
        self._show_words()
        self.desk.network.canvas.setFocus()

    def open_first(self, path: Path | None) -> None:
        """What the first moment shows: the file that was asked for, what was open last if that is the choice, else the
        preset that teaches first."""
        if path is not None and self.files.open_path(path):
            return
        last = self.preferences.memory.last
        if self.preferences.choices.start_with == "last" and self.files.open_again(last):
            return
        self.files.open_preset(FIRST_PRESET)
        if self.preferences.choices.start_with == "welcome":
            self.stage.show_welcome()

    def show_loading(self, is_loading: bool) -> None:
        """Says that torch is being loaded, or no longer."""
        self.torch_is_loading = is_loading
        self._show_words()

    def say(self, message: str) -> None:
        """Shows a sentence for a few seconds in the place of what is going on."""
        self.guide.notifications.note(message)
        accessible.announce(self.status, message)
        self.status.say(message)

    def show_task(self) -> None:
        """Its settings, in the inspector."""
        self._inspect("input")

    def show_training(self) -> None:
        """Its settings, in the inspector."""
        self._inspect("training")

    def show_thresholds(self) -> None:
        """From which size on an alert is said, in the inspector."""
        self._inspect("alert thresholds")

    def _inspect(self, place: str) -> None:
        """Also from the welcome page, and the keys go along."""
        self.stage.show_desk()
        self.document.select(place)
        self.desk.inspect()

    def add_layer(self, kind: str) -> None:
        """Adds a layer behind the selected one."""
        self.document.insert_layer(kind, self.document.insert_index)

    def toggle_full_screen(self) -> None:
        """Uses the whole screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def export_picture(self) -> None:
        """Saves a view as a picture; the status line says where, or why not."""
        from vgviewer.app.export import export_picture

        done = export_picture(
            self, self.live.history, self.desk.views, self.preferences.folder, self.files.stem
        )
        if done:
            self.say(done)

    def leave(self) -> None:
        """Closes without a question: the system wants it."""
        self._is_leaving = True
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog):
                widget.reject()
        self.close()
        QApplication.exit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button, a combo box or a card with the focus keeps the space bar; elsewhere it trains or pauses.

        A filter of its own events: in `event`, what fails while a child is painted would come out only there, when its
        painter is gone from under it.
        """
        if watched is self and _ends_typing(event):
            self.desk.inspector.finish()
        if watched is self and event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_Space
            if plain and isinstance(self.focusWidget(), PRESSED_BY_SPACE):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt asks for it at Tab, and when what has the focus goes away."""
        return self.tab_order.go(forward) if self.isVisible() else super().focusNextPrevChild(forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._tell_painted)

    def _tell_painted(self) -> None:
        self.painted.emit()
        QTimer.singleShot(0, self.desk.wake)

    def changeEvent(self, event: QEvent) -> None:
        """Who comes back from another program may have corrected the data there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.document.look_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        may_go = self._is_leaving or self.files.may_replace()
        if not (may_go or self._is_leaving):  # the system may want it while the question is open
            event.ignore()
            return
        self.preferences.note(window=place_of(self), last=self.files.name)
        self.desk.remember()
        self.comparing.close()
        self.runs.close()
        self.live.stop(LEAVING_TIMEOUT_S if self._is_leaving else CLOSING_TIMEOUT_S)
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
        for part in (self.top_bar, hairline(middle), self.banner):
            column.addWidget(part)
        column.addWidget(self.stage, 1)
        column.addWidget(hairline(middle))
        column.addWidget(self.status)
        self.status.add(self.guide.bell)
        self.setCentralWidget(middle)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize() - QSize(*FRAME)))

    def _connect(self) -> None:
        document, live, desk = self.document, self.live, self.desk
        document.changed.connect(self._show_document)
        document.selection_changed.connect(self._show_selection)
        document.refused.connect(self.say)
        self.layer_edits.said.connect(self.say)
        self.files.opened.connect(self._open)
        self.document.title_changed.connect(self._show_name)
        self.files.said.connect(self.say)
        self.in_hand.said.connect(self.say)
        self.files.refused.connect(self.guide.notifications.note)
        self.files.run_opened.connect(self.runs.open)
        self.runs.said.connect(self.say)
        self.comparing.said.connect(self.say)
        self.library.said.connect(self.say)
        self.healing.trial_wanted.connect(self.comparing.prove)
        self.runs.troubled.connect(self._warn)
        self.arrivals.refused.connect(self.say)
        self.healing.said.connect(self.say)
        self.guide.about.said.connect(self.say)
        live.run_started.connect(self._start_run)
        live.dropped.connect(self._start_run)
        live.text_due.connect(self._show_words)
        live.looked.connect(self._show_words)
        self.live_marks.alerts_changed.connect(self._show_words)
        live.ended.connect(self._show_end)
        live.refused.connect(self.say)
        desk.inspector.knobs.wanted.connect(live.change)
        desk.inspector.slider.wanted.connect(live.change)
        for part in (desk.inspector, desk.layers, desk.alerts):
            part.asked.connect(self.glossary.show_term)
        self.top_bar.speed_changed.connect(live.set_speed)
        live.speed_changed.connect(self.top_bar.speed.setValue)
        self.top_bar.dress.clicked.connect(self.wardrobe.toggle)
        desk.presets.wanted.connect(self.files.open_preset)
        desk.notes.preset_wanted.connect(self.files.open_preset)
        self.stage.turned.connect(self.top_bar.setHidden)  # what it does is done to what lies behind
        self.stage.turned.connect(self._show_words)
        desk.network.task.clicked.connect(self.show_task)
        desk.network.training.clicked.connect(self.show_training)
        desk.network.thresholds.clicked.connect(self.show_thresholds)
        desk.network.canvas.inspect_wanted.connect(desk.inspect)
        desk.view_made.connect(self._greet)
        desk.network.foresight.answered.connect(desk.expect)
        desk.layout_changed.connect(self._show_layout)
        live.wanted = desk.wanted
        live.hears = self._hears
        self.preferences.changed.connect(self._follow_choice)
        theme.changed.connect(self._show_theme)

    def _greet(self, view: "View") -> None:
        view.layer_clicked.connect(self.document.select)
        view.fill_wanted.connect(self.live.train_or_pause)

    def _open(self) -> None:
        self.live.drop()
        self.desk.network.canvas.fill()
        self._show_name()
        self.desk.network.canvas.setFocus()

    def _show_name(self) -> None:
        self.desk.presets.highlight(self.document.preset)
        self.titles.show_title()

    def _show_document(self) -> None:
        experiment = self.document.experiment
        self.status.forget()  # what was said of the edit before may be true no longer
        self.desk.notes.show_notes(experiment.notes or experiment.summary)
        self.desk.network.show_costs(experiment)
        for view in self.desk.views.values():
            view.foresee(experiment)
        self.desk.network.foresight.expect(experiment)
        self.desk.alerts.show_muted(self.live.muted)
        self.desk.alerts.look_again()
        self.live_marks.show_now()
        self._show_words()

    def _show_selection(self, place: str) -> None:
        self.desk.select(place)

    def _start_run(self) -> None:
        self.banner.hide()
        self.desk.set_history(self.live.history)
        self.live_marks.show_now()

    def _show_end(self) -> None:
        self.desk.set_history(self.live.history)  # what was on its way will not come
        self.live_marks.show_now()
        self._show_words()
        end = self.live.end
        if isinstance(end, Failed):
            self._warn(end.text, end.details)

    def _warn(self, text: str, details: str = "", remedy: str = "") -> None:
        self.banner.say(text, details, self.commands.get(remedy))
        self.guide.notifications.note(text)

    def _show_words(self) -> None:
        live = self.live
        self.desk.alerts.show_alerts(live.alerts, live.cures)
        self.desk.note_run(live.is_outdated, live.state == "paused")
        self.desk.network.foresight.compare(None if live.is_outdated else live.history)
        self.anew.offer(live.is_outdated)
        experiment, is_welcome = self.document.experiment, self.stage.is_welcome
        self.status.show_standing(words.status(live, experiment, self.torch_is_loading, is_welcome))
        self.top_bar.show_training(live.state in ("running", "loading"))
        self.commands["train"].setText("Pause" if live.state in ("running", "loading") else "&Train")
        self.commands["reset"].setEnabled(live.state != "idle")
        self.top_bar.show_numbers(*words.numbers(live))
        self.desk.inspector.show_knobs(live.experiment, live.knobs)

    def _show_layout(self, name: str) -> None:
        command = self.commands.get(f"layout_{name}")
        if command is not None:
            command.setChecked(True)

    def _hears(self, alert: Alert) -> bool:
        return self.preferences.choices.alerts == "all" or alert.severity == "critical"

    def _follow_choice(self, name: str) -> None:
        if name == "alerts":
            self.live_marks.show_now()
            self._show_words()

    def _show_theme(self) -> None:
        self.commands[self.preferences.theme].setChecked(True)


def _ends_typing(event: QEvent) -> bool:
    """Before it is asked whether there is something to save."""
    if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
        return event.matches(QKeySequence.StandardKey.Save)
    return event.type() is QEvent.Type.Close
