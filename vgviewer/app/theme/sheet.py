"""One generated stylesheet; what it leaves out stays Fusion's, colored by the palette."""

from dataclasses import asdict
from string import Template

from vgviewer.app.theme.colors import Theme
from vgviewer.app.theme.fonts import BODY, CAPTION, SECTION, TITLE, px
from vgviewer.resources import RESOURCES


def stylesheet(theme: Theme) -> str:
    """The whole sheet for `theme`; raises KeyError for a color that the theme does not have."""
    sizes = {"body": px(BODY), "caption": px(CAPTION), "section": px(SECTION), "title": px(TITLE)}
    check = "check-dark" if theme.is_dark else "check-light"
    icons = (RESOURCES / "icons").as_posix()
    return Template(SHEET).substitute(asdict(theme), **sizes, icons=icons, check=check)


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
QToolTip { background: $raised; color: $text; border: 1px solid $outline; padding: 4px 6px; }

/* words */
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; color: $text; }
QLabel[role="section"] { font-size: ${section}px; font-weight: 600; color: $text; }
QLabel[role="caption"] { font-size: ${caption}px; color: $text_muted; }
QLabel[role="muted"] { color: $text_muted; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="error"] { color: $exploding; }

/* buttons */
QPushButton {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: 6px;
    padding: 5px 12px; min-height: 18px; font-weight: 500;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $hairline; }
QPushButton:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $handle; border-color: $hairline; }
QPushButton:flat { background: transparent; border-color: transparent; }
QPushButton:flat:hover { background: $hover; }
QPushButton:flat:focus { border-color: $accent; }
QPushButton[primary="true"] {
    background: $accent; color: $accent_text; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled { background: $hover; color: $handle; border-color: $hover; }
QPushButton[role="soft"] { background: $accent_soft; color: $accent; border-color: transparent; }
QPushButton[role="soft"]:disabled { background: $hover; color: $handle; }
QPushButton[role="soft"]:hover, QPushButton[role="soft"]:focus { border-color: $accent; }
QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px; padding: 4px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:open { background: $hairline; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $handle; }
QToolButton[role="link"] { color: $accent; font-weight: 500; padding: 2px 4px; }
QToolButton[role="link"]:hover, QToolButton[role="link"]:open { background: $accent_soft; }
QToolButton::menu-indicator { image: none; width: 0; }

/* fields */
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: 6px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 20px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $handle; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus,
QComboBox:on { border-color: $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $handle; background: $surface; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] { border-color: $exploding; }
QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 20px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$icons/arrow-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 10px; height: 10px; }
QComboBox::drop-down { subcontrol-position: center right; width: 24px; border: none; }
QComboBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $outline; padding: 4px; outline: none; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 8px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $text_muted; border-radius: 4px; background: $raised;
}
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/$check.svg"); }
QCheckBox::indicator:disabled { border-color: $hairline; background: $surface; }

/* lists and menus */
QListView, QTreeView, QTableView { background: transparent; border: none; outline: none; }
QListView::item, QTreeView::item { min-height: 20px; padding: 4px 8px; border-radius: 6px; color: $text; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $accent; }
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
QTabBar::tab { color: $text_muted; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 3px; border-radius: 1px; background: $outline; }
QSlider::sub-page:horizontal { height: 3px; border-radius: 1px; background: $accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; }
QSlider::handle:horizontal { background: $accent; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: $accent_hover; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: $handle; }
QProgressBar { background: $hairline; border: none; border-radius: 2px; max-height: 4px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
"""
