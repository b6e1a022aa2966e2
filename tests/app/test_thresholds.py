"""The alerts' settings: a field for each kind, off, by default or with a threshold, in and out of the file's form."""

import pytest

from tests.app.runs_by_hand import experiment
from vgviewer.app.editor.forms import entries
from vgviewer.app.editor.thresholds import MEANINGS, AlertSettings, alert_settings, with_alerts
from vgviewer.diagnosis.alert import TITLES
from vgviewer.diagnosis.rules import RULES
from vgviewer.experiment import Thresholds


def test_that_there_is_a_field_with_a_meaning_for_each_kind() -> None:
    assert [entry.name for entry in entries(AlertSettings)] == list(TITLES)
    assert set(MEANINGS) == set(TITLES)


def test_that_a_threshold_of_ones_own_begins_where_the_rule_has_it() -> None:
    for entry in entries(AlertSettings):
        own = [form for form in entry.forms if form.sort == "number"]
        assert len(own) == (0 if entry.name == "non_finite" else 1)
        if own:
            assert own[0].start in {rule.threshold for rule in RULES if rule.kind == entry.name}
            assert f"{own[0].start:g}" in entry.forms[0].label


@pytest.mark.parametrize("said", ["off", Thresholds(ratio=0.25)])
def test_that_what_the_file_says_is_shown_and_written_back(said: object) -> None:
    asked = experiment().replace(alerts={"saturated": said})
    settings = alert_settings(asked)
    assert with_alerts(experiment(), settings) == asked
    assert with_alerts(asked, settings) == asked
    assert with_alerts(asked, settings.replace(saturated="default")) == experiment()


def test_that_a_threshold_that_is_of_no_use_stays_in_the_file() -> None:
    asked = experiment().replace(alerts={"non_finite": Thresholds(ratio=2.0)})
    settings = alert_settings(asked)
    assert settings.model_dump()["non_finite"] == "default"
    edited = with_alerts(asked, settings.replace(vanishing="off"))
    assert edited.alerts == {"non_finite": Thresholds(ratio=2.0), "vanishing": "off"}
