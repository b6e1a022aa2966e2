"""The choice of what the network is to learn."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.sheet import LABEL_WIDTH
from vgviewer.app.editor.starts import start_settings
from vgviewer.tasks import TASKS

HELP = "What the network is to learn. Another task begins with its own settings."


class TaskChoice(QWidget):
    """All tasks by their labels; the document's is the current one."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.combo = QComboBox(self)
        for index, kind in enumerate(TASKS):
            self.combo.addItem(kind.label)
            self.combo.setItemData(index, kind.summary, Qt.ItemDataRole.ToolTipRole)
        self.combo.setMaxVisibleItems(len(TASKS))
        self.combo.setAccessibleName("Task")
        self.combo.setToolTip(HELP)
        self.combo.setWhatsThis(HELP)
        label = QLabel("Task", self)
        label.setProperty("role", "muted")
        theme.grow(label.setFixedWidth, LABEL_WIDTH)
        label.setBuddy(self.combo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(label)
        row.addWidget(self.combo, 1)
        self.combo.activated.connect(self._choose)
        document.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.combo.setCurrentIndex(TASKS.index(type(self._document.experiment.task)))

    def _choose(self, index: int) -> None:
        kind = TASKS[index]
        if kind is not type(self._document.experiment.task):
            self._document.change_task(kind.model_validate(start_settings(kind)))
