"""The window in which runs stand side by side: the same picture of each, their losses, where they part, and why."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.compare.column import Column
from vgviewer.app.compare.comparison import Comparison
from vgviewer.app.compare.difference import Difference
from vgviewer.app.compare.overlay import Overlay
from vgviewer.app.compare.sides import LETTERS, facts, told_differences
from vgviewer.app.hairline import hairline
from vgviewer.app.icons import icon
from vgviewer.app.numerals import localized_words
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.limits import Limits
from vgviewer.app.track import Progress, Track
from vgviewer.app.view_names import VIEW_NAMES

SIZE = (1280, 800)  # px
KINDS = ("through-time", "time-training", "layers-training", "two-lenses", "gates", "curves")
ALIGNED = {"step": "at the same step", "loss": "at the same loss"}
UPPER, LOWER = 3, 2  # parts of the height


class CompareWindow(QWidget):
    """Owns what it compares: when it is closed, what trains in it ends."""

    kept = Signal(int)  # the place of the side that the person wants to go on with
    closed = Signal()

    def __init__(self, comparison: Comparison, parent: QWidget, keep: Sequence[str] = ()) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("compare")
        self.setWindowTitle(f"{' and '.join(LETTERS[: len(comparison.sides)])} compared — vgviewer")
        comparison.setParent(self)
        self.comparison = comparison
        self.limits = Limits(self)
        self.columns = [Column(side, place, self.limits, self) for place, side in enumerate(comparison.sides)]
        self.train = QPushButton("Train", self)
        self.train.setProperty("primary", True)
        self.train.setToolTip("Trains all of them together, or pauses (Space)")
        self.what = Choice("Which picture is shown", {name: VIEW_NAMES[name] for name in KINDS}, self)
        self.aligned = Choice("What is set side by side", ALIGNED, self)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setProperty("role", "section")
        self.keep = [QPushButton(words, self) for words in keep]
        self.overlay, self.difference = Overlay(self), Difference(self)
        self.difference.share(self.limits)
        self.words = QTextBrowser(self)
        self.words.setAccessibleName("What differs, and how the runs stand")
        self.words.setProperty("role", "page")
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.track = Track(self)
        self.newest = QToolButton(self)
        self._name_newest()
        self._lay_out()
        self._connect()
        self._show_kind(self.what.value)
        self._follow()

    def say_outcome(self, text: str) -> None:
        """The sentence above the pictures."""
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space:
                self.comparison.train_or_pause()
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.comparison.close()
        self.closed.emit()
        event.accept()

    def _name_newest(self) -> None:
        self.newest.setText("Newest")
        self.newest.setProperty("role", "link")
        self.newest.setAccessibleName("Newest step")
        self.newest.setToolTip("Show the newest step again")
        policy = self.newest.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the line must not move away under who drags along it
        self.newest.setSizePolicy(policy)
        self.newest.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        head, foot, proof = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, foot, proof):
            theme.grow(row.setContentsMargins, 2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
            row.setSpacing(2 * theme.GRID)
        chosen: tuple[QWidget, ...] = (self.train, self.what, self.aligned)
        for part in chosen:
            head.addWidget(part)
        head.addStretch(1)
        proof.addWidget(self.outcome, 1)
        for button in self.keep:
            proof.addWidget(button)
        pictures = QSplitter(Qt.Orientation.Horizontal, self)
        for column in self.columns:
            pictures.addWidget(column)
        told = QSplitter(Qt.Orientation.Horizontal, self)
        below: tuple[QWidget, ...] = (self.overlay, self.difference, self.words)
        for place, part in enumerate(below):
            told.addWidget(part)
            told.setStretchFactor(place, 1)
        for splitter in (pictures, told):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        rows = QSplitter(Qt.Orientation.Vertical, self)
        rows.setHandleWidth(1)
        rows.setChildrenCollapsible(False)
        rows.addWidget(pictures)
        rows.addWidget(told)
        rows.setStretchFactor(0, UPPER)
        rows.setStretchFactor(1, LOWER)
        foot.addWidget(self.track, 1)
        foot.addWidget(self.newest)
        theme.grow(self.track.setMinimumHeight, 24)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(proof)
        whole.addWidget(hairline(self))
        whole.addWidget(rows, 1)
        whole.addWidget(hairline(self))
        whole.addLayout(foot)
        self.outcome.hide()
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))

    def _connect(self) -> None:
        self.train.clicked.connect(self.comparison.train_or_pause)
        self.what.chosen.connect(self._show_kind)
        self.aligned.chosen.connect(self._align)
        self.track.moved.connect(self.comparison.go_to)
        self.newest.clicked.connect(self._to_newest)
        self.comparison.refreshed.connect(self._follow)
        for place, button in enumerate(self.keep):
            button.setProperty("place", place)
            button.clicked.connect(self._keep)
        theme.changed.connect(self._tell)

    def _show_kind(self, name: str) -> None:
        views = [column.show_kind(name) for column in self.columns]
        for view in views:
            for other in views:
                if other is not view:
                    view.pointing.by_hand.connect(other.pointing.echo)

    def _align(self, by: str) -> None:
        self.comparison.align(by == "loss")

    def _to_newest(self) -> None:
        self.comparison.go_to(None)

    def _step(self, by: int) -> None:
        now = self.comparison.steps if self.comparison.at is None else self.comparison.at
        self.comparison.go_to(now + by)

    def _keep(self) -> None:
        self.kept.emit(self.sender().property("place"))

    def _follow(self) -> None:
        comparison = self.comparison
        for column in self.columns:
            column.follow()
        self.overlay.show_sides(comparison.sides)
        self.difference.show_sides(comparison.sides)
        is_running = comparison.state == "running"
        self.train.setVisible(comparison.state != "ended")
        self.train.setText("Pause" if is_running else "Train")
        self.train.setIcon(icon("pause-solid" if is_running else "play-solid", theme.current().accent_text))
        alerts = comparison.sides[0].session.alerts
        steps = comparison.steps
        progress = Progress(steps, alerts, comparison.at, is_kept=comparison.can_rewind, newest=steps)
        self.track.show_progress(progress if steps >= 0 else None)
        self.newest.setVisible(comparison.at is not None)
        self._tell()

    def _tell(self) -> None:
        sides = self.comparison.sides
        differing = told_differences(sides)
        same = "" if differing else "<p>Network, task and training are the same.</p>"
        parts = {"Settings that differ": differing, "How they stand": facts(sides)}
        html = same + _table({title: rows for title, rows in parts.items() if rows}, len(sides))
        if html != self._told:
            self._told = html
            place = self.words.verticalScrollBar().value()
            self.words.document().setDefaultFont(theme.font())
            self.words.setHtml(html)
            self.words.verticalScrollBar().setValue(place)

    _told = ""


def _table(parts: Mapping[str, Sequence[Sequence[str]]], count: int) -> str:
    muted = theme.current().text_muted
    share = 100 // (count + 1)
    lines = []
    for title, rows in parts.items():
        letters = "".join(f"<th align='left' width='{share}%'>{letter}</th>" for letter in LETTERS[:count])
        lines.append(f"<tr><th align='left' width='{share}%'>{escape(title)}</th>{letters}</tr>")
        for name, *cells in rows:
            values = "".join(f"<td>{escape(localized_words(cell))}</td>" for cell in cells)
            lines.append(f"<tr><td style='color: {muted}'>{escape(name)}</td>{values}</tr>")
    return f"<table cellspacing='0' cellpadding='3' width='100%'>{''.join(lines)}</table>"
