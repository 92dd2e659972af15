"""A synthetic, sealed run folder for tests and benchmarks: n assets × m rules each, seedable, invented names.

`plain=True` gives only ASCII names and answers, for the test that an English report has no Chinese of our own in it.
`hostile=True` plants markup, formulas, template code and control characters in what the devices answered.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from golden import estate
from golden.maker import Json, Maker, asset_rows, judge, rule_table, section_records


def findings_of(maker: Maker, verdicts: list[Json]) -> tuple[list[Json], list[Json]]:
    """findings.json and waivers.json; one finding in thirty is waived, and its verdict becomes `waived`."""
    findings: list[Json] = []
    matched: list[str] = []
    for row in verdicts:
        if row["verdict"] not in ("fail", "warn"):
            continue
        waived = len(findings) % 30 == 5
        for item in row["items"]:
            life = ("new", "open", "open", "regressed")[maker.dice.randrange(4)]
            weeks = 0 if life == "new" else maker.dice.randint(1, 9)
            findings.append(
                {
                    "id": f"{row['asset']}/{row['rule']}/{item['key']}",
                    "asset": row["asset"],
                    "rule": row["rule"],
                    "key": item["key"],
                    "severity": row["severity"],
                    "verdict": row["verdict"],
                    "lifecycle": life,
                    "first_seen": maker.stamp(-weeks * 7 * 86400),
                    "last_seen": maker.stamp(0),
                    "weeks": weeks,
                    "runs": weeks + 1,
                    "measured": item["measured"],
                    "expected": row["expected"],
                    "evidence": item["evidence"],
                    "services": [],
                    "waived": waived,
                }
            )
        if waived:
            matched.append(findings[-1]["id"])
            row["verdict"] = "waived"
            for item in row["items"]:
                item["verdict"] = "waived"
    for index, row in enumerate([r for r in verdicts if r["verdict"] == "pass"][: 0 if maker.healthy else 3]):
        findings.append(
            {
                "id": f"{row['asset']}/{row['rule']}/",
                "asset": row["asset"],
                "rule": row["rule"],
                "key": "",
                "severity": row["severity"],
                "verdict": "fail",
                "lifecycle": "fixed",
                "first_seen": maker.stamp(-3000000),
                "last_seen": maker.stamp(-604800),
                "weeks": index + 2,
                "runs": 3,
                "measured": row["measured"],
                "expected": row["expected"],
                "evidence": row["evidence"],
                "services": [],
                "waived": False,
            }
        )
    reason = maker.text("业务迁移期间暂缓，已列入下季度计划", "deferred during migration, planned for next quarter")
    approver = maker.text("赵六", "Zhao Liu")
    waivers = (
        []
        if maker.healthy
        else [
            {
                "rule": "linux.*",
                "assets": "*",
                "key": "",
                "reason": reason,
                "approver": approver,
                "until": "2027-01-31",
                "state": "active",
                "matched": matched,
            },
            {
                "rule": "linux.units.failed",
                "assets": "app-1",
                "key": "",
                "reason": reason,
                "approver": approver,
                "until": "2026-10-01",
                "state": "lapsed",
                "matched": [],
            },
            {
                "rule": "redfish.power.redundant",
                "assets": "bmc-999",
                "key": "PSU1",
                "reason": reason,
                "approver": approver,
                "until": "2027-03-01",
                "state": "unused",
                "matched": [],
            },
        ]
    )
    return findings, waivers


def history_of(maker: Maker, runs: int) -> list[Json]:
    """Earlier weekly runs, oldest first."""
    out = []
    for age in range(runs, 0, -1):
        bad = 10 + age * 2 + maker.dice.randint(0, 4)
        out.append(
            {
                "run_id": f"20261101T0000{age:02d}Z-{age:06x}",
                "finished": maker.stamp(-age * 7 * 86400),
                "assets": maker.assets,
                "unreachable": age % 3,
                "counts": {"pass": maker.assets * maker.rules - bad, "fail": bad // 2, "warn": bad - bad // 2},
                "findings": {"critical": bad // 5, "major": bad // 2, "minor": bad // 3},
            }
        )
    return out


def run_json(
    maker: Maker, assets: list[Json], verdicts: list[Json], findings: list[Json], lang: str, history: list[Json]
) -> Json:
    """run.json, with counts taken from the details."""
    organisation = {
        "customer": maker.text("某市行政审批服务局", "City Service Bureau"),
        "contractor": maker.text("某某运维有限公司", "Example Ops Ltd"),
        "project": maker.text("政务服务平台运维服务项目", "Service platform operations"),
        "contract_no": "HT-2026-0001",
        "platform_name": maker.text("市政务服务平台", "City service platform"),
    }
    counts = Counter(row["verdict"] for row in verdicts)
    return {
        "run_id": "20261122T180012Z-7f3a9c",
        "schema": 1,
        "title_kind": "inspection",
        "inventory": "inventories/lab",
        "target": "all",
        "started": maker.stamp(-449),
        "finished": maker.stamp(0),
        "operator": maker.text("孙七", "Sun Qi"),
        "revision": "3f2c1ab",
        "versions": {"xunwei": "0.1.0", "ansible-core": "2.19.5", "python": "3.11.9"},
        "packs": {p: {"digest": hashlib.sha256(p.encode()).hexdigest()} for p in estate.PLATFORMS},
        "gate": {"findings": "critical", "coverage": 95},
        "exit_code": 2,
        "counts": {
            "assets": len(assets),
            "unreachable": sum(a["state"] == "unreachable" for a in assets),
            "verdicts": dict(counts),
            "findings": dict(Counter(f["severity"] for f in findings)),
        },
        "previous": {"run_id": history[-1]["run_id"], "finished": history[-1]["finished"]} if history else None,
        "organisation": organisation,
        "lang": lang,
        "timezone": "Asia/Shanghai",
    }


def state_of(maker: Maker, index: int) -> str:
    if maker.healthy:
        return "complete"
    return {7: "unreachable", 8: "partial", 10: "unreachable", 11: "manual"}.get(index % 25, "complete")


def make_run(
    path: Path,
    assets: int = 30,
    rules: int = 6,
    *,
    seed: int = 1,
    lang: str = "zh",
    plain: bool = False,
    hostile: bool = True,
    healthy: bool = False,
    history: int = 8,
) -> Path:
    """Write a run folder at `path` and return it. `healthy`: every asset reached and every verdict pass."""
    maker = Maker(assets, rules, seed, plain, hostile, healthy)
    table, order = rule_table(maker)
    rows, verdicts, files = asset_rows(maker), [], {}
    for index, asset in enumerate(rows):
        asset["state"] = state_of(maker, index)
        asset["reason"] = {"unreachable": "connect to port 22: Connection timed out"}.get(asset["state"], "")
        records = [] if asset["state"] == "manual" else section_records(maker, asset, asset["state"])
        asset["sections"] = dict(Counter(r["status"] for r in records))
        asset["seconds"] = round(sum(r["seconds"] for r in records), 3)
        verdicts += [judge(maker, asset, rule, kind, asset["state"]) for rule, kind in order[asset["platform"]]]
        files[f"assets/{asset['name']}/record.json"] = {"asset": asset["name"], "sections": records}
        for record in records:
            if record["status"] == "collected":
                files[f"assets/{asset['name']}/raw/{record['section']}.txt"] = "sample\n" * record["lines"]
    findings, waivers = findings_of(maker, verdicts)
    past = history_of(maker, history)
    sections = {
        p: {
            "title": {"zh": k.zh, "en": k.en},
            "sections": {s: {"title": {"zh": zh, "en": en}, "ask": ask} for s, (zh, en, ask) in k.asks.items()},
        }
        for p, k in estate.PLATFORMS.items()
    }
    files |= {
        "run.json": run_json(maker, rows, verdicts, findings, lang, past),
        "assets.json": rows,
        "rules.json": table,
        "sections.json": sections,
        "verdicts.json": verdicts,
        "findings.json": findings,
        "waivers.json": waivers,
        "history.json": past,
    }
    return seal(path, files)


def seal(path: Path, files: dict[str, Any]) -> Path:
    """Write `files` (text as it is, anything else as JSON) and SHA256SUMS over them."""
    sums = []
    for name in sorted(files):
        body = files[name] if isinstance(files[name], str) else json.dumps(files[name], ensure_ascii=False, indent=1)
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body.encode())
        sums.append(f"{hashlib.sha256(body.encode()).hexdigest()}  {name}\n")
    (path / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--assets", type=int, default=30)
    parser.add_argument("--rules", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--healthy", action="store_true")
    arg = parser.parse_args()
    make_run(arg.path, arg.assets, arg.rules, seed=arg.seed, lang=arg.lang, plain=arg.plain, healthy=arg.healthy)


if __name__ == "__main__":
    main()
