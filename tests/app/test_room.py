"""Room for an alert that is unfolded."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.app.filled import filled_window, seen, settle


def test_that_an_unfolded_alert_leaves_the_inspector_enough_to_be_used(
    qapp: QApplication, tmp_path: Path
) -> None:
    with filled_window(tmp_path, size=(1024, 768)) as window:
        inspector, alerts = (window.desk.panes[name] for name in ("inspector", "alerts"))
        assert seen(inspector)
        before = alerts.height()
        window.desk.alerts.unfolded.emit(True)
        settle(window)
        assert alerts.height() > before
        assert inspector.height() >= 120
        window.desk.alerts.unfolded.emit(False)
        settle(window)
        assert alerts.height() == before
