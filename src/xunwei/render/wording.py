"""Turns codes into words: reasons, evidence, times, the state of an object. No layout."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xunwei.catalogue import Catalogue
from xunwei.errors import InputError
from xunwei.render.run import Run
from xunwei.render.shapes import Asset, Proof

Json = dict[str, Any]
# An answer up to this size is quoted whole.
SHORT_LINES, SHORT_LETTERS = 8, 600
# China has had one offset without daylight saving since 1991; a slim container may lack tzdata.
_FIXED = {"Asia/Shanghai": timezone(timedelta(hours=8), "CST"), "UTC": timezone.utc}  # noqa: UP017


def zone(name: str) -> tzinfo:
    """The time zone `name`. Raises InputError when it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        if name in _FIXED:
            return _FIXED[name]
        raise InputError(f"unknown time zone {name!r}", where="run.json") from None


class Clock:
    """ISO 8601 UTC to local wording, remembered because thousands of verdicts share a few times."""

    def __init__(self, name: str, words: Catalogue) -> None:
        self.zone = zone(name)
        self.words = words
        self._seen: dict[str, str] = {}

    def moment(self, iso: str) -> datetime | None:
        """The local datetime; None when there is none. A time without offset is UTC."""
        try:
            found = datetime.fromisoformat(iso)
        except ValueError:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).astimezone(self.zone)  # noqa: UP017

    def __call__(self, iso: str) -> str:
        """`2026-11-22 10:07:41`, or the words for a time that was not recorded."""
        if iso not in self._seen:
            found = self.moment(iso)
            self._seen[iso] = found.strftime("%Y-%m-%d %H:%M:%S") if found else self.words("none.time")
        return self._seen[iso]


class Wording:
    """Reasons and evidence of one run in one language."""

    def __init__(self, words: Catalogue, run: Run, clock: Clock) -> None:
        self.words, self.run, self.sections, self.clock = words, run, run.sections, clock
        self._whole: dict[tuple[str, str], str] = {}

    def section(self, platform: str, name: str) -> str:
        known = self.sections.get(platform, {}).get("sections", {}).get(name, {})
        return self.words.pick(known.get("title")) or name

    def platform(self, name: str) -> str:
        return self.words.pick(self.sections.get(name, {}).get("title")) or name

    def reason(self, reason: Json | None, platform: str) -> str:
        """A reason of the engine in words; one with a code not known here is shown as it is."""
        if not reason:
            return self.words("none.reason")
        code = str(reason.get("code", ""))
        detail = str(reason.get("detail") or "").strip() or self.words("none.detail")
        if code == "section_status":
            status = self.words.word("status", str(reason.get("status", "")))
            section = self.section(platform, str(reason.get("section", "")))
            return self.words("reason.section_status", section=section, status=status, detail=detail)
        if code == "not_asked":
            return self.words("reason.not_asked", section=self.section(platform, str(reason.get("section", ""))))
        if code == "null_fact":
            return self.words("reason.null_fact", fact=reason.get("fact") or self.words("none.detail"))
        if f"reason.{code}" in self.words.messages:
            return self.words(f"reason.{code}", detail=detail)
        return " ".join([code, *(f"{k}={v}" for k, v in reason.items() if k != "code")])

    def proof(self, evidence: Any, asset: str, platform: str, section: str, *, collected: bool = True) -> Proof:
        """Evidence in words; where there is none, that is said. `collected`: whether there is a raw answer at all."""
        t = self.words
        if not isinstance(evidence, dict):
            return Proof(t("proof.none"), 0, t("proof.none"), t("none.time"), section, t("proof.none"), False)
        name = str(evidence.get("section") or section)
        ask = str(
            evidence.get("ask") or self.sections.get(platform, {}).get("sections", {}).get(name, {}).get("ask") or name
        )
        line = int(evidence.get("line") or 0)
        text = str(evidence.get("text") or "")
        if not text and not collected:
            return Proof(ask, 0, t("proof.none"), self.clock(str(evidence.get("time") or "")), name, ask, False)
        text = text or self.whole(asset, name)
        where = t("proof.line", ask=ask, line=line) if line else t("proof.all", ask=ask)
        return Proof(ask, line, text, self.clock(str(evidence.get("time") or "")), name, where)

    def whole(self, asset: str, section: str) -> str:
        """For evidence that is an answer as a whole: the answer when it is short, else the file it lies in."""
        if (asset, section) not in self._whole:
            path = self.run.folder.raw_path(asset, section)
            text = self.words("proof.none")
            if path:
                raw = self.run.folder.raw(path).strip("\n")
                short = len(raw) <= SHORT_LETTERS and raw.count("\n") < SHORT_LINES
                text = (
                    raw
                    if short and raw.strip()
                    else self.words("proof.whole" if raw.strip() else "proof.empty", path=path)
                )
            self._whole[asset, section] = text
        return self._whole[asset, section]

    def shown(self, verdict: str, measured: str, reason: str, checked: int) -> str:
        """What stands in the column "measured": never blank, and never a value for what was not seen."""
        t = self.words
        if verdict == "not_collected":
            return t("shown.not_collected", reason=reason)
        if verdict == "manual":
            return t("shown.manual")
        if verdict == "not_applicable":
            return (
                t("shown.with_reason", word=t("verdict.not_applicable"), reason=reason)
                if reason
                else t("verdict.not_applicable")
            )
        if measured:
            return measured
        if verdict == "pass":
            return t("shown.pass", n=checked) if checked else t("shown.pass_none")
        return t("shown.unrecorded")


def worst(counts: Counter[str]) -> str:
    """The bucket of a set of verdicts: fail, warn, not_collected, pass; not_applicable when nothing else is in it.

    A manual check that nobody has filled in was not seen; a waived one was, and is named in a note.
    """
    for verdict in ("fail", "warn"):
        if counts[verdict]:
            return verdict
    if counts["not_collected"] or counts["manual"]:
        return "not_collected"
    if counts["pass"] or counts["waived"]:
        return "pass"
    return "not_applicable" if counts["not_applicable"] else "not_collected"


def settle(asset: Asset, words: Catalogue) -> None:
    """Set bucket, word and note of an asset from its verdicts and state."""
    counts = asset.counts
    bucket = worst(counts)
    seen = asset.judged > 0
    if bucket in ("pass", "not_applicable") and not asset.reached:
        bucket = "not_collected"
    asset.bucket = bucket
    partly = bucket == "not_collected" and seen
    asset.word = words("object.partly" if partly else f"verdict.{bucket}")
    notes = []
    if asset.state == "unreachable" or (asset.state == "manual" and not seen):
        state = words(f"state.{asset.state}")
        notes.append(state + words("list.colon") + asset.reason if asset.reason else state)
    for verdict in ("fail", "warn", "not_collected", "manual", "waived", "pass"):
        if counts[verdict] and not (verdict == "pass" and counts["pass"] == asset.items and asset.state != "partial"):
            notes.append(words(f"note.{verdict}", n=counts[verdict]))
    if not counts.total() or counts.total() == counts["not_applicable"]:
        notes.append(words("note.no_rules"))
    open_sections = sum(1 for s in asset.sections if s.status not in ("collected", "empty", "unsupported"))
    if asset.state == "partial":
        notes.append(words("note.partial", n=open_sections))
    asset.note = words("list.semicolon").join(notes) if notes else words("note.all_pass", n=counts["pass"])
