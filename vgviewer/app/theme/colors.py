"""The named colors. Blue is a signal that has shrunk and red one that has grown, wherever they appear."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Theme:
    """Every color as "#rrggbb". Texts hold 4.5:1 on window, surface, raised and accent_soft, graphics 3:1.

    Hairline, outline and grid only adorn: what they part is told by place and words, too.
    """

    name: str
    is_dark: bool
    window: str  # panels and pictures
    surface: str  # the canvas and cards, a shade away from the window
    raised: str  # buttons, fields, menus, blocks on the canvas
    hover: str
    hairline: str
    outline: str  # around buttons and menus
    edge: str  # of what is found by its shape: fields, check boxes, sliders, scroll bars
    text: str
    text_muted: str
    accent: str  # what can be done, and what is selected
    accent_hover: str
    accent_text: str  # on the accent
    accent_soft: str
    vanishing: str
    exploding: str
    warning: str
    healthy: str
    not_finite: str
    exact_zero: str
    none: str  # a cell of a heatmap that has no value
    curve: str
    curve_raw: str
    grid: str
    baseline: str
    handle: str  # what cannot be used now


LIGHT = Theme(
    name="light",
    is_dark=False,
    window="#ffffff",
    surface="#fafbfc",
    raised="#ffffff",
    hover="#f1f3f6",
    hairline="#e3e6eb",
    outline="#d3d8df",
    edge="#868f9c",
    text="#14181f",
    text_muted="#5b6472",
    accent="#2660e6",
    accent_hover="#1d51c9",
    accent_text="#ffffff",
    accent_soft="#e8efff",
    vanishing="#1f5fbf",
    exploding="#c0342b",
    warning="#9a5b00",
    healthy="#1b7a43",
    not_finite="#e0338f",
    exact_zero="#9a5cc6",
    none="#f1f3f5",
    curve="#2660e6",
    curve_raw="#868f9c",
    grid="#e9ecf0",
    baseline="#c0342b",
    handle="#c3c9d2",
)

DARK = Theme(
    name="dark",
    is_dark=True,
    window="#1b1f26",
    surface="#171b21",
    raised="#1f242c",
    hover="#262c36",
    hairline="#2b313b",
    outline="#39414d",
    edge="#6b7482",
    text="#e8ebf0",
    text_muted="#9aa3b0",
    accent="#6c9cff",
    accent_hover="#86aeff",
    accent_text="#10141a",
    accent_soft="#23314f",
    vanishing="#7fb2ff",
    exploding="#ff7a70",
    warning="#e5a84b",
    healthy="#5cc98a",
    not_finite="#ff5fb0",
    exact_zero="#a274d6",
    none="#262c36",
    curve="#6c9cff",
    curve_raw="#737d8c",
    grid="#2a303a",
    baseline="#ff7a70",
    handle="#454e5c",
)

CONTRAST = Theme(
    name="contrast",
    is_dark=True,
    window="#000000",
    surface="#000000",
    raised="#0a0a0a",
    hover="#262626",
    hairline="#8c8c8c",
    outline="#c8c8c8",
    edge="#ffffff",
    text="#ffffff",
    text_muted="#d6d9de",
    accent="#ffd84d",
    accent_hover="#ffe480",
    accent_text="#000000",
    accent_soft="#332b0a",
    vanishing="#9fc8ff",
    exploding="#ff9d94",
    warning="#ffb454",
    healthy="#7ce0a3",
    not_finite="#ff5fb0",
    exact_zero="#cfa9ff",
    none="#262626",
    curve="#ffd84d",
    curve_raw="#a8b0bc",
    grid="#3d3d3d",
    baseline="#ff9d94",
    handle="#8c8c8c",
)

PRINT = replace(LIGHT, name="print", surface="#ffffff")

THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST, PRINT)}
