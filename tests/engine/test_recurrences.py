"""Each recurrence against an unroll by autograd in float64, written down timestep by timestep. Time first."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import torch
from torch import Tensor

from tests.engine.comparison import FLOAT32_BOUND, FLOAT64_BOUND, error
from vgviewer.engine.recurrent import RECURRENCES, Tape, timesteps

BOUND = {torch.float32: FLOAT32_BOUND, torch.float64: FLOAT64_BOUND}
GATES = {"rnn": 1, "echo_state": 1, "lstm": 4, "gru": 3}
PHI: dict[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "linear": lambda z: 1 * z,
}


@dataclass(frozen=True)
class Case:
    kind: str
    timesteps: int = 9
    batch: int = 4
    features: int = 3
    units: int = 5
    truncate: int | None = None
    activation: str = "tanh"
    leak: float = 1.0
    peephole: bool = False
    everywhere: bool = True  # whether every timestep is given a gradient from above, or the last one only
    gain: float = 1.0
    dtype: torch.dtype = torch.float64

    def tape(self) -> Tape:
        return Tape(self.activation, self.truncate, self.leak)

    def drawn(self) -> tuple[Tensor, list[Tensor], Tensor]:
        """x, the weights in the recurrences' order, and what the layer above gives."""
        rng = torch.Generator().manual_seed(4)
        rows = GATES[self.kind] * self.units
        shapes = [(rows, self.features), (rows, self.units), (rows,), (rows,)]
        if self.peephole:
            shapes.append((3, self.units))
        weights = [self.gain * torch.randn(shape, generator=rng) / self.units**0.5 for shape in shapes]
        x = torch.randn(self.timesteps, self.batch, self.features, generator=rng)
        direct = torch.randn(self.timesteps, self.batch, self.units, generator=rng)
        if not self.everywhere:
            direct[:-1] = 0
        return x.to(self.dtype), [weight.to(self.dtype) for weight in weights], direct.to(self.dtype)


@dataclass
class Unroll:
    """The same in float64, with everything that a tape promises as a leaf of its own or with its gradient kept."""

    case: Case
    kept: dict[str, list[Tensor]] = field(default_factory=dict)

    def keep(self, name: str, value: Tensor) -> Tensor:
        value.retain_grad()
        self.kept.setdefault(name, []).append(value)
        return value

    def run(self) -> tuple[dict[str, Tensor], list[Tensor]]:
        """The arrays of a tape (T, B, ·), and the gradients of x and of the weights."""
        x, weights, direct = self.case.drawn()
        leaves = [leaf.double().requires_grad_() for leaf in (x, *weights)]
        x, (w_ih, w_hh, b_ih, b_hh, *more) = leaves[0], leaves[1:]
        h = c = torch.zeros(self.case.batch, self.case.units, dtype=torch.float64)
        loss = torch.zeros((), dtype=torch.float64)
        injected = []
        for t in range(self.case.timesteps):
            if self.case.truncate and t % self.case.truncate == 0:
                h, c = h.detach(), c.detach()
            entering = x[t] @ w_ih.T + b_ih
            hidden = self.keep("delta_hidden", h @ w_hh.T + b_hh)
            h, c = getattr(self, "_" + self.case.kind)(entering, hidden, h, c, more)
            self.keep("state", h)
            given = (h * direct[t]).sum()
            injected.append(
                torch.autograd.grad(given, c if self.case.kind == "lstm" else h, retain_graph=True)[0]
            )
            loss = loss + given
        for value in (value for values in self.kept.values() for value in values):
            value.grad = None  # what `injected` has left
        loss.backward()
        found = {"injected": torch.stack(injected)}
        for name, values in self.kept.items():
            found[name] = torch.stack([value.detach() for value in values])
            found[name + " gradient"] = torch.stack([_gradient(value) for value in values])
        return found, [_gradient(leaf) for leaf in leaves]

    def _rnn(
        self, entering: Tensor, hidden: Tensor, h: Tensor, c: Tensor, more: list[Tensor]
    ) -> tuple[Tensor, Tensor]:
        new = PHI[self.case.activation](entering + hidden)
        return (1 - self.case.leak) * h + self.case.leak * new, c

    _echo_state = _rnn

    def _gru(
        self, entering: Tensor, hidden: Tensor, h: Tensor, c: Tensor, more: list[Tensor]
    ) -> tuple[Tensor, Tensor]:
        (in_r, in_z, in_n), (to_r, to_z, to_n) = entering.chunk(3, 1), hidden.chunk(3, 1)
        r = torch.sigmoid(self.keep("z_r", in_r + to_r))
        z = torch.sigmoid(self.keep("z_z", in_z + to_z))
        n = torch.tanh(self.keep("z_n", in_n + r * to_n))
        return (1 - z) * n + z * h, c

    def _lstm(
        self, entering: Tensor, hidden: Tensor, h: Tensor, c: Tensor, more: list[Tensor]
    ) -> tuple[Tensor, Tensor]:
        p_i, p_f, p_o = more[0] if more else torch.zeros(3, 1, dtype=torch.float64)
        to_i, to_f, to_g, to_o = (entering + hidden).chunk(4, 1)
        i = torch.sigmoid(self.keep("z_i", to_i + p_i * c))
        f = torch.sigmoid(self.keep("z_f", to_f + p_f * c))
        g = torch.tanh(self.keep("z_g", to_g))
        new = self.keep("cell", f * c + i * g)
        o = torch.sigmoid(self.keep("z_o", to_o + p_o * new))
        return o * torch.tanh(new), new


def _gradient(x: Tensor) -> Tensor:
    return torch.zeros_like(x) if x.grad is None else x.grad


