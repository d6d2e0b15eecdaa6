"""The charts of the dashboard: round marks, and figures that are not cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.views.reports.charts import RankedBars, round_marks


@pytest.mark.parametrize(
    ("top", "marks"),
    [
        (0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (238_000, [0, 50_000, 100_000, 150_000, 200_000, 250_000]),
        (10, [0, 2, 4, 6, 8, 10]),
        (1_050_000, [0, 250_000, 500_000, 750_000, 1_000_000, 1_250_000]),
    ],
)
def test_marks_are_round_and_reach_the_top(top: float, marks: list[float]) -> None:
    assert round_marks(top) == pytest.approx(marks)


@pytest.mark.parametrize("width", [320, 700])
def test_the_longest_figure_fits_beside_its_bar(desk: QApplication, qtbot: QtBot, width: int) -> None:
    chart = RankedBars()
    qtbot.addWidget(chart)
    chart.resize(width, 200)
    chart.show()
    chart.show_rows([("Wardrobe", 161_000.0, "¥161,000,000"), ("Desk", 10.0, "¥10")])
    chart.grab()  # the plot places its labels when it is painted
    labels = [item for item in chart._plot.getPlotItem().items if hasattr(item, "toPlainText")]
    assert labels[0].toPlainText() == "¥161,000,000"
    figure = labels[0].textItem
    assert 0 < figure.mapRectToScene(figure.boundingRect()).right() <= chart._plot.width()
