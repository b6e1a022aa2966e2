"""What the program remembers from one start to the next: an INI file that may be missing, read-only or broken."""

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 10
SYSTEM = "system"
THEME_CHOICES = ("light", "dark", SYSTEM)


def default_file() -> Path:
    """Where the person's preferences lie."""
    return user_config_path("vgviewer", appauthor=False) / "settings.ini"


class Preferences:
    """Every value is checked when it is read: whatever the file holds, the program starts."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file or default_file()), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """One of THEME_CHOICES."""
        chosen = str(self._settings.value("theme", SYSTEM))
        return chosen if chosen in THEME_CHOICES else SYSTEM

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def folder(self) -> Path:
        """Where the last file was opened or saved; the home folder while there is none."""
        chosen = Path(str(self._settings.value("folder", "")))
        return chosen if chosen.is_absolute() and chosen.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._settings.setValue("folder", str(folder))

    @property
    def recents(self) -> list[Path]:
        """The files used last, newest first; some may be gone by now."""
        stored = self._settings.value("recents", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(name) for name in names if isinstance(name, str) and name][:MOST_RECENT]

    def remember(self, path: Path) -> None:
        """Puts the file on top of the recents."""
        path = path.absolute()
        others = [other for other in self.recents if other != path]
        self._settings.setValue("recents", [str(recent) for recent in (path, *others)][:MOST_RECENT])

    def forget_recents(self) -> None:
        """Empties the list of recent files."""
        self._settings.remove("recents")

    @property
    def geometry(self) -> QByteArray:
        """What QWidget.restoreGeometry takes; empty when nothing is stored."""
        stored = self._settings.value("geometry", QByteArray())
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    def write(self) -> None:
        """Brings everything to the disk now; a folder that cannot be written is no reason to complain."""
        self._settings.sync()
