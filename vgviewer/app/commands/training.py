"""The Training menu."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry, Submenu

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
    Submenu(
        "more_steps",
        "&More Steps",
        (
            Command("step_10", "&10 Steps", "Make ten training steps", "live.step_10", ("Ctrl+Alt+.",)),
            Command(
                "step_100", "1&00 Steps", "Make a hundred training steps", "live.step_100", ("Ctrl+Shift+.",)
            ),
        ),
    ),
    Command(
        "reset",
        "&Reset",
        "Drop the run; the next one starts afresh",
        "live.reset",
        ("Ctrl+Shift+R",),
        "rotate-ccw",
    ),
    Command(
        "train_anew",
        "Train A&new",
        "Drop the run and train the network as it is now",
        "live.train_anew",
        ("Ctrl+Shift+T",),
        "rotate-ccw",
    ),
    SEPARATOR,
    Command(
        "slower", "S&lower", "Slow motion: take more time for a step", "live.slower", ("Ctrl+[",), "turtle"
    ),
    Command(
        "faster",
        "&Faster",
        "Take less time for a step, up to full speed",
        "live.faster",
        ("Ctrl+]",),
        "rabbit",
    ),
    SEPARATOR,
    Command("training", "Training S&ettings", "Optimizer, steps, clipping, loss", "show_training"),
    Command("thresholds", "Alert T&hresholds", "What is said, and from which size on", "show_thresholds"),
)
