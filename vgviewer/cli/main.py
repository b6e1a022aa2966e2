"""The entry point: which command it is, and what becomes of errors."""

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence

import typer
from platformdirs import user_log_path
from typer.exceptions import TyperException

from vgviewer import __version__
from vgviewer.cli import bakeoff, bench, compare, figure, gradients, presets, runs, train, window
from vgviewer.cli.refusal import Refusal
from vgviewer.cli.self_test import self_test
from vgviewer.experiment import NoDevice, PresetError, SaveError
from vgviewer.runner.run import NO_MEMORY, lacks_memory

WRONG_INPUT, OUR_FAULT = 2, 1
SAFE_MODE = "--safe-mode"  # of the window, which needs no command
NOT_YET = ("movie", "reproduce")

app = typer.Typer(
    name="vgviewer",
    help="See gradients vanish and explode. Without a command it opens the window.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
app.command("open", hidden=True)(window.open_)
app.command("presets")(presets.presets)
app.command("check")(presets.check)
app.command("train")(train.train)
app.command("gradients")(gradients.gradients)
app.command("figure")(figure.figure)
app.command("compare")(compare.compare)
app.command("check-run")(runs.check_run)
app.command("export")(runs.export)
app.command("bench")(bench.bench)
app.command("bakeoff")(bakeoff.bakeoff)


@app.callback(
    invoke_without_command=True,
    epilog="vgviewer [FILE] opens the window with a preset; with --safe-mode it starts with default preferences.",
)
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version and exit.", is_eager=True),
    is_self_test: bool = typer.Option(
        False, "--self-test", help="See in 20 seconds whether everything works here; print a report."
    ),
) -> None:
    if version:
        typer.echo(f"vgviewer {__version__}")
        raise typer.Exit
    if is_self_test:
        raise typer.Exit(self_test())


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit code: 0 done, 2 the input is wrong, 1 our fault."""
    words = list(sys.argv[1:] if argv is None else argv)
    names = [command.name for command in app.registered_commands]
    if words and words[0] in NOT_YET:
        return _refuse(f"{words[0]} is not in this version yet")
    if not words or words[0] == SAFE_MODE or (words[0] not in names and not words[0].startswith("-")):
        words = ["open", *words]
    try:
        code = app(words, prog_name="vgviewer", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _refuse("stopped")
    except TyperException as error:
        return _refuse(error.format_message())
    except (PresetError, SaveError, NoDevice, Refusal) as error:
        return _refuse(str(error))
    except BrokenPipeError:  # whoever read stdout has closed it, and wants no more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last resort: no traceback reaches a person
        return _refuse(NO_MEMORY) if lacks_memory(error) else _our_fault(error)


def _refuse(sentence: str) -> int:
    print(f"vgviewer: {sentence}", file=sys.stderr)
    return WRONG_INPUT


def _our_fault(error: Exception) -> int:
    details = ""
    with contextlib.suppress(OSError):  # without a place for the log there are no details
        log = user_log_path("vgviewer", appauthor=False, ensure_exists=True) / "crash.log"
        with log.open("a", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
        details = f" Details: {log}"
    sentence = f"vgviewer: this should not have happened ({type(error).__name__}: {error})."
    print(sentence + details, file=sys.stderr)
    return OUR_FAULT
