"""The front matter: title, document number, cover and overview pairs, signatures, how to verify."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xunwei.catalogue import Catalogue
from xunwei.errors import InputError
from xunwei.render.run import Run
from xunwei.render.shapes import Scope
from xunwei.render.wording import Clock

Json = dict[str, Any]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Face:
    """What the title page and the head of every page say."""

    kind: str
    title: str
    doc_no: str
    run_id: str
    started: datetime
    finished: datetime
    date: str
    week: str
    subtitle: str
    zone: str


def face(run: Run, words: Catalogue, clock: Clock) -> Face:
    """Title, number and dates. Raises InputError when started or finished is not a time."""
    data = run.run
    started, finished = clock.moment(data["started"]), clock.moment(data["finished"])
    if started is None or finished is None:
        raise InputError("started or finished is not a time", where=str(run.path / "run.json"))
    kind = "special" if data.get("title_kind") == "special" else "inspection"
    year, week, _ = finished.isocalendar()
    prefix = "TX" if kind == "special" else "XJ"
    sequence = f"{data['seq']:03d}" if isinstance(data.get("seq"), int) else short_id(data["run_id"])
    offset = finished.strftime("%z")
    period, platform = words("week", y=year, w=week), str((data.get("organisation") or {}).get("platform_name") or "")
    return Face(
        kind=kind, title=words(f"title.{kind}"), doc_no=f"{prefix}-{year}-W{week:02d}-{sequence}",
        run_id=data["run_id"],
        started=started, finished=finished, date=words("date", y=finished.year, m=finished.month, d=finished.day),
        week=period, subtitle=f"{platform} · {period}" if platform else period,
        zone=f"{data.get('timezone') or 'Asia/Shanghai'} UTC{offset[:3]}:{offset[3:5]}",
    )  # fmt: skip


def short_id(run_id: str) -> str:
    """The end of a run id after its date, at most eight letters or digits."""
    parts = re.findall(r"[0-9A-Za-z]+", run_id)
    return parts[-1][-8:] if parts else "000"


def pairs(run: Run, words: Catalogue, clock: Clock, face: Face, scope: Scope) -> dict[str, Pairs]:
    """Label and value for cover, overview, tool versions and pack digests; unknown values say that they are missing."""
    t, data = words, run.run
    organisation = data.get("organisation") or {}

    def filled(name: str) -> str:
        return str(organisation.get(name) or "") or t("fill")

    window = t("overview.window_value", start=clock(data["started"]), end=clock(data["finished"]), zone=face.zone)
    gate = data.get("gate") or {}
    severity = t.word("gate", str(gate.get("findings"))) if gate.get("findings") else t("none.gate")
    floor = gate.get("coverage")
    coverage = (
        f"{floor} %" if isinstance(floor, int | float) else t.word("coverage", str(floor)) if floor else t("none.gate")
    )
    cover = [
        (t("cover.doc_no"), face.doc_no), (t("cover.secrecy"), t("cover.secrecy_value")),
        (t("cover.customer"), filled("customer")),
        (t("cover.contractor"), filled("contractor")), (t("cover.project"), filled("project")),
        (t("cover.contract_no"), filled("contract_no")), (t("cover.period"), face.week), (t("cover.date"), face.date),
    ]  # fmt: skip
    overview = [
        (t("overview.window"), window), (t("overview.target"),
        f"{data.get('inventory') or t('none.text')} · {data.get('target') or 'all'}"),
        (t("overview.scope_assets"), t("overview.scope_assets_value", a=scope.assets, r=scope.reached,
        n=scope.not_reached)),
        (t("overview.scope_items"), t("overview.scope_items_value", i=scope.items, j=scope.judged,
        n=scope.not_collected,
                                      m=scope.manual, x=scope.not_applicable, c=scope.coverage)),
        (t("overview.method"), t("overview.method_value")),
        (t("overview.operator"), str(data.get("operator") or t("fill"))),
        (t("overview.run_id"), face.run_id), (t("overview.revision"), str(data.get("revision") or t("none.text"))),
        (t("overview.gate"), t("overview.gate_value", findings=severity, coverage=coverage,
        code=data.get("exit_code", t("none.text")))),
    ]  # fmt: skip
    versions = [(str(k), str(v)) for k, v in sorted((data.get("versions") or {}).items())] or [
        (t("overview.versions"), t("none.text"))
    ]
    packs = [
        (str(k), str((v or {}).get("digest") or t("none.text"))) for k, v in sorted((data.get("packs") or {}).items())
    ]
    return {
        "cover": cover,
        "overview": overview,
        "versions": versions,
        "packs": packs or [(t("none.text"), t("none.text"))],
    }


def compared_with(run: Json, history: list[Json], words: Catalogue, clock: Clock) -> str:
    """Which run this one is compared with; its time is in the history when run.json does not say it."""
    previous = run.get("previous")
    if not previous:
        return words("comparison.first")
    name = str(previous.get("run_id", ""))
    times = {str(past.get("run_id")): str(past.get("finished") or "") for past in history}
    return words("comparison.previous", run=name, time=clock(str(previous.get("finished") or times.get(name, ""))))


def signatures(run: Json, words: Catalogue) -> Pairs:
    """Who signs, and for which side."""
    sides = run.get("organisation") or {}
    return [
        (words(f"sign.{role}"), str(sides.get(side) or "") or words("fill"))
        for role, side in (
            ("prepared", "contractor"),
            ("reviewed", "contractor"),
            ("confirmed", "customer"),
            ("approved", "customer"),
        )
    ]


def verify() -> list[str]:
    """The commands that check the evidence without this software."""
    return [
        "sha256sum SHA256SUMS",
        "sha256sum -c SHA256SUMS",
        "ssh-keygen -Y verify -f allowed_signers -I xunwei -n xunwei -s SHA256SUMS.sig < SHA256SUMS",
    ]
