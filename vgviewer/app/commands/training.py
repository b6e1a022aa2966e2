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
        "compare",
        "&Compare…",
        "Train two to four networks side by side, or look at kept runs together",
        "comparing.choose",
        ("Ctrl+Shift+K",),
        "columns-2",
    ),
    Submenu(
        "look_back",
        "Look &Back",
        (
            Command("step_back", "Step &Back", "Show the step before", "runs.rewind.back", ("Alt+Left",)),
            Command("step_on", "Step &On", "Show the step after", "runs.rewind.on", ("Alt+Right",)),
            Command(
                "first_step", "&Earliest Step", "Show the first step", "runs.rewind.to_first", ("Alt+Home",)
            ),
            Command(
                "newest_step",
                "&Newest Step",
                "Show the newest step again, and what comes",
                "runs.rewind.to_newest",
                ("Alt+End",),
            ),
            SEPARATOR,
            Command(
                "play_back",
                "&Play or Stop",
                "Let the steps that were made go by",
                "runs.rewind.play_or_pause",
                ("Ctrl+Shift+Space",),
                "history",
            ),
            Command(
                "loop_back",
                "&Loop",
                "Begin again when the last step has been played",
                "runs.rewind.loop",
                (),
                "repeat",
                checkable=True,
            ),
            Command(
                "play_faster",
                "Play Fas&ter",
                "Play at twice the speed",
                "runs.rewind.faster",
                ("Ctrl+Shift+]",),
            ),
            Command(
                "play_slower",
                "Play Slo&wer",
                "Play at half the speed",
                "runs.rewind.slower",
                ("Ctrl+Shift+[",),
            ),
            SEPARATOR,
            Command(
                "bookmark",
                "Book&mark…",
                "Keep the step on show with some words, to come back to it",
                "runs.bookmark",
                ("Ctrl+B",),
                "bookmark",
            ),
            Command(
                "unmark", "&Remove Bookmark", "Forget the bookmark of the step on show", "runs.rewind.unmark"
            ),
            Command(
                "next_bookmark",
                "Ne&xt Bookmark",
                "Show the next step that has a bookmark",
                "runs.rewind.next_bookmark",
                ("Alt+PgDown",),
            ),
            Command(
                "previous_bookmark",
                "Pre&vious Bookmark",
                "Show the step before that has a bookmark",
                "runs.rewind.previous_bookmark",
                ("Alt+PgUp",),
            ),
        ),
    ),
    Command(
        "story_on",
        "Next in the Story",
        "Show the next bookmark while presenting",
        "runs.rewind.next_bookmark",
        ("Right", "PgDown"),
        hidden=True,
    ),
    Command(
        "story_back",
        "Back in the Story",
        "Show the bookmark before while presenting",
        "runs.rewind.previous_bookmark",
        ("Left", "PgUp"),
        hidden=True,
    ),
    Command(
        "resume_recording",
        "Record A&gain",
        "Go on recording this run after the disk was full",
        "runs.resume",
        hidden=True,
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
