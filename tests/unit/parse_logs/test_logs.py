"""Clustering of log lines: nothing personal stays, the order does not matter, ids stay what they were."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunwei.parse.logs import Line, cluster, mask


@pytest.mark.parametrize(
    ("message", "absent"),
    [
        (
            "2026-11-25 12:00:00.123 ERROR [http-nio-8080-exec-3] c.e.A - saved 张三 41040119900101123X 13800001111",
            "张三",
        ),
        ("ERROR id=41040119900101123X phone 13800001111", "1990"),
        ('ERROR {"name":"李四四","phone":"13900002222"}', "李四四"),
        ("ERROR 申请人:欧阳某某, 地址：某市某区", "欧阳"),
        ("ERROR mail to someone.else@portal.example failed", "someone"),
        ("ERROR client 192.0.2.77:51234 at /data/upload/2026/id-card.jpg", "id-card"),
        ("ERROR order 'AB-0001' of 7f3b2a10-0000-4000-8000-00000000abcd", "AB-0001"),
        ("ERROR GET http://portal.example/person?name=x", "person?"),
    ],
)
def test_nothing_personal_stays(message: str, absent: str) -> None:
    assert absent not in mask(message)


def test_lines_that_say_the_same_are_one_pattern() -> None:
    lines = [
        Line(
            "ERROR",
            f"2026-11-25 12:00:{n:02} ERROR [exec-{n}] c.e.Dao - no connection to 192.0.2.{n} after {n * 7} ms",
            n + 1,
        )
        for n in range(30)
    ]
    lines += [Line("WARN", "2026-11-25 12:01:00 WARN [main] c.e.Pool - pool is nearly used up", 31)]
    found = cluster(lines)
    assert [(p.level, p.count, p.line) for p in found] == [("ERROR", 30, 1), ("WARN", 1, 31)]
    assert len({p.id for p in found}) == 2


def test_words_that_differ_are_joined_and_other_failures_are_not() -> None:
    lines = [
        Line("ERROR", f"the login of account {name} was refused by the directory", 1)
        for name in ("alpha", "beta", "gamma")
    ]
    lines += [Line("ERROR", "the disk of volume data is nearly full again now", 4)]
    assert sorted(p.count for p in cluster(lines)) == [1, 3]


def test_the_order_does_not_matter_and_ids_are_stable() -> None:
    lines = [
        Line("ERROR", f"{word} failed with code {n}", n)
        for n, word in enumerate(["save", "load", "send", "save", "load"])
    ]
    shuffled = lines[:]
    random.Random(7).shuffle(shuffled)
    assert cluster(lines) == cluster(shuffled)
    assert {p.id for p in cluster(lines)} == {p.id for p in cluster(lines + lines)}
    assert {p.id for p in cluster([Line("ERROR", "save failed with code 9")])} <= {p.id for p in cluster(lines)}


@given(st.lists(st.tuples(st.sampled_from(["WARN", "ERROR", "FATAL"]), st.text(max_size=300)), max_size=30))
def test_any_text(rows: list[tuple[str, str]]) -> None:
    found = cluster([Line(level, text, n) for n, (level, text) in enumerate(rows)])
    assert sum(p.count for p in found) == len(rows)
    assert len({p.id for p in found}) == len(found)
