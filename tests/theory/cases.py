"""Wide and deep networks whose gradients theory should foretell, and what the engine measures of them."""

from dataclasses import dataclass

import numpy as np

from tests.engine.cases import LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, Started
from vgviewer.theory import Measured, Prediction, measure, predict

WIDTH, DEPTH = 512, 30
READ = ("output_gradient", "transport", "gate")
WIDE = [  # activation, σ_w, σ_b, seeds; the ratio of relu layers spreads by 0.15 from seed to seed
    ("tanh", 0.8, 0.0, 1),
    ("tanh", 1.0, 0.05, 1),
    ("tanh", 1.327, 0.2236, 1),
    ("tanh", 1.8, 0.05, 1),
    ("tanh", 2.5, 0.3, 1),
    ("relu", 0.9, 0.0, 2),
    ("relu", 1.2, 0.1, 2),
    ("relu", 2**0.5, 0.0, 2),
    ("relu", 2**0.5, 0.2, 2),
    ("relu", 1.8, 0.1, 2),
    ("sigmoid", 1.0, 0.5, 1),
    ("sigmoid", 2.0, 0.0, 1),
    ("sigmoid", 3.0, 0.1, 1),
    ("sigmoid", 4.0, 1.0, 1),
    ("sigmoid", 6.0, 0.3, 1),
]
NORMALIZED = [("relu", 64), ("relu", 16), ("tanh", 64), ("sigmoid", 64)]  # activation, samples


@dataclass(frozen=True)
class Beside:
    """The prediction, and what was measured with several seeds."""

    predicted: Prediction
    measured: list[Measured]

    @property
    def expected(self) -> float:
        """log10 of the size at the first dense layer over that at the last."""
        return self._ratio(self.predicted.sizes)

    @property
    def ratios(self) -> list[float]:
        """The same as measured, for each seed."""
        return [self._ratio(one.sizes) for one in self.measured]

    @property
    def found(self) -> float:
        """Their mean."""
        return float(np.mean(self.ratios))

    def _ratio(self, sizes: np.ndarray) -> float:
        dense = [row for row, place in enumerate(self.predicted.places) if place.type == "dense"]
        return float(sizes[dense[0]] - sizes[dense[-1]])


def beside(case: Preset, seeds: int) -> Beside:
    """The first frame of each seed, beside the one prediction."""
    found = []
    for seed in range(seeds):
        experiment = experiment_of(case | {"training": case["training"] | {"seed": seed}})
        found.append(measure(*first_frame(experiment)))
    return Beside(predict(experiment_of(case)), found)


def first_frame(experiment: Experiment) -> tuple[Started, Frame]:
    trainer = engine.Trainer(experiment, READ)
    started = next(trainer.messages())
    assert isinstance(started, Started)
    return started, trainer.advance()[0]


def deep(activation: str, sigma_w: float, sigma_b: float, **training: int) -> Preset:
    """30 layers of 512 units on noise of variance 1."""
    init = {"type": "scaled_normal", "gain": sigma_w}
    bias = {"type": "normal", "std": sigma_b}
    settings = {"units": WIDTH, "activation": activation, "weight_init": init, "bias_init": bias}
    return _on_noise([layer("dense", number, **settings) for number in range(1, DEPTH + 1)], **training)


def normalized(activation: str, batch: int, width: int = WIDTH) -> Preset:
    """30 times dense, batch norm and activation, without skips."""
    layers = []
    for number in range(1, DEPTH + 1):
        layers += [
            layer("dense", number, units=width),
            layer("batch_norm", number),
            layer("activation", number, function=activation),
        ]
    return _on_noise(layers, batch_size=batch)


def recurrent(kind: str, length: int = 100, units: int = 128, **settings: object) -> Preset:
    """The adding problem, batches of 64."""
    task = {"type": "adding", "length": length}
    return preset(layer(kind, units=units, **settings), LAST, task=task, batch_size=64)


def _on_noise(layers: list[Preset], **training: int) -> Preset:
    task = {"type": "random", "features": WIDTH, "targets": 10}
    return preset(*layers, task=task, **({"batch_size": 16} | training))


ZEROS = {"type": "zeros"}
ORTHOGONAL = {"type": "orthogonal"}
IRNN = {"activation": "relu", "recurrent_init": {"type": "identity"}, "bias_init": ZEROS}
CELLS = {  # name → preset, reference factor per timestep (tests/engine/test_facts.py measures them)
    "tanh RNN": (recurrent("rnn"), 0.584),
    "relu RNN": (recurrent("rnn", activation="relu"), 0.417),
    "orthogonal RNN, biases 0": (recurrent("rnn", recurrent_init=ORTHOGONAL, bias_init=ZEROS), 0.980),
    "orthogonal RNN": (recurrent("rnn", recurrent_init=ORTHOGONAL), 0.948),
    "IRNN": (recurrent("rnn", **IRNN), 0.9998),
    "LSTM": (recurrent("lstm"), 0.639),
    "LSTM, forget bias 1": (recurrent("lstm", forget_bias=1.0), 0.865),
    "LSTM, forget bias 3": (recurrent("lstm", forget_bias=3.0), 1.014),
    "LSTM, forget bias 5": (recurrent("lstm", forget_bias=5.0), 1.031),
    "chrono LSTM": (recurrent("lstm", forget_bias={"type": "chrono", "t_max": 100}), 0.986),
    "GRU": (recurrent("gru"), 0.638),
    "GRU, update bias 3": (recurrent("gru", update_bias=3.0), 0.959),
}
