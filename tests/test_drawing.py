"""The picture of how cost grows: every size stands in it, and the bar of what an article may cost."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.drawing import draw_growth
from benchmarks.scale import Cost, _keep

COSTS = (Cost(100, 22.8, 14.7, 8.1, 5, 289.0), Cost(1_000, 197.0, 122.2, 65.1, 5, 741.0))


def places(drawn: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)]


def test_a_larger_size_stands_to_the_right_and_a_higher_cost_above() -> None:
    drawn = draw_growth([(100, 200.0), (1_000, 250.0), (10_000, 230.0)], 1.3)
    ElementTree.fromstring(drawn)
    (x1, y1), (x2, y2), (x3, y3) = places(drawn)
    assert x1 < x2 < x3
    assert abs((x2 - x1) - (x3 - x2)) < 0.2, "ten times more is one step"
    assert y2 < y3 < y1
    assert all(f">{words}</text>" in drawn for words in ("100", "1,000", "10,000", "200", "250", "230"))


def test_one_size_alone_can_be_drawn() -> None:
    assert len(places(draw_growth([(100, 200.0)], 1.3))) == 1


def test_the_table_holds_what_was_measured_and_the_picture_stands_beside_it(tmp_path: Path) -> None:
    _keep(COSTS, tmp_path / "scale.tsv")
    header, *rows = (tmp_path / "scale.tsv").read_text().splitlines()
    assert header.split("\t") == ["articles", "cpu", "build", "addition", "read", "memory"]
    assert rows[1].split("\t") == ["1000", "197.0", "122.2", "65.1", "5", "741.0"]
    assert (tmp_path / "scale.svg").read_text() == draw_growth([(100, 228.0), (1_000, 197.0)], 1.3)
