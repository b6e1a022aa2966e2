"""One generated stylesheet; what it leaves out stays Fusion's, colored by the palette."""

import re
from dataclasses import asdict
from string import Template

from vgviewer.app.theme.colors import Theme
from vgviewer.app.theme.fonts import BODY, CAPTION, SECTION, TITLE, px, text_px
from vgviewer.resources import RESOURCES

LENGTH = re.compile(r"(-?\b\d+)px")


def stylesheet(theme: Theme) -> str:
    """The whole sheet for `theme`; raises KeyError for a color that the theme does not have."""
    names = {"body": BODY, "caption": CAPTION, "section": SECTION, "title": TITLE}
    sizes = {name: f"{text_px(size)}PX" for name, size in names.items()}  # these have grown already
    check = "check-dark" if theme.is_dark else "check-light"
    icons = (RESOURCES / "icons").as_posix()
    sheet = LENGTH.sub(_grown, SHEET)
    return Template(sheet).substitute(asdict(theme), **sizes, icons=icons, check=check).replace("PX", "px")


def _grown(length: re.Match[str]) -> str:
    """A hairline stays one."""
    drawn = int(length[1])
    return f"{drawn if abs(drawn) <= 1 else px(drawn)}px"


# A sheet cannot recolor an icon: arrows are of one gray that holds 3:1 on light and dark.
SHEET = """
/* surfaces */
QMainWindow, QDialog { background: $window; }
QWidget[role="pane"] { background: $window; }
QWidget[role="surface"] { background: $surface; }
QFrame[role="hairline"] { background: $hairline; border: none; }
QFrame[role="card"] { background: $surface; border: 1px solid $hairline; border-radius: 8px; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMainWindow::separator { background: $hairline; width: 1px; height: 1px; }
QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $outline; padding: 4px 6px; }
QDockWidget { background: $window; border: none; }

/* words */
QLabel[role="title"] { font-size: $title; font-weight: 600; color: $text; }
QLabel[role="section"] { font-size: $section; font-weight: 600; color: $text; }
QLabel[role="caption"] { font-size: $caption; color: $text_muted; }
QLabel[role="caption-of-story"] {
    font-size: $section; font-weight: 600; color: $text; background: $raised; border: 1px solid $outline;
    border-radius: 8px; padding: 8px 16px;
}
QLabel[role="card-title"] { font-weight: 600; color: $text; }
QLabel[role="muted"] { color: $text_muted; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="error"] { color: $exploding; }

/* buttons */
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: 6px;
    padding: 5px 12px; min-height: 18px; font-weight: 500;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $hairline; }
QPushButton:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled { color: $handle; border-color: $hairline; }
QPushButton:flat { background: transparent; border-color: transparent; }
QPushButton:flat:hover { background: $hover; }
QPushButton:flat:focus { border: 2px solid $accent; }
QPushButton[primary="true"] {
    background: $accent; color: $accent_text; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { border-color: $text; text-decoration: underline; }
QPushButton[primary="true"]:disabled { background: $hover; color: $handle; border-color: $hover; }
QPushButton[role="soft"] { background: $accent_soft; color: $accent; border-color: transparent; }
QPushButton[role="soft"]:disabled { background: $hover; color: $handle; }
QPushButton[role="soft"]:hover, QPushButton[role="soft"]:focus { border-color: $accent; }
QPushButton[role="small"] { padding: 2px 4px; }
QPushButton[role="small"]:focus { padding: 1px 3px; }
QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px; padding: 4px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:open { background: $hairline; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QToolButton:disabled { color: $handle; }
QToolButton[role="link"] { color: $accent; font-weight: 500; padding: 2px 4px; }
QToolButton[role="link"]:hover, QToolButton[role="link"]:open { background: $accent_soft; }
QToolButton[role="link"]:focus { padding: 1px 3px; }
QToolButton[role="link"][inline="true"] { padding-left: -4px; }
QToolButton::menu-indicator { image: none; width: 0; }

/* fields */
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 20px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $text_muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus,
QComboBox:on { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $handle; background: $surface; border-color: $outline;
}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] { border: 2px solid $exploding; padding: 3px 7px; }
QTextBrowser[role="page"] { background: transparent; border: 2px solid transparent; padding: 2px 4px; }
QTextBrowser[role="page"]:focus { border-color: $accent; padding: 2px 4px; }
QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 20px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$icons/arrow-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 10px; height: 10px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { subcontrol-position: center right; width: 24px; border: none; }
QComboBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $outline; padding: 4px; outline: none; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 8px; }
QCheckBox { spacing: 8px; }
QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 4px; background: $raised;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: 2px solid $accent; width: 12px; height: 12px;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/$check.svg"); }
QCheckBox::indicator:checked:focus { border-color: $text; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QCheckBox::indicator:disabled { border-color: $hairline; background: $surface; }

/* lists and menus */
QListView, QTreeView, QTableView { background: transparent; border: none; outline: none; }
QListView::item, QTreeView::item { min-height: 20px; padding: 4px 8px; border-radius: 6px; color: $text; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $accent; }
QListView::item:focus, QTreeView::item:focus { border: 2px solid $accent; padding: 2px 6px; }
QTableView { gridline-color: $hairline; selection-background-color: $accent_soft; selection-color: $accent; }
QHeaderView::section {
    background: $window; color: $text_muted; border: none; border-bottom: 1px solid $hairline; padding: 4px 8px;
}
QMenuBar { background: $window; color: $text; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; color: $text; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::item:disabled { color: $handle; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }

/* bars */
QToolBar { background: $window; border: none; border-bottom: 1px solid $hairline; }
QToolBar { spacing: 8px; padding: 8px; }
QStatusBar { background: $window; color: $text_muted; border-top: 1px solid $hairline; }
QStatusBar::item { border: none; }
QTabBar { background: $window; border: none; qproperty-drawBase: 0; }
QTabBar::tab {
    background: $window; color: $text_muted; padding: 6px 4px 4px 4px; margin: 0 8px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:first { margin-left: 12px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:selected:focus { color: $accent; background: $accent_soft; }
QTabBar::scroller { width: 40px; }
QTabBar QToolButton { background: $window; border: none; border-radius: 0; padding: 2px; }
QTabBar QToolButton::left-arrow { image: url("$icons/arrow-left.svg"); width: 12px; height: 12px; }
QTabBar QToolButton::right-arrow { image: url("$icons/arrow-right.svg"); width: 12px; height: 12px; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $edge; border-radius: 2px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 3px; border-radius: 1px; background: $edge; }
QSlider::sub-page:horizontal { height: 3px; border-radius: 1px; background: $accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; }
QSlider::handle:horizontal { background: $accent; }
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:focus {
    background: $accent; border: 3px solid $text; width: 10px; height: 10px; margin: -7px 0; border-radius: 8px;
}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: $handle; }
QProgressBar { background: $outline; border: none; border-radius: 2px; max-height: 4px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
"""
