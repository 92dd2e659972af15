"""The journal of checks by hand: what is written, what is refused, and every way to tamper with it."""

from __future__ import annotations

import json
import multiprocessing
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei import slots
from xunwei.collect import manual as collector
from xunwei.collect.access import Access
from xunwei.dates import epoch
from xunwei.errors import EvidenceError, InputError
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.record.manual import Finding, record, record_all
from xunwei.words import Status, Verdict

PACK = packs.load("manual")
NOW = 1_795_564_800.0  # 2026-11-25T00:00:00Z
JPEG = b"\xff\xd8\xff\xe1\x00\x08Exif\x00\x00" + b"x" * 100
TEMPERATURE = slots.Check("temperature", {"zh": "温度", "en": "temperature"}, unit="℃", low=18, high=27)
LOOK = slots.Check("appearance", {"zh": "外观", "en": "look"}, max_age_days=30)


def note(state: Path, check: slots.Check = LOOK, *, asset: str = "rack-1", now: float = NOW, **more: Any) -> slots.Json:
    said = {"verdict": "" if check.numeric else "normal", "by": "Li", **more}
    return record(state, Finding(asset=asset, check=check, **said), now)


def inspect(state: Path, checks: list[Any], asset: str = "rack-1", now: float = NOW) -> dict[str, Verdict]:
    """Verdict by rule, without the platform's name."""
    about = Asset(asset, "manual", "facility")
    access = Access(about, "", settings={"manual_checks": checks}, state=state)
    views = {}
    for answer in collector.ask(access, PACK, list(PACK.sections.values()), deadline=0.0):
        assert answer.status is Status.COLLECTED, answer.reason
        parsed = parse(PACK, answer.section, answer.raw)
        assert parsed.status is Status.COLLECTED, parsed.reason
        views[answer.section] = SectionView(parsed.status, parsed.facts, raw=answer.raw)
    return {j.rule.partition(".")[2]: j.verdict for j in judge(about, views, compile_rules(PACK), now)}


def problems(state: Path, asset: str = "rack-1") -> list[str]:
    return [what for _, what in slots.read(state, asset).problems]


