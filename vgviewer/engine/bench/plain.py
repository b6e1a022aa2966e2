"""The same networks as anybody would write them down in torch, with nothing looked at."""

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as f

from vgviewer.engine.train import Trainer
from vgviewer.experiment import Experiment
from vgviewer.network.layers.dense import Dense
from vgviewer.network.recurrence import Recurrent
from vgviewer.tasks import Pair, batches

RECURRENT: dict[str, Callable[[int, int], nn.Module]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
DRAWN_BATCHES = 8  # drawn beforehand, so that no random numbers are measured


class Plain(nn.Module):
    """Recurrent layers, the last timestep, relu layers and a linear head, out of torch.nn; time first."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        torch.set_num_threads(1)
        self.recurrent = nn.ModuleList()
        self.rows = nn.Sequential()
        features = experiment.task.inputs().features
        for layer in experiment.network.layers:
            if isinstance(layer, Recurrent):
                self.recurrent.append(RECURRENT[layer.type](features, layer.units))
                features = layer.units
            elif isinstance(layer, Dense):
                self.rows += nn.Sequential(nn.Linear(features, layer.units), nn.ReLU())
                features = layer.units
        self.rows.append(nn.Linear(features, experiment.answer.features))
        self.optimizer = torch.optim.SGD(self.parameters(), lr=experiment.training.optimizer.lr)
        self.batches = drawn(experiment)

    def forward(self, x: Tensor) -> Tensor:
        """x (T, B, F) or (B, F) → (B, K)."""
        for layer in self.recurrent:
            x = layer(x)[0]
        answer: Tensor = self.rows(x[-1] if len(self.recurrent) else x)
        return answer

    def step(self) -> None:
        """One training step."""
        x, y = (torch.from_numpy(array) for array in next(self.batches))
        answer = self(x.transpose(0, 1).contiguous() if x.dim() == 3 else x)
        loss = f.mse_loss(answer, y) if y.is_floating_point() else f.cross_entropy(answer, y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


def drawn(experiment: Experiment) -> Iterator[Pair]:
    """A few batches of the experiment, over and over."""
    training = experiment.training
    return cycle(islice(batches(experiment.task, training.batch_size, training.seed), DRAWN_BATCHES))


def trainer(experiment: Experiment, **settings: Any) -> Trainer:
    """Our side of the pair, on the same batches."""
    ours = Trainer(experiment, **settings)
    ours.batches = drawn(experiment)
    return ours
