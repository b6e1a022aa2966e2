"""Where the tour stops and what it says there, as data. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """`target` is the name of a pane, or a dotted name below the window."""

    target: str
    title: str
    text: str


STOPS = (
    Stop(
        "desk.network",
        "The network",
        "One block per layer, from the input to the output. A click selects a block, dragging moves it. While the "
        "network trains, a stripe at each block shows its gradient: blue has shrunk, red has grown.",
    ),
    Stop(
        "palette",
        "The palette",
        "Every kind of layer. Type a few letters and press Enter, or drag one onto the network. Everything can be "
        "taken back with Undo.",
    ),
    Stop(
        "inspector",
        "The inspector",
        "The settings of whatever is selected: a layer, the task, or the training. Each tooltip holds the formula and "
        "the limits; some settings can be turned while the network trains.",
    ),
    Stop(
        "top_bar.train",
        "Train",
        "Space starts and pauses. Step makes one training step at a time, and the slider slows everything down so "
        "that one can watch it happen.",
    ),
    Stop(
        "through-time",
        "The main picture",
        "How much of the gradient is left at each timestep, on its way back from the loss. Pale is unharmed, blue has "
        "shrunk, red has grown. The tabs hold more views; each says what it shows.",
    ),
    Stop(
        "alerts",
        "Alerts",
        "When a gradient vanishes or explodes, it says so here: where, why, and what may help. Try it trains "
        "the network with and without the remedy, side by side, and says whether it helps.",
    ),
    Stop(
        "status",
        "What is going on",
        "The line at the bottom always says it in words; the bell keeps what was said. F1 shows all keys, and "
        "Ctrl+Shift+P finds every command by a few letters.",
    ),
)
