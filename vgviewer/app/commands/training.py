"""The Training menu."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry

TRAINING: tuple[Entry, ...] = (
    Command(
        "train",
        "&Train",
        "Train the network, or pause (Space)",
        "live.train_or_pause",
        ("Ctrl+R", "Space"),
        "play",
    ),
    Command("step", "&Step", "Make one training step", "live.step", ("Ctrl+.",), "step-forward"),
    Command(
        "reset",
        "&Reset",
        "Drop the run; the next one starts afresh",
        "live.reset",
        ("Ctrl+Shift+R",),
        "rotate-ccw",
    ),
    SEPARATOR,
    Command("training", "Training S&ettings", "Optimizer, steps, clipping, loss", "show_training"),
)
