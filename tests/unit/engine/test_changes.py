"""Growth of counters is never negative or absurd; a course needs enough of itself; days left are honest."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunwei.evaluate import changes
from xunwei.evaluate.changes import fit, growth
from xunwei.pack import Counters, Section, Trend
from xunwei.pack.shape import build, with_changes

FACTS = {"ports": [{"name": "str", "errors": "int?"}], "pools": [{"name": "str", "used": "float?"}]}
COUNTERS = (Counters("ports", "name", ("errors",)),)
TRENDS = (Trend("pools", "name", "used", 100.0),)
SECTION = Section(
    "s", {}, ("ask",), build(FACTS, "s"), build(with_changes(FACTS, COUNTERS, TRENDS, "s"), "s"),
    counters=COUNTERS, trends=TRENDS,
)  # fmt: skip


def at(day: float) -> str:
    return (dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(days=day)).isoformat()


def facts(errors: int | None = None, used: float | None = None, name: str = "p1") -> dict[str, Any]:
    return {"ports": [{"name": name, "errors": errors}], "pools": [{"name": name, "used": used}]}


def seen(day: float, **values: Any) -> dict[str, Any]:
    return {"time": at(day), "values": changes.course(SECTION, facts(**values))}


def test_the_first_run_knows_no_growth_and_no_course() -> None:
    now = facts(7, 50.0)
    changes.add(SECTION, now, at(0), [])
    assert now["delta_seconds"] is None
    assert now["ports"][0]["delta"] == {"errors": None}
    assert now["pools"][0]["trend"]["used"] == {"per_day": None, "days_left": None, "days_seen": None}
    assert SECTION.shape.problem(now) is None


def test_growth_since_the_last_run_only() -> None:
    now = facts(120)
    changes.add(SECTION, now, at(14), [seen(7, errors=100), seen(0, errors=10)])
    assert now["delta_seconds"] == 7 * 86400
    assert now["ports"][0]["delta"]["errors"] == 20


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (100, 120, 20), (100, 100, 0), (100, 3, 3), (4294967290, 10, 10), (1000, 999, None), (0, 0, 0),
        (None, 5, None), (5, None, None), (-1, 5, None), (5, -1, None), (18446744073709551615, 7, 7),
    ],
)  # fmt: skip
def test_resets_wraps_and_steps_back(before: int | None, after: int | None, expected: int | None) -> None:
    assert growth(before, after) == expected


@given(st.integers(0, 2**64), st.integers(0, 2**64))
def test_growth_is_never_negative_and_never_more_than_the_counter(before: int, after: int) -> None:
    found = growth(before, after)
    assert found is None or 0 <= found <= after


def test_two_items_of_one_name_are_not_compared() -> None:
    now = {"ports": [{"name": "x", "errors": 5}, {"name": "x", "errors": 900}], "pools": []}
    changes.add(SECTION, now, at(7), [seen(0, errors=1, name="x")])
    assert [p["delta"]["errors"] for p in now["ports"]] == [None, None]


def test_a_new_item_has_no_growth() -> None:
    now = facts(5, name="new")
    changes.add(SECTION, now, at(7), [seen(0, errors=1)])
    assert now["ports"][0]["delta"]["errors"] is None


def test_what_lies_in_the_future_is_not_the_past() -> None:
    now = facts(5)
    changes.add(SECTION, now, at(7), [seen(9, errors=1)])
    assert now["delta_seconds"] is None


def test_days_until_full() -> None:
    now = facts(used=80.0)
    changes.add(
        SECTION, now, at(28), [seen(21, used=75.0), seen(14, used=70.0), seen(7, used=65.0), seen(0, used=60.0)]
    )
    trend = now["pools"][0]["trend"]["used"]
    assert trend["per_day"] == pytest.approx(5 / 7, abs=1e-4)
    assert trend["days_left"] == pytest.approx(28.0, abs=0.1)
    assert trend["days_seen"] == 28


def test_one_odd_week_does_not_turn_the_course() -> None:
    points = [(0.0, 60.0), (7.0, 61.0), (14.0, 99.0), (21.0, 63.0), (28.0, 64.0)]
    assert fit(points, 100.0)["per_day"] == pytest.approx(1 / 7, abs=0.02)


@pytest.mark.parametrize(
    ("points", "left"),
    [
        ([(0.0, 50.0), (7.0, 50.0), (14.0, 50.0)], None),
        ([(0.0, 50.0), (7.0, 45.0), (14.0, 40.0)], None),
        ([(0.0, 98.0), (7.0, 99.0), (14.0, 100.0)], 0.0),
        ([(0.0, 50.0), (7.0, 60.0)], None),
        ([(0.0, 50.0), (0.1, 60.0), (0.2, 70.0)], None),
    ],
)
def test_no_course_no_days(points: list[tuple[float, float]], left: float | None) -> None:
    assert fit(points, 100.0)["days_left"] == left


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 100)), max_size=26))
def test_days_left_are_never_negative(points: list[tuple[float, float]]) -> None:
    left = fit(points, 100.0)["days_left"]
    assert left is None or left >= 0
