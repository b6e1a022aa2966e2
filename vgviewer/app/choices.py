"""What a person can choose once and for all: the one description that file, dialog and checks are made of. No Qt."""

from typing import Literal

from pydantic import Field

from vgviewer.settings import Settings

ThemeChoice = Literal["system", "light", "dark", "contrast"]
LayoutChoice = Literal["last", "build", "watch", "teach"]


class Choices(Settings):
    """A line here is a row of the preferences; whoever honors it listens to `Preferences.changed`."""

    theme: ThemeChoice = Field(
        "system",
        title="Theme",
        description="Light, dark, high contrast, or as the desktop is; every picture follows at once.",
    )
    text_size: int = Field(
        100,
        ge=80,
        le=300,
        title="Text size (%)",
        description="Of all texts and distances (Ctrl++ and Ctrl+−).",
    )
    presentation_size: int = Field(
        150,
        ge=125,
        le=250,
        title="When presenting (%)",
        description="How large everything is in presentation mode.",
    )
    reduce_motion: bool = Field(
        False, title="Reduce motion", description="Nothing glides or fades; what changes is there at once."
    )
    start_with: Literal["welcome", "last"] = Field(
        "welcome",
        title="Start with",
        description="The welcome page, or the network that was open last.",
    )
    layout: LayoutChoice = Field(
        "last",
        title="Layout",
        description="The one that was used last, or always the same at the start.",
    )
    sequential: Literal[
        "cividis", "viridis", "crameri:batlow", "crameri:lajolla", "cmocean:ice", "inferno", "crameri:grayC"
    ] = Field(
        "cividis", title="Colors of sizes", description="The colormap of pictures in which dark is small."
    )
    diverging: Literal[
        "theme",
        "cmocean:balance",
        "crameri:vik",
        "colorbrewer:RdBu_r",
        "crameri:berlin",
        "cmasher:iceburn",
        "crameri:managua_r",
    ] = Field(
        "theme",
        title="Colors of ratios",
        description="The colormap from blue, what has shrunk, to red, what has grown; its middle is light or dark.",
    )
    record: bool = Field(
        True,
        title="Record runs",
        description="Every run is kept in a file, so that one can look back, compare and open it again.",
    )
    most_kept: int = Field(
        1000,
        ge=10,
        le=1_000_000,
        title="Kept runs (MB)",
        description="How much room they may take; the oldest go first, those with a note or a bookmark stay.",
    )
    alerts: Literal["all", "critical"] = Field(
        "all", title="Alerts", description="All of them, or only those that stop a network from learning."
    )


GROUPS: dict[str, tuple[str, ...]] = {
    "Look": ("theme", "text_size", "presentation_size", "reduce_motion"),
    "Pictures": ("sequential", "diverging"),
    "Start": ("start_with", "layout"),
    "Training": ("alerts", "record", "most_kept"),
}
"""In the order of the dialog; every field of `Choices` stands in one of them."""


class Place(Settings):
    """Where the window stood, in px of the desktop."""

    x: int = Field(ge=-100_000, le=100_000)
    y: int = Field(ge=-100_000, le=100_000)
    width: int = Field(ge=1, le=100_000)
    height: int = Field(ge=1, le=100_000)
    is_maximized: bool = False


class Memory(Settings):
    """What the program notes by itself, so that it goes on where it was left. No dialog shows it."""

    folder: str = Field("", max_length=4096)
    recents: tuple[str, ...] = Field((), max_length=100)
    last: str = Field("", max_length=4096)  # the document open at the end: a path, or a shipped preset's id
    window: Place | None = None
    layout: str = Field("", max_length=40)
    limits: dict[str, str] = Field({}, max_length=100)  # of pictures, by what they mean
    arrangements: dict[str, str] = Field({}, max_length=20)  # as the desk packs them, by the layout's name
