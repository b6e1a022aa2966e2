"""Every recipe of CONTRIBUTING.md applies to the tree as it is, and what it adds works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = ("vgviewer", "tests", "resources", "pyproject.toml", "CONTRIBUTING.md")
RECIPE = re.compile(r"^### Add a (\w+)$(?:(?!^###).)*?^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES: dict[str, str] = dict(RECIPE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
CATALOGUE_TESTS = (
    "tests/network/test_layers.py",
    "tests/engine/test_gradients_exact.py",
    "tests/engine/test_probe.py",
    "tests/tasks/test_tasks.py",
    "tests/diagnosis/test_rules.py",
    "tests/diagnosis/test_remedies.py",
    "tests/app/test_views.py",
)
OF_THE_RECIPES = (
    "catalogue or scale- or scale] or majority or update_ratio or weight_decay or quantity or hidden "
    "or weights"
)

# The checks run in a process of their own, in a copy to which a recipe was applied. Their imports stand inside,
# so that the check of a task does not wait for torch.


def a_layer_trains() -> None:
    import numpy as np

    from tests.engine.cases import SPIRALS, layer, preset
    from tests.engine.comparison import experiment_of
    from vgviewer import engine
    from vgviewer.network import LAYERS
    from vgviewer.resources import RESOURCES

    assert "scale" in [kind.model_fields["type"].default for kind in LAYERS]
    assert (RESOURCES / "icons" / "layer-scale.svg").is_file()
    experiment = experiment_of(preset(layer("scale", factor=-0.5), task=SPIRALS, steps=1))
    *_, finished = engine.train(experiment)
    assert (finished.step, finished.reason) == (1, "done")
    found = engine.gradients(experiment)
    np.testing.assert_array_equal(found["output/scale1"], -0.5 * found["x"])


def a_task_draws_a_batch() -> None:
    import numpy as np

    from vgviewer.tasks import TASKS, batches

    (kind,) = (kind for kind in TASKS if kind.model_fields["type"].default == "majority")
    x, y = next(batches(kind.model_validate({"length": 8}), 64, seed=0))
    assert x.shape == (64, 8, 1)
    np.testing.assert_array_equal(y, x.sum(axis=(1, 2)) > 0)
    assert set(y) == {0, 1}


def a_rule_speaks_and_is_silent() -> None:
    from vgviewer.diagnosis import Watch
    from vgviewer.diagnosis.rules import RULES

    (rule,) = (rule for rule in RULES if (rule.kind, rule.axis) == ("cut_off", "depth"))
    assert rule.judge(rule.healthy, rule.threshold) is None
    watch = Watch(rule.sick.started)
    for _ in range(rule.persistence):
        assert not watch.alerts
        watch.judge(rule.sick.frame)
    assert [alert.title for alert in watch.alerts] == ["Gradient cut off with depth, dense2"]


def a_remedy_is_offered() -> None:
    from dataclasses import replace

    from vgviewer.diagnosis.patients import deep
    from vgviewer.diagnosis.remedies import offers

    sick = deep("relu", "weights_growing", axis=None)
    before, after = offers(replace(sick, alert=replace(sick.alert, kind="exploding"))), offers(sick)
    assert "weight_decay" not in [offer.id for offer in before]
    (offer,) = (offer for offer in after if offer.id == "weight_decay")
    training = offer.experiment.training
    assert training.optimizer.weight_decay == 0.01
    assert training.replace(optimizer=sick.experiment.training.optimizer) == sick.experiment.training


def a_quantity_is_in_a_frame() -> None:
    import numpy as np

    from tests.engine.cases import LAST, layer, preset
    from tests.engine.comparison import experiment_of
    from vgviewer import engine

    _, frame, *_ = engine.train(experiment_of(preset(layer("lstm", units=3), LAST, steps=1)))
    sizes = frame.readings["state"]
    assert sizes.shape == (3, 20)
    assert np.isfinite(sizes[0]).all()
    assert np.isnan(sizes[1:]).all()


def a_view_draws_a_history() -> None:
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from tests.app.frames_by_hand import vanishing_history
    from vgviewer.app import theme
    from vgviewer.app.views import VIEWS

    theme.apply(QApplication([]), theme.LIGHT)
    view = VIEWS["weights-training"]()
    view.resize(640, 300)
    view.show()
    view.set_history(vanishing_history(20))
    assert view.caption_at(5, 3.5) == "rnn1, step 5: 1.0 of its first size"
    at = view.plot.mapTo(view, view.plot.position_of(5, 3.5).toPoint())
    unchanged = view.scale.colors(np.zeros(1))[0]
    assert view.grab().toImage().pixelColor(at).getRgb() == tuple(unchanged)


CHECKS = {
    "layer": a_layer_trains,
    "task": a_task_draws_a_batch,
    "rule": a_rule_speaks_and_is_silent,
    "remedy": a_remedy_is_offered,
    "quantity": a_quantity_is_in_a_frame,
    "view": a_view_draws_a_history,
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a recipe may change and a check reads."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in READ:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=unwanted)
        else:
            shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(copy: Path, *command: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program in the copy, which is no part of any repository around it."""
    around = os.environ | {"GIT_CEILING_DIRECTORIES": str(copy.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=copy, env=around, input=given, capture_output=True, text=True, check=False
    )


def apply(copy: Path, what: str) -> None:
    done = run(copy, "git", "apply", "-", given=RECIPES[what])
    assert done.returncode == 0, f"the recipe for a {what} no longer applies:\n{done.stderr}"


def check(copy: Path, what: str) -> subprocess.CompletedProcess[str]:
    code = f"from tests.house.test_recipes import CHECKS; CHECKS[{what!r}]()"
    return run(copy, sys.executable, "-c", code)


def test_that_there_is_a_recipe_for_each_of_the_six_commonest_additions() -> None:
    assert RECIPES.keys() == CHECKS.keys()


@pytest.mark.parametrize("what", CHECKS)
def test_that_a_recipe_applies_and_its_addition_works(copy: Path, what: str) -> None:
    apply(copy, what)
    done = check(copy, what)
    assert done.returncode == 0, done.stderr


def test_that_a_check_fails_where_its_recipe_was_not_applied(copy: Path) -> None:
    done = check(copy, "task")
    assert done.returncode == 1
    assert "ValueError: not enough values to unpack" in done.stderr


def test_that_all_recipes_together_pass_the_checks_of_the_house(copy: Path) -> None:
    for what in RECIPES:
        apply(copy, what)
    python = Path(sys.executable)
    touched = re.findall(r"^\+\+\+ b/(.*\.py)$", "".join(RECIPES.values()), re.MULTILINE)
    for command in (
        (python, "-m", "ruff", "format", "--check", "--no-cache", *touched),
        (python, "-m", "ruff", "check", "--no-cache", *touched),
        (python.with_name("lint-imports"), "--no-cache"),
        (python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *CATALOGUE_TESTS, "-k", OF_THE_RECIPES),
    ):
        done = run(copy, *map(str, command))
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
