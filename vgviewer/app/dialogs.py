"""The questions about files. Each blocks until it is answered; None is a refusal."""

import os
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from vgviewer.app.report import Report
from vgviewer.experiment import ENDING, PresetError
from vgviewer.recording import ENDING as RUN_ENDING

Answer = Literal["save", "discard", "cancel"]
PRESETS = f"Presets (*{ENDING});;All files (*)"
RUNS = f"Runs (*{RUN_ENDING});;All files (*)"
EITHER = f"Presets and runs (*{ENDING} *{RUN_ENDING});;All files (*)"
Button = QMessageBox.StandardButton
CORRECT = "Correct the file and open it again, or choose another one. Your open network is as it was."
UNHARMED = "Choose another place with Save As. Nothing was lost: your network is still open, an old file is as it was."


def ask_about_changes(parent: QWidget, name: str, run: str = "") -> Answer:
    """Whether the changes are to be saved before they are lost; `run` says what is lost besides."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Save changes")
    box.setText(f"Save the changes to “{name}”?")
    box.setInformativeText(f"They are lost otherwise. {run}".rstrip())
    box.setStandardButtons(Button.Save | Button.Discard | Button.Cancel)
    box.setDefaultButton(Button.Save)
    box.setEscapeButton(Button.Cancel)
    pressed = box.exec()
    box.deleteLater()
    answers: dict[int, Answer] = {Button.Save.value: "save", Button.Discard.value: "discard"}
    return answers.get(pressed, "cancel")


def ask_about_run(parent: QWidget, run: str) -> bool:
    """Whether a run under way may end; `run` says what that costs."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("End training")
    box.setText("End the training that is under way?")
    box.setInformativeText(run)
    box.addButton("End Training", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(Button.Cancel)
    box.setDefaultButton(Button.Cancel)
    box.setEscapeButton(Button.Cancel)
    pressed = box.exec()
    box.deleteLater()
    return pressed != Button.Cancel.value


def ask_about_changed_file(parent: QWidget, name: str) -> Literal["overwrite", "save as", "cancel"]:
    """What to do about a file that another program, or another window, has written since it was read."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Changed on disk")
    box.setText(f"“{name}” has changed on disk since you opened it.")
    box.setInformativeText("Overwriting it loses what somebody else has saved there.")
    overwrite = box.addButton("&Overwrite", QMessageBox.ButtonRole.DestructiveRole)
    save_as = box.addButton("&Save As…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(Button.Cancel)
    box.setDefaultButton(save_as)
    box.setEscapeButton(Button.Cancel)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return "overwrite" if pressed is overwrite else "save as" if pressed is save_as else "cancel"


def ask_about_reset(parent: QWidget, count: int) -> bool:
    """Whether all preferences may go; so many are not as at the first start."""
    text = f"{'One preference is' if count == 1 else f'{count} preferences are'} not as at the first start. Reset all?"
    box = QMessageBox(
        QMessageBox.Icon.Question, "Reset preferences", text, Button.Reset | Button.Cancel, parent
    )
    box.setInformativeText("They cannot be brought back; Export keeps them in a file.")
    box.setDefaultButton(Button.Cancel)
    return box.exec() == Button.Reset.value


def ask_open_path(parent: QWidget, folder: Path) -> Path | None:
    """Which file to open."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open preset or run", str(folder), EITHER)
    return Path(name) if name else None


def ask_data_path(parent: QWidget, folder: Path, endings: tuple[str, ...]) -> Path | None:
    """Which file of data to learn from."""
    kinds = f"Data ({' '.join(f'*{ending}' for ending in endings)});;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Choose file", str(folder), kinds)
    return Path(name) if name else None


def ask_save_path(parent: QWidget, suggestion: Path, kinds: str, ending: str) -> Path | None:
    """Where to save; the ending is added where it is missing, and overwriting is asked for."""
    dialog = QFileDialog(parent, "Save", str(suggestion.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.selectFile(suggestion.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return None
    path = with_ending(Path(chosen[0]), ending)
    if path != Path(chosen[0]) and os.path.exists(path) and not _may_overwrite(parent, path):
        return None
    return path


def with_ending(path: Path, ending: str) -> Path:
    """`net` and `net.json` become `net.vgnet.json`."""
    if path.name.endswith(ending):
        return path
    last = f".{ending.rsplit('.', 1)[-1]}"
    return path.with_name(path.name.removesuffix(last) + ending)


def refusal(error: PresetError) -> str:
    """Which file was not opened, in a sentence."""
    count = len(error.problems)
    wrong = "one thing in it is" if count == 1 else f"{count} things in it are"
    return f"“{Path(error.source).name}” was not opened: {wrong} wrong."


def show_refusal(parent: QWidget, error: PresetError) -> None:
    """Says why a file was not opened: every problem with its path."""
    first, *_ = error.problems
    details = "\n".join(str(problem) for problem in error.problems)
    Report(
        parent, "Not opened", refusal(error), CORRECT, f"{error.source}\n\n{details}", reason=f"{first}."
    ).exec()


def show_bad_run(parent: QWidget, path: Path, sentence: str) -> None:
    """Says why a run was not opened."""
    text = f"“{path.name}” was not opened: it is no run that can be shown."
    Report(parent, "Not opened", text, CORRECT, str(path), reason=sentence).exec()


def show_save_failure(parent: QWidget, sentence: str, advice: str = UNHARMED) -> None:
    """Says why a file was not written."""
    Report(parent, "Not saved", sentence, advice, "").exec()


def _may_overwrite(parent: QWidget, path: Path) -> bool:
    text = f"“{path.name}” exists already. Overwrite it?"
    answer = QMessageBox.question(parent, "Overwrite", text, Button.Yes | Button.No, Button.No)
    return answer is Button.Yes