def ours(case: Case) -> tuple[Tape, list[Tensor]]:
    """The tape after one pass, and the gradients of x and of the weights."""
    x, weights, direct = case.drawn()
    leaves = [leaf.requires_grad_() for leaf in (x, *weights)]
    tape = case.tape()
    states = RECURRENCES[case.kind].apply(leaves[0], tape, *leaves[1:])
    gradients = torch.autograd.grad((states * direct).sum(), leaves)
    assert torch.equal(states.detach(), tape.states)
    return tape, list(gradients)


def assert_equal(found: Tensor, expected: Tensor, bound: float, what: str) -> None:
    off = error(found.detach().numpy(), expected.numpy(), 1e-30)
    assert off <= bound, f"{what} is off by {off:.1e}"


def assert_exact(case: Case) -> None:
    tape, gradients = ours(case)
    expected, expected_gradients = Unroll(case).run()
    bound = BOUND[case.dtype]
    assert_equal(tape.states, expected["state"], bound, "states")
    assert_equal(tape.state_gradient, expected["state gradient"], bound, "state_gradient")
    assert_equal(tape.delta_hidden, expected["delta_hidden gradient"], bound, "delta_hidden")
    if case.kind == "lstm":
        assert tape.cell is not None
        assert tape.cell_gradient is not None
        assert_equal(tape.cell, expected["cell"], bound, "cell")
        assert_equal(tape.cell_gradient, expected["cell gradient"], bound, "cell_gradient")
    assert (
        list(tape.gates)
        == list(tape.gate_gradients)
        == {"lstm": [*"ifgo"], "gru": [*"rzn"]}.get(case.kind, [])
    )
    for gate, gradient in tape.gate_gradients.items():
        squash = torch.tanh if gate in "gn" else torch.sigmoid
        assert_equal(tape.gates[gate], squash(expected[f"z_{gate}"]), bound, gate)
        assert_equal(gradient, expected[f"z_{gate} gradient"], bound, f"gradient of {gate}")
    names = ("x", "weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_peephole")
    for name, found, right in zip(names, gradients, expected_gradients, strict=False):
        assert_equal(found, right, bound, name)
    assert len(gradients) == len(expected_gradients)
    chain = expected["cell gradient" if case.kind == "lstm" else "state gradient"]
    apart = (tape.arriving - (chain - expected["injected"])).abs().amax((1, 2))
    assert (apart <= bound * chain.abs().amax((1, 2))).all()


KINDS = [Case("rnn"), Case("gru"), Case("lstm"), Case("lstm", peephole=True), Case("echo_state", leak=0.3)]


def named(case: Case) -> str:
    return (
        " ".join(f"{key}={value}" for key, value in vars(case).items() if value != getattr(Case("rnn"), key))
        or "rnn"
    )


def changed(case: Case, **settings: object) -> Case:
    return Case(**(vars(case) | settings))  # type: ignore[arg-type]


EXACT = [
    *(
        changed(case, everywhere=everywhere, truncate=cut)
        for case in KINDS
        for everywhere in (True, False)
        for cut in (None, 1, 4)
    ),
    *(changed(case, timesteps=1) for case in KINDS),
    *(changed(case, timesteps=2, batch=1, units=1, features=1) for case in KINDS),
    *(Case("rnn", activation=activation) for activation in ("relu", "sigmoid", "linear")),
    *(Case("echo_state", activation=activation, leak=leak) for activation in PHI for leak in (0.05, 0.9)),
]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("case", EXACT, ids=named)
def test_that_a_recurrence_is_that_of_an_unroll(case: Case, dtype: torch.dtype) -> None:
    assert_exact(changed(case, dtype=dtype, gain=0.7))


@pytest.mark.parametrize("length", [1, 2, 4])
@pytest.mark.parametrize("case", KINDS, ids=named)
def test_that_chunks_join(case: Case, length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timesteps, "CHUNK", length * case.batch * case.units)
    assert_exact(changed(case, truncate=3))


@pytest.mark.parametrize("case", KINDS, ids=named)
def test_that_the_same_pass_gives_the_same_bits(case: Case) -> None:
    first, second = (ours(changed(case, dtype=torch.float32, timesteps=40, units=33)) for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(first[1], second[1], strict=True))
    assert torch.equal(first[0].delta_hidden, second[0].delta_hidden)


@pytest.mark.parametrize("case", KINDS, ids=named)
def test_that_a_pass_leaves_the_arrays_of_an_earlier_one_alone(case: Case) -> None:
    x, weights, _ = case.drawn()
    tape = case.tape()
    run = RECURRENCES[case.kind].apply
    (run(x.requires_grad_(), tape, *weights) ** 2).sum().backward()
    earlier = [tape.states, tape.state_gradient, tape.delta_hidden, *tape.gates.values()]
    copies = [array.clone() for array in earlier]
    (run(2 * x, tape, *weights) ** 3).sum().backward()
    assert all(torch.equal(a, b) for a, b in zip(earlier, copies, strict=True))
    assert not torch.equal(tape.states, copies[0])


@pytest.mark.parametrize("case", KINDS, ids=named)
def test_that_what_is_not_finite_passes_without_a_warning(case: Case) -> None:
    x, weights, _ = case.drawn()
    x[3, 0, 0] = torch.inf
    x[5, 1, 1] = torch.nan
    tape = case.tape()
    states = RECURRENCES[case.kind].apply(x.requires_grad_(), tape, *weights)
    states.sum().backward()
    assert states[:3].isfinite().all()
    assert states[-1].isnan().any()
    assert tape.state_gradient.isnan().any()


def test_that_small_states_keep_their_digits() -> None:
    """tanh near 0 has a small result: no digit may be lost against 1."""
    for case in KINDS:
        assert_exact(changed(case, gain=1e-4, dtype=torch.float32))