class TestRecording:
    """What is kept, and how."""

    def test_chain_and_modes(self, tmp_path: Path) -> None:
        first, second = note(tmp_path), note(tmp_path, TEMPERATURE, value="23.5")
        assert (first["seq"], second["seq"], first["previous"]) == (1, 2, "")
        path = slots.journal_of(tmp_path, "rack-1")
        lines = path.read_text(encoding="utf-8").splitlines()
        assert second["previous"] == slots.digest_of(lines[0])
        assert [json.loads(line)["check"] for line in lines] == ["appearance", "temperature"]
        assert problems(tmp_path) == []
        for kept in (tmp_path / "manual").iterdir():
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600, kept

    def test_photographs_are_kept_as_they_are(self, tmp_path: Path) -> None:
        photo = tmp_path / "IMG 1.JPG"
        photo.write_bytes(JPEG)
        entry = note(tmp_path, photos=[photo, photo])
        assert [p["name"] for p in entry["photos"]] == ["IMG 1.JPG", "IMG 1.JPG"]
        [kept] = (tmp_path / "manual" / "photos").iterdir()
        assert kept.read_bytes() == JPEG
        assert kept.name == f"{entry['photos'][0]['sha256']}.jpg"
        assert problems(tmp_path) == []

    @pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7", b"#!/bin/sh\n", b"\xff\xd8"])
    def test_no_picture_is_refused(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "x.jpg").write_bytes(data)
        with pytest.raises(InputError, match="no JPEG"):
            note(tmp_path, photos=[tmp_path / "x.jpg"])
        assert slots.read(tmp_path, "rack-1").entries == ()

    def test_large_picture_is_refused(self, tmp_path: Path) -> None:
        with (tmp_path / "x.jpg").open("wb") as stream:
            stream.write(JPEG)
            stream.truncate((20 << 20) + 1)
        with pytest.raises(InputError, match="larger"):
            note(tmp_path, photos=[tmp_path / "x.jpg"])

    @pytest.mark.parametrize(
        ("more", "what"),
        [
            ({"by": " "}, "nobody"),
            ({"verdict": "fine"}, "verdict"),
            ({"verdict": ""}, "no verdict"),
            ({"note": "two\nlines"}, "note"),
            ({"time": "soon"}, "not a date"),
            ({"time": "2026-11-26T00:00:00Z"}, "yet to come"),
            ({"check": TEMPERATURE, "value": "warm"}, "not a number"),
            ({"check": TEMPERATURE, "value": "nan"}, "not a number"),
        ],
    )
    def test_refused(self, tmp_path: Path, more: dict[str, Any], what: str) -> None:
        with pytest.raises(InputError, match=what):
            note(tmp_path, **more)
        assert not slots.journal_of(tmp_path, "rack-1").exists()

    def test_limits_say_the_verdict(self, tmp_path: Path) -> None:
        said = [note(tmp_path, TEMPERATURE, value=v)["verdict"] for v in ("18", "27.0", "27.1", "-3")]
        assert said == ["normal", "normal", "abnormal", "abnormal"]
        label = slots.Check("label", {"zh": "标签", "en": "label"}, expect=("A", "B"))
        assert [note(tmp_path, label, verdict="", value=v)["verdict"] for v in ("A", "C")] == ["normal", "abnormal"]

    def test_time_without_a_zone_is_the_sites(self, tmp_path: Path) -> None:
        assert note(tmp_path, time="2026-11-25 07:30")["time"] == "2026-11-24T23:30:00+00:00"

    def test_all_or_none(self, tmp_path: Path) -> None:
        good = Finding("rack-1", LOOK, "Li", verdict="normal")
        with pytest.raises(InputError):
            record_all(tmp_path, [good, Finding("rack-2", TEMPERATURE, "Li", value="?")], NOW)
        assert not slots.journal_of(tmp_path, "rack-1").exists()

    def test_names_do_not_meet(self, tmp_path: Path) -> None:
        names = ["a/b", "a_b", "a b", "..", ".", "机柜", "机箱", "x" * 300, "x" * 301]
        assert len({slots.journal_of(tmp_path, n) for n in names}) == len(names)
        for name in names:
            assert slots.journal_of(tmp_path, name).parent == tmp_path / "manual"
            note(tmp_path, asset=name)
            assert problems(tmp_path, name) == []

    def test_many_writers(self, tmp_path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        writers = [context.Process(target=_write, args=(str(tmp_path), n)) for n in range(3)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
            assert writer.exitcode == 0
        assert len(slots.read(tmp_path, "rack-1").entries) == 15
        assert problems(tmp_path) == []


def _write(state: str, number: int) -> None:
    for _ in range(5):
        note(Path(state), now=NOW + number)


class TestTampering:
    """Each is found, and nothing of such a journal is believed."""

    @pytest.fixture
    def state(self, tmp_path: Path) -> Path:
        photo = tmp_path / "p.jpg"
        photo.write_bytes(JPEG)
        note(tmp_path, verdict="abnormal", note="panel broken", photos=[photo])
        note(tmp_path, TEMPERATURE, value="23.5")
        note(tmp_path, verdict="normal")
        return tmp_path

    def damaged(self, state: Path) -> str:
        verdicts = inspect(state, ["appearance", "temperature"])
        assert verdicts["journal.intact"] is Verdict.FAIL
        assert {v for r, v in verdicts.items() if r.startswith("checks.")} <= {Verdict.MANUAL, Verdict.PASS}
        assert verdicts["checks.verdict"] is Verdict.MANUAL
        with pytest.raises(EvidenceError):
            note(state)
        return problems(state)[0]

    def test_changed_word(self, state: Path) -> None:
        path = slots.journal_of(state, "rack-1")
        path.write_text(path.read_text(encoding="utf-8").replace("abnormal", "normal"), encoding="utf-8")
        assert "follow" in self.damaged(state)

    def test_last_record_changed(self, state: Path) -> None:
        path = slots.journal_of(state, "rack-1")
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[-1] = lines[-1].replace('"by":"Li"', '"by":"Wu"')
        path.write_text("".join(lines), encoding="utf-8")
        assert "head file" in self.damaged(state)

    @pytest.mark.parametrize("gone", [0, 1, 2])
    def test_record_removed(self, state: Path, gone: int) -> None:
        path = slots.journal_of(state, "rack-1")
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        del lines[gone]
        path.write_text("".join(lines), encoding="utf-8")
        self.damaged(state)

    def test_torn_line(self, state: Path) -> None:
        path = slots.journal_of(state, "rack-1")
        path.write_bytes(path.read_bytes()[:-5])
        self.damaged(state)

    def test_journal_gone_but_not_its_head(self, state: Path) -> None:
        slots.journal_of(state, "rack-1").unlink()
        assert "3 records were kept" in self.damaged(state)

    def test_head_gone(self, state: Path) -> None:
        slots.head_of(slots.journal_of(state, "rack-1")).unlink()
        self.damaged(state)

    def test_anothers_journal(self, state: Path) -> None:
        note(state, asset="rack-2")
        for name in (slots.journal_of, lambda s, a: slots.head_of(slots.journal_of(s, a))):
            name(state, "rack-1").write_bytes(name(state, "rack-2").read_bytes())
        assert "rack-2" in self.damaged(state)

    def test_photograph_changed(self, state: Path) -> None:
        [photo] = (state / "manual" / "photos").iterdir()
        photo.write_bytes(JPEG + b"y")
        assert "changed" in self.damaged(state)

    def test_photograph_gone(self, state: Path) -> None:
        [photo] = (state / "manual" / "photos").iterdir()
        photo.unlink()
        assert "missing" in self.damaged(state)

    def test_writer_killed_between_journal_and_head(self, state: Path) -> None:
        head = slots.head_of(slots.journal_of(state, "rack-1"))
        before = head.read_bytes()
        note(state)
        head.write_bytes(before)
        assert problems(state) == []
        assert note(state)["seq"] == 5

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_any_change_of_bytes_is_seen(self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
        state = tmp_path_factory.mktemp("state")
        for value in ("20", "21", "22"):
            note(state, TEMPERATURE, value=value)
        path = slots.journal_of(state, "rack-1")
        raw = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(bytes(raw))
        assert problems(state)

    @settings(max_examples=60, deadline=None)
    @given(raw=st.binary(max_size=300))
    def test_garbage_never_raises(self, tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
        state = tmp_path_factory.mktemp("state")
        path = slots.journal_of(state, "rack-1")
        path.parent.mkdir(parents=True)
        path.write_bytes(raw)
        assert problems(state) or not raw
        slots.head_of(path).write_bytes(raw)
        assert slots.read(state, "rack-1").problems


class TestVerdicts:
    """From records to verdicts, through collector, parser and rules."""

    CHECKS = ("appearance", {"name": "temperature", "max_age_days": 7})

    def verdicts(self, state: Path, **more: Any) -> dict[str, Verdict]:
        return inspect(state, list(self.CHECKS), **more)

    def test_nothing_recorded_waits(self, tmp_path: Path) -> None:
        found = self.verdicts(tmp_path)
        for rule in ("recorded", "verdict", "range", "entered_late"):
            assert found[f"checks.{rule}"] is Verdict.MANUAL
        assert found["journal.intact"] is Verdict.PASS

    def test_done(self, tmp_path: Path) -> None:
        note(tmp_path)
        note(tmp_path, TEMPERATURE, value="23.5")
        assert set(self.verdicts(tmp_path).values()) == {Verdict.PASS}

    def test_abnormal_then_repaired(self, tmp_path: Path) -> None:
        note(tmp_path, now=NOW - 3600, verdict="abnormal")
        note(tmp_path, TEMPERATURE, value="31", now=NOW - 3600)
        found = self.verdicts(tmp_path)
        assert {r for r, v in found.items() if v is Verdict.FAIL} == {"checks.verdict", "checks.range"}
        note(tmp_path)
        note(tmp_path, TEMPERATURE, value="22")
        assert set(self.verdicts(tmp_path).values()) == {Verdict.PASS}

    def test_hot_but_called_normal(self, tmp_path: Path) -> None:
        note(tmp_path)
        note(tmp_path, TEMPERATURE, value="31", verdict="normal")
        assert self.verdicts(tmp_path)["checks.range"] is Verdict.FAIL

    @pytest.mark.parametrize(
        ("days", "recorded", "rest"),
        [(6.9, Verdict.PASS, Verdict.PASS), (7.1, Verdict.WARN, Verdict.MANUAL), (15, Verdict.FAIL, Verdict.MANUAL)],
    )
    def test_stale(self, tmp_path: Path, days: float, recorded: Verdict, rest: Verdict) -> None:
        note(tmp_path)
        note(tmp_path, TEMPERATURE, value="23.5", now=NOW - days * 86400)
        found = self.verdicts(tmp_path)
        assert (found["checks.recorded"], found["checks.range"]) == (recorded, rest)

    def test_the_time_of_the_check_counts_not_the_order(self, tmp_path: Path) -> None:
        note(tmp_path, verdict="abnormal")
        note(tmp_path, verdict="normal", time="2026-11-20T00:00:00Z")  # entered later, seen earlier
        assert self.verdicts(tmp_path)["checks.verdict"] is Verdict.FAIL

    def test_bad_declaration_is_unparsed(self, tmp_path: Path) -> None:
        access = Access(Asset("rack-1", "manual", "facility"), "", settings={"manual_checks": "all"}, state=tmp_path)
        for answer in collector.ask(access, PACK, list(PACK.sections.values()), deadline=0.0):
            assert answer.status is Status.UNPARSED
            assert "rack-1" in answer.reason

    def test_unreadable_journal_is_denied(self, tmp_path: Path) -> None:
        slots.journal_of(tmp_path, "rack-1").mkdir(parents=True)
        access = Access(Asset("rack-1", "manual", "facility"), "", state=tmp_path)
        for answer in collector.ask(access, PACK, list(PACK.sections.values()), deadline=0.0):
            assert answer.status is Status.DENIED

    def test_of_names_another_journal(self, tmp_path: Path) -> None:
        note(tmp_path, asset="srv-1")
        settings_ = {"of": "srv-1", "manual_checks": ["appearance"]}
        access = Access(Asset("srv-1/manual", "manual", "server"), "", settings=settings_, state=tmp_path)
        [answer] = collector.ask(access, PACK, [PACK.sections["checks"]], deadline=0.0)
        assert json.loads(answer.raw)["record"]["by"] == "Li"


@pytest.mark.parametrize(
    "wanted",
    [
        ["nonsense"], [{"name": "Bad Name", "title": "x"}], [{"title": "x"}], ["label", "label"], {"a": 1}, [7],
        [{"name": "label", "colour": "red"}], [{"name": "temperature", "low": "cold"}], [{"name": "own", "title": {"zh": "x"}}],
        [{"name": "temperature", "low": 30, "high": 20}], [{"name": "label", "max_age_days": 0}],
        [{"name": "label", "max_age_days": True}],
    ],
)  # fmt: skip
def test_declarations_that_are_refused(wanted: Any) -> None:
    with pytest.raises(InputError, match="asset a"):
        slots.checks_of(PACK.options, "other", "", wanted, "asset a")


def test_defaults_of_every_class_and_variant() -> None:
    for name in (*PACK.options["classes"], "no_such_class"):
        assert slots.checks_of(PACK.options, name, "", None, "a")
    for variant, names in PACK.options["variants"].items():
        assert [c.name for c in slots.checks_of(PACK.options, "facility", variant, None, "a")] == names


def test_time_is_of_the_clock_when_not_given(tmp_path: Path) -> None:
    before = time.time()
    entry = record(tmp_path, Finding("a", LOOK, "Li", verdict="normal"))
    assert before - 1 <= epoch(entry["time"]) <= time.time() + 1
