"""No answer, however damaged, may become facts of the wrong shape, or fewer rows than the server counted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.packs.postgresql.answers import by_database, rows, share
from xunwei.parse import Unparsed
from xunwei.parse.engine import parse
from xunwei.words import Status

COLUMNS = {"name": "str", "bytes": "int?", "tags": "[str]?", "on": "bool"}
PACK = packs.load("postgresql")
SECTIONS = sorted(PACK.sections)
values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.lists(st.text(max_size=3), max_size=2)
)
lines = st.one_of(
    st.dictionaries(st.sampled_from([*COLUMNS, "other"]), values, max_size=5).map(json.dumps),
    st.sampled_from(
        ["-- 0 rows", "-- 1 rows", "-- 2 rows", "-- error 42501 no", '-- database "x"', '-- database "y"', "{"]
    ),
    st.text(max_size=30),
)


@given(st.lists(lines, max_size=6))
def test_rows_are_whole_or_nothing(parts: list[str]) -> None:
    text = "\n".join(parts)
    try:
        found = rows(text, COLUMNS)
    except Unparsed:
        return
    assert f"-- {len(found)} rows" in text
    assert all(set(row) == {*COLUMNS, "_line"} and isinstance(row["name"], str) for row in found)
    assert not any(isinstance(row["bytes"], bool) for row in found)


@given(st.lists(lines, max_size=8))
def test_a_database_that_was_not_asked_is_a_row_of_nulls(parts: list[str]) -> None:
    try:
        found = by_database("\n".join(parts), COLUMNS)
    except Unparsed:
        return
    for row in found:
        assert row["database"] in ("x", "y")
        assert row["name"] is not None or all(row[name] is None for name in COLUMNS)


@settings(max_examples=20)
@pytest.mark.parametrize("section", SECTIONS)
@given(text=st.one_of(st.text(max_size=200), st.lists(lines, max_size=5).map("\n".join)))
def test_no_parser_fails_or_makes_undeclared_facts(section: str, text: str) -> None:
    parsed = parse(PACK, section, text)
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason


@pytest.mark.parametrize("text", ["", "-- 1 rows", '{"name":"a","bytes":1,"tags":[],"on":true}', "[]\n-- 1 rows"])
def test_incomplete_answers_are_refused(text: str) -> None:
    with pytest.raises(Unparsed):
        rows(text, COLUMNS)


@pytest.mark.parametrize(
    "row",
    [
        '{"name":"a","bytes":1.5,"tags":[],"on":true}',
        '{"name":"a","bytes":true,"tags":[],"on":true}',
        '{"name":"a","bytes":NaN,"tags":[],"on":true}',
        '{"name":"a","bytes":1,"tags":[1],"on":true}',
        '{"name":"a","bytes":1,"tags":[],"on":1}',
        '{"name":null,"bytes":1,"tags":[],"on":true}',
        '{"name":"a","bytes":1,"bytes":2,"tags":[],"on":true}',
        '{"name":"a","bytes":99999999999999999999,"tags":[],"on":true}',
        '{"name":"a","bytes":1,"tags":[],"on":true,"more":1}',
        '{"name":"a","bytes":1,"tags":[]}',
    ],
)
def test_a_row_of_another_shape_is_refused(row: str) -> None:
    with pytest.raises(Unparsed):
        rows(f"{row}\n-- 1 rows\n", COLUMNS)


def test_a_database_twice_is_refused() -> None:
    block = '-- database "x"\n-- 0 rows\n'
    assert by_database(block, COLUMNS) == []
    with pytest.raises(Unparsed, match="twice"):
        by_database(block * 2, COLUMNS)


def test_share_has_no_answer_without_a_whole() -> None:
    assert (share(1, 3), share(0, 0), share(5, -1)) == (33.33, None, None)


@pytest.mark.parametrize("section", SECTIONS)
def test_an_empty_answer_is_never_collected(section: str) -> None:
    assert parse(PACK, section, "\n").status in (Status.EMPTY, Status.UNPARSED)
