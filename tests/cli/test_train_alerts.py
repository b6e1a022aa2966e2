"""What `vgviewer train` says of the alerts: verdict and reason, cause and remedies."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from tests.engine.cases import LAST, layer, preset
from vgviewer.cli import main
from vgviewer.cli.train import WIDTH

Capture = pytest.CaptureFixture[str]
PLACE = ["kind", "axis", "layer", "timestep", "step", "until"]
KEYS = [*PLACE, "severity", "value", "threshold", "message", "cause", "remedies"]


def forgetful(folder: Path, **settings: Any) -> str:
    file = folder / "case.vgnet.json"
    rnn = layer("rnn", units=16, **settings)
    still = {"type": "sgd", "lr": 1e-6}
    case = preset(rnn, LAST, task={"type": "adding", "length": 40}, steps=60, optimizer=still)
    file.write_text(json.dumps(case), encoding="utf-8")
    return str(file)


def refuse(text: str) -> float:
    raise AssertionError(f"{text} is no JSON")


def trained(file: str, capsys: Capture, *options: str) -> Any:
    assert main(["train", file, "--json", *options]) == 0
    return json.loads(capsys.readouterr().out, parse_constant=refuse)


def test_that_alerts_carry_their_cause_hop_by_hop_and_what_may_help(tmp_path: Path, capsys: Capture) -> None:
    report = trained(forgetful(tmp_path), capsys)
    found = next(
        alert for alert in report["alerts"] if (alert["kind"], alert["axis"]) == ("vanishing", "time")
    )
    assert set(KEYS) <= found.keys()
    assert (report["verdict"], report["reason"]) == ("vanishing", found["message"])
    assert "per timestep = activation" in found["cause"]["text"]
    assert len(found["cause"]["hops"]) == 20
    for hop in found["cause"]["hops"]:
        assert list(hop) == ["start", "layer", "timestep", "gain", "factors", "detour", "shares"]
        assert math.prod(hop["factors"].values()) == pytest.approx(hop["gain"], rel=1e-6)
        assert sum(hop["shares"].values()) == pytest.approx(1)
    assert found["remedies"]
    assert all(list(remedy) == ["id", "title"] and all(remedy.values()) for remedy in found["remedies"])


def test_that_ratios_that_nobody_knows_are_null(tmp_path: Path, capsys: Capture) -> None:
    dead = {"activation": "relu", "bias_init": {"type": "constant", "value": -100.0}}
    report = trained(forgetful(tmp_path, **dead), capsys)
    found = next(
        alert for alert in report["alerts"] if (alert["kind"], alert["axis"]) == ("vanishing", "time")
    )
    assert found["cause"]["hops"][0]["factors"] == {"activation": 0.0, "weights": None, "injection": None}
    assert "W_hh n/a" in found["cause"]["text"]


def test_that_the_plain_report_gives_reason_cause_and_three_remedies(tmp_path: Path, capsys: Capture) -> None:
    file = forgetful(tmp_path)
    report = trained(file, capsys)
    assert main(["train", file]) == 0
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert lines[0] == "vanishing after 60 steps"
    assert max(map(len, lines)) <= WIDTH
    told = re.sub(r"[ \n]+", " ", printed)  # and no other white space: "1 %" is not broken
    assert report["reason"] in told
    for alert in report["alerts"]:
        titles = [remedy["title"] for remedy in alert["remedies"]]
        assert f"{alert['title']}: {alert['severity']}, raised at step {alert['step']}" in lines
        assert told.count(alert["message"]) == 1
        assert f"why {alert['cause']['text']}" in told if alert["cause"] else True
        assert all(f"{number}. {title}" in told for number, title in enumerate(titles[:3], start=1))
    assert "4. " not in printed


def test_that_gradients_that_are_not_looked_at_are_not_called_healthy_for_a_reason(
    tmp_path: Path, capsys: Capture
) -> None:
    report = trained(forgetful(tmp_path), capsys, "--no-capture", "--steps", "8")
    assert report["alerts"] == []
    assert report["reason"] == "The gradients were not looked at."
