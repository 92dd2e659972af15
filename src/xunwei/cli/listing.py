"""Commands that list what is declared: rules, assets; and `parse`, one answer in, facts out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from xunwei import pack as packs
from xunwei.catalogue import catalogue, user_language
from xunwei.cli import show
from xunwei.cli.ansible_words import error_of
from xunwei.cli.runs import folder_of
from xunwei.errors import InputError
from xunwei.flow.assess import DERIVED
from xunwei.flow.gathering import gather
from xunwei.flow.opening import ROOT
from xunwei.model import Json
from xunwei.parse.engine import parse as parse_answer
from xunwei.record.files import read_json

SECONDS = 120


def rules(platform: str, as_json: bool) -> int:
    """All rules, or one platform's."""
    t = catalogue(user_language(), "cli")
    found = [r for p in ([platform] if platform else packs.platforms()) for r in packs.load(p).rules()]
    if as_json:
        show.as_json(
            [
                {"id": r.id, "platform": r.platform, "title": r.title, "severity": r.severity.value}
                | {"clauses": list(r.clauses), "duties": list(r.duties), "section": r.section}
                | {"limits": dict(r.limits), "why": r.why, "remedy": r.remedy}
                for r in found
            ]
        )
        return 0
    head = [t(f"head.{h}") for h in ("rule", "severity", "title", "clauses")]
    show.table(head, [(r.id, t.word("severity", r.severity), t.pick(r.title), " ".join(r.clauses)) for r in found])
    return 0


def assets(inventories: list[Path], limit: str, as_json: bool) -> int:
    """The assets of an inventory as the flow sees them."""
    if not inventories:
        raise InputError("an inventory is needed", hint="-i FILE_OR_DIR, or --audit RUN")
    everything = inventory_hosts(inventories)
    hosts = inventory_hosts(inventories, limit) if limit else everything
    found = gather(hosts, {k: v for k, v in everything.items() if k not in hosts})
    if as_json:
        show.as_json([a.as_json() for a in found])
        return 0
    t = catalogue(user_language(), "cli")
    head = [t(f"head.{h}") for h in ("asset", "platform", "class", "site", "owner", "address", "services")]
    rows = [(a.name, a.platform, a.asset_class, a.site, a.owner, a.address, ", ".join(a.services)) for a in found]
    show.table(head, rows)
    return 0


def audit(run: str, as_json: bool) -> int:
    """Declared against found, as of a run: every difference. Exit code 2 when there is one."""
    folder = folder_of(run)
    derived = {a["name"] for a in read_json(folder / "assets.json") if packs.load(a["platform"]).collector == DERIVED}
    rules, verdicts = read_json(folder / "rules.json"), read_json(folder / "verdicts.json")
    rows = [
        {"rule": v["rule"], "verdict": i["verdict"], "what": i["key"], "measured": i["measured"]}
        for v in verdicts
        if v["asset"] in derived
        for i in v["items"]
    ]
    code = 2 if any(r["verdict"] in ("fail", "warn") for r in rows) else 0
    if as_json:
        show.as_json({"run": folder.name, "audited": sorted(derived), "differences": rows})
        return code
    t = catalogue(user_language(), "cli")
    if not derived:
        show.note(t("assets.no_audit"))
    elif not rows:
        show.out(t("assets.as_declared"))
    else:
        head = [t(f"head.{h}") for h in ("title", "what", "measured")]
        show.table(head, [(t.pick(rules[r["rule"]]["title"]), r["what"], r["measured"]) for r in rows])
    return code


def inventory_hosts(inventories: list[Path], limit: str = "") -> dict[str, Json]:
    """{host: variables} as `ansible-inventory` resolves them. Raises InputError with Ansible's own words."""
    command = [str(Path(sys.prefix) / "bin" / "ansible-inventory"), "--list"]
    for path in inventories:
        if not path.exists():
            raise InputError("no such inventory", where=str(path))
        command += ["-i", str(path.absolute())]
    if limit:
        command += ["--limit", limit]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment, cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode != 0:
        raise InputError(error_of(done.stderr, inventories) or "the inventory cannot be read")
    hosts: dict[str, Json] = json.loads(done.stdout).get("_meta", {}).get("hostvars", {})
    return dict(sorted(hosts.items()))


def parse(platform: str, section: str, file: str) -> int:
    """One recorded answer in, JSON {status, facts} out."""
    pack = packs.load(platform)
    name = pack.section_for(section).name
    if file == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            data = Path(file).read_bytes()
        except OSError as exc:
            raise InputError(f"cannot be read: {exc.strerror}", where=file) from None
    found = parse_answer(pack, name, data.decode("utf-8", "surrogateescape"))
    show.as_json({"section": name, "status": found.status.value, "facts": found.facts, "reason": found.reason})
    return 0
