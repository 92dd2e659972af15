"""The parts of the synthetic run that are made at random: rules, objects, records, verdicts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from golden import estate

FINISHED = datetime(2026, 11, 22, 18, 7, 41, tzinfo=UTC)
Json = dict[str, Any]


@dataclass
class Maker:
    """The state of one generation; everything random comes from `dice`."""

    assets: int
    rules: int
    seed: int
    plain: bool
    hostile: bool
    healthy: bool
    dice: random.Random = field(init=False)
    planted: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def stamp(self, seconds: float) -> str:
        return (FINISHED + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def text(self, zh: str, en: str) -> str:
        return en if self.plain else zh

    def device_text(self, raw: str) -> str:
        """A raw line, now and then a hostile one (each of them at least once in a run that is big enough)."""
        if self.hostile and not self.plain and (self.planted < len(estate.HOSTILE) or self.dice.random() < 0.02):
            self.planted += 1
            return estate.HOSTILE[(self.planted - 1) % len(estate.HOSTILE)]
        return raw.encode("ascii", "replace").decode() if self.plain else raw


def rule_table(maker: Maker) -> tuple[dict[str, Json], dict[str, list[tuple[str, estate.RuleSeed]]]]:
    """rules.json, and for each platform its (rule id, seed) in order: `maker.rules` of them, repeated under numbers."""
    table: dict[str, Json] = {}
    order: dict[str, list[tuple[str, estate.RuleSeed]]] = {}
    for platform, kind in estate.PLATFORMS.items():
        for index in range(maker.rules):
            seed = kind.rules[index % len(kind.rules)]
            nth = index // len(kind.rules)
            rule = f"{platform}.{seed.section}.{seed.name}" + (f"_{nth}" if nth else "")
            extra = (f"（第 {nth + 1} 组）", f" (group {nth + 1})") if nth else ("", "")
            table[rule] = {
                "title": {"zh": seed.zh + extra[0], "en": seed.en + extra[1]},
                "platform": platform,
                "severity": seed.severity,
                "clauses": list(seed.clauses),
                "duties": ["D13"],
                "section": seed.section,
                "why": {
                    "zh": f"{seed.zh}不达标会影响业务运行或合规结论。",
                    "en": f"{seed.en}: affects service or compliance.",
                },
                "remedy": {
                    "zh": f"按标准处置：{seed.expected_zh}；处置后复查。",
                    "en": f"Bring it to the standard: {seed.expected_en}; then check again.",
                },
            }
            order.setdefault(platform, []).append((rule, seed))
    return table, order


def asset_rows(maker: Maker) -> list[Json]:
    """assets.json without state: names, sites, owners, services."""
    rows = []
    sites = estate.SITES_EN if maker.plain else estate.SITES_ZH
    services = estate.SERVICES_EN if maker.plain else estate.SERVICES_ZH
    owners = estate.OWNERS_EN if maker.plain else estate.OWNERS_ZH
    for index in range(maker.assets):
        platform = estate.SHARE[index % len(estate.SHARE)]
        kind = estate.PLATFORMS[platform]
        rows.append(
            {
                "name": f"{kind.prefix}-{index + 1}",
                "platform": platform,
                "asset_class": kind.asset_class,
                "site": sites[index % len(sites)],
                "owner": owners[index % len(owners)],
                "role": "core" if index % 9 == 0 else "",
                "variant": "",
                "address": f"192.0.2.{index % 250 + 1}",
                "host": "",
                "services": [services[index % len(services)]] if index % 3 else [],
                "limits": {},
                "declared": {"model": f"X{index % 5}00", "serial": f"SN{index:05d}"},
            }
        )
    return rows


def section_records(maker: Maker, asset: Json, state: str) -> list[Json]:
    """The Record dicts of one asset: all unreachable when it is, one denied when it is partial."""
    out = []
    for index, (name, (_, _, ask)) in enumerate(estate.PLATFORMS[asset["platform"]].asks.items()):
        status, reason = "collected", ""
        if state == "unreachable":
            status, reason = "unreachable", asset["reason"]
        elif state == "partial" and index == 1:
            status, reason = "denied", "needs root to read the shadow file"
        out.append(
            {
                "section": name,
                "status": status,
                "reason": reason,
                "ask": ask,
                "exit_code": 0 if status == "collected" else None,
                "started": maker.stamp(-400 + index),
                "seconds": round(maker.dice.uniform(0.01, 2), 3),
                "sha256": "0" * 64,
                "lines": maker.dice.randint(1, 60),
                "facts": {"n": index} if status == "collected" else None,
            }
        )
    return out


def judge(maker: Maker, asset: Json, rule: str, seed: estate.RuleSeed, state: str) -> Json:
    """One cell of the matrix as Judgement.as_json would give it."""
    ask = estate.PLATFORMS[asset["platform"]].asks[seed.section][2]
    n = maker.dice.randint(2, 99)
    row: Json = {
        "asset": asset["name"],
        "rule": rule,
        "severity": seed.severity,
        "measured": "",
        "reason": None,
        "expected": {"zh": seed.expected_zh, "en": seed.expected_en},
        "evidence": None,
        "items": [],
        "checked": 1,
    }
    roll = 1.0 if maker.healthy else maker.dice.random()
    if state == "unreachable":
        return row | {
            "verdict": "not_collected",
            "reason": {"code": "unreachable", "detail": asset["reason"]},
            "checked": 0,
        }
    if state == "manual" or (roll < 0.01 and state == "complete"):
        return row | {"verdict": "manual", "checked": 0}
    if roll < 0.03:
        reason = dict(maker.dice.choice(estate.REASONS))
        if reason["code"] == "section_status":
            reason["section"] = seed.section
        elif reason["code"] == "null_fact":
            reason["fact"] = f"{seed.section}.{seed.name}"
        return row | {"verdict": "not_collected", "reason": reason, "checked": 0}
    if roll < 0.06:
        return row | {"verdict": "not_applicable", "checked": 0}
    evidence = {
        "section": seed.section,
        "line": maker.dice.randint(1, 40),
        "text": maker.device_text(seed.raw.format(n=n)),
        "ask": ask,
        "time": maker.stamp(-380),
    }
    measured = (
        seed.measured.format(n=n).encode("ascii", "replace").decode() if maker.plain else seed.measured.format(n=n)
    )
    verdict = "fail" if roll < 0.09 else "warn" if roll < 0.12 else "pass"
    row |= {"verdict": verdict, "measured": measured if verdict != "pass" else f"OK {n}", "evidence": evidence}
    if verdict != "pass":
        row["items"] = [
            {
                "key": f"/data{n}" if index else "",
                "verdict": verdict,
                "measured": measured,
                "reason": None,
                "evidence": evidence,
                "waiver": None,
            }
            for index in range(1 + n % 2)
        ]
    return row
