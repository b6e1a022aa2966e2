"""The small design system: colors, four text sizes, an 8-pixel grid, one stylesheet.

    theme.apply(app, theme.DARK)          once at the start, and again to switch live
    theme.current().accent                a color by name
    theme.changed.connect(self.repaint)   for what Qt's stylesheet and palette do not reach
    theme.font(theme.CAPTION)             the bundled font
    theme.enlarge(1.5)                    before the next `apply`: everything larger
    theme.px(56)                          a length that grows with the text; set it anew at `changed`
    theme.grow(self.setFixedHeight, 56)   the same for a setter, with nothing left to do

What a widget says about itself, and what it gets for it:

| widget | property | looks |
| --- | --- | --- |
| QPushButton | primary=True | filled with the accent |
| QPushButton | flat (setFlat) | no border until the pointer is over it |
| QPushButton | role="soft" | accent text on accent_soft: "Try it" |
| QPushButton | role="small" | as high as its icon |
| QToolButton | role="link" | accent text without a border, for choices in a pane's header |
| QToolButton | role="link", inline=True | the same in line with the text above it |
| QToolButton | (none) | an icon without a border |
| QLabel | role="title", "section", "caption", "muted", "warning", "error" | as they say |
| QFrame | role="hairline" | one pixel; setFixedHeight(1) or setFixedWidth(1) |
| QFrame | role="card" | a raised area with a hairline around it |
| QFrame, QWidget | role="pane", "surface" | the window's color, the canvas's color |
| QListView, QTreeView | (none) | no frame, selection in accent_soft |
| any field | invalid=True | outlined in the color of an error |

A list view must be in its window, or have had `ensurePolished()`, before its first item: Qt keeps the row
height that it computed without the stylesheet.
After changing such a property on a visible widget, call `polish(widget)`.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app.theme.colors import CONTRAST, DARK, LIGHT, PRINT, THEMES, Theme
from vgviewer.app.theme.fonts import (
    AFAR,
    BODY,
    CAPTION,
    GRID,
    LARGEST,
    SECTION,
    SMALLEST,
    TITLE,
    drawn_font,
    enlarge,
    enlarged,
    factor,
    font,
    px,
    text_px,
    zoom,
)
from vgviewer.app.theme.lengths import grow
from vgviewer.app.theme.sheet import stylesheet
from vgviewer.app.theme.switch import changed, current, switch

__all__ = [
    "AFAR",
    "BODY",
    "CAPTION",
    "CONTRAST",
    "DARK",
    "GRID",
    "LARGEST",
    "LIGHT",
    "PRINT",
    "SECTION",
    "SMALLEST",
    "THEMES",
    "TITLE",
    "Theme",
    "apply",
    "changed",
    "current",
    "drawn_font",
    "enlarge",
    "enlarged",
    "factor",
    "font",
    "grow",
    "palette",
    "polish",
    "px",
    "stylesheet",
    "text_px",
    "zoom",
]


def apply(app: QApplication, theme: Theme, follows_system: bool = False) -> None:
    """Dresses the whole application, now and at every later call; `changed` is emitted after it is done.

    Whoever wishes for what is worn already costs nothing. A desktop that is followed is not told which scheme to use:
    it would not tell us of another one.
    """
    if not follows_system:
        app.styleHints().setColorScheme(Qt.ColorScheme.Dark if theme.is_dark else Qt.ColorScheme.Light)
    sheet, look = stylesheet(theme), (theme, *enlarged())
    if look == switch.look and sheet == app.styleSheet():
        return
    switch.theme, switch.look = theme, look
    _undress(app)
    app.setFont(font())
    app.setPalette(palette(theme))
    app.setStyleSheet(sheet)
    changed.emit()


def _undress(app: QApplication) -> None:
    """WORKAROUND for Qt 6.9: another sheet over one polishes every widget once for each of its ancestors, six times
    in the middle. Without a sheet it is once for taking off and once for putting on."""
    if app.styleSheet():
        app.installEventFilter(_unseen)
        app.setStyleSheet("")
        app.removeEventFilter(_unseen)
    else:  # each new style polishes every widget once more
        app.setStyle("Fusion")


class _Unseen(QObject):
    """Nobody arranges docks or scrolls for what is worn for no moment."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() is QEvent.Type.StyleChange


_unseen = _Unseen()


def polish(widget: QWidget) -> None:
    """Lets the stylesheet see a property that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def palette(theme: Theme) -> QPalette:
    """The colors for whatever the stylesheet leaves to Fusion, such as check boxes and dialogs."""
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.raised,
        QPalette.ColorRole.AlternateBase: theme.surface,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.exploding,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.text_muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_text,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Light: theme.raised,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Mid: theme.outline,
        QPalette.ColorRole.Dark: theme.outline,
        QPalette.ColorRole.Shadow: theme.hairline,
    }
    made = QPalette()
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    faded = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)
    for role in faded:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.handle))
    return made
