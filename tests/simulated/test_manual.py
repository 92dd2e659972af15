"""Checks by hand from the command line to the verdicts of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tool import THIS, Tool
from xunwei.flow.manual import slots_of
from xunwei.record.manual import Finding, record_all

LOCAL = {"ansible_connection": "local"}
HOSTS: dict[str, Any] = {
    "room-1": {**LOCAL, "asset_platform": "manual", "asset_class": "facility", "asset_variant": "room"},
    "register": {
        **LOCAL, "asset_platform": "manual", "asset_class": "other", "asset_manual_checks": ["label"],
        "asset_instances": [
            {"name": f"rack-{n:02}", "platform": "manual", "asset_class": "facility", "variant": "rack"} for n in range(1, 4)
        ],
    },
}  # fmt: skip


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    (tmp_path / "state").mkdir()
    return Tool(tmp_path / "state", tmp_path)


def said(tool: Tool, *words: object) -> Any:
    done = tool(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def verdicts(folder: Path) -> dict[tuple[str, str], str]:
    rows = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
    return {
        (v["asset"], v["rule"].removeprefix("manual.")): v["verdict"] for v in rows if v["rule"].startswith("manual.")
    }


def run(tool: Tool, inventory: Path, code: int = 0) -> dict[tuple[str, str], str]:
    return verdicts(Path(tool.inspect(inventory, "--format", "json", code=code)["folder"]))


def test_from_nothing_to_done(tool: Tool) -> None:
    inventory = tool.inventory({**HOSTS, "host-1": {**THIS, "asset_manual_checks": ["indicator"]}})
    waiting = said(tool, "manual", "list", "-i", inventory)
    assert {(r["asset"], r["check"]) for r in waiting if r["asset"] in ("host-1", "register")} == {
        ("host-1", "indicator"), ("register", "label"),
    }  # fmt: skip
    assert {r["state"] for r in waiting} == {"missing"}
    found = run(tool, inventory)
    assets = {"room-1", "register", "rack-01", "rack-02", "rack-03", "host-1/manual"}
    assert {a for a, _ in found} == assets
    assert {found[a, "checks.recorded"] for a in assets} == {"manual"}
    assert {found[a, "journal.intact"] for a in assets} == {"pass"}
    said(tool, "manual", "record", "host-1", "indicator", "--verdict", "normal", "--by", "张三", "-i", inventory)
    values = {"temperature": "25", "humidity": "50"}
    findings = [
        Finding(one.of, check, "李四", value=values.get(check.name, ""), verdict="" if check.numeric else "normal")
        for one in slots_of(HOSTS)
        for check in one.checks
    ]
    record_all(tool.state, findings)
    assert said(tool, "manual", "list", "--due", "-i", inventory) == []
    assert set(run(tool, inventory).values()) == {"pass"}


def test_a_form_there_and_back(tool: Tool) -> None:
    inventory = tool.inventory(HOSTS)
    form = tool.folder / "form.xlsx"
    assert said(tool, "manual", "form", "--out", form, "-i", inventory)["rows"] == 15
    book = openpyxl.load_workbook(form)
    sheet = book.active
    column = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        name, check = row[column["Asset"] - 1].value, row[column["Check"] - 1].value
        if name == "room-1":
            number = {"temperature": 31.5, "humidity": 50}.get(check)
            row[column["Value"] - 1].value = number
            row[column["Verdict"] - 1].value = None if number else "attention" if check == "fire" else "normal"
            row[column["Note"] - 1].value = "=1+1 door ajar" if check == "fire" else None
    book.save(form)
    entries = said(tool, "manual", "import", form, "--by", "李四", "-i", inventory)
    assert {(e["asset"], e["check"]): e["verdict"] for e in entries} == {
        ("room-1", "temperature"): "abnormal", ("room-1", "humidity"): "normal", ("room-1", "water_leak"): "normal",
        ("room-1", "fire"): "attention", ("room-1", "power"): "normal",
    }  # fmt: skip
    assert {e["by"] for e in entries} == {"李四"}
    found = run(tool, inventory)
    assert found["room-1", "checks.range"] == "fail"
    assert found["room-1", "checks.verdict"] == "fail"
    assert found["room-1", "checks.recorded"] == "pass"
    assert found["rack-01", "checks.recorded"] == "manual"


def test_a_bad_row_imports_nothing(tool: Tool) -> None:
    inventory = tool.inventory(HOSTS)
    form = tool.folder / "form.xlsx"
    said(tool, "manual", "form", "--out", form, "-i", inventory)
    book = openpyxl.load_workbook(form)
    column = {cell.value: cell.column for cell in book.active[1]}
    for number, verdict in ((2, "normal"), (3, "perhaps")):
        book.active.cell(number, column["Verdict"]).value = verdict
    book.save(form)
    done = tool("manual", "import", form, "--by", "Li", "-i", inventory)
    assert done.returncode == 4
    assert "row 3" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tool.state.rglob("*.jsonl"))


def test_photograph_and_tampering(tool: Tool) -> None:
    inventory = tool.inventory(HOSTS)
    photo = tool.folder / "rack.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 64)
    words = ("manual", "record", "rack-01", "appearance", "--verdict", "normal", "--by", "Li", "-i", inventory)
    entry = said(tool, *words, "--photo", photo, "--witness", "Wang")
    assert entry["photos"][0]["bytes"] == 72
    said(tool, *words)
    assert run(tool, inventory)["rack-01", "journal.intact"] == "pass"
    [journal] = tool.state.glob("manual/rack-01~*.jsonl")
    journal.write_text(journal.read_text(encoding="utf-8").replace("Wang", "Wong"), encoding="utf-8")
    found = run(tool, inventory)
    assert found["rack-01", "journal.intact"] == "fail"
    assert found["rack-01", "checks.recorded"] == "manual"
    assert found["rack-02", "journal.intact"] == "pass"
    done = tool(*words)
    assert done.returncode == 1
    assert "damaged" in done.stderr


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("record", "rack-99", "label"), "no asset 'rack-99'"),
        (("record", "host-1", "label"), "has no manual checks"),
        (("record", "rack-01", "colour"), "no manual check 'colour'"),
        (("record", "room-1", "temperature", "--value", "warm"), "not a number"),
        (("record", "rack-01", "label"), "has no verdict"),
        (("record", "rack-01", "label", "--verdict", "normal", "--photo", "/nonexistent.jpg"), "cannot be read"),
        (("record", "rack-01", "label", "--verdict", "normal", "--time", "2999-01-01"), "yet to come"),
        (("import", "/nonexistent.xlsx"), "cannot be read"),
        (("form", "--out", "/nonexistent/form.xlsx"), "cannot be written"),
    ],
)
def test_mistakes_are_one_line_and_4(tool: Tool, words: tuple[str, ...], what: str) -> None:
    inventory = tool.inventory({**HOSTS, "host-1": THIS})
    by = () if words[0] == "form" else ("--by", "Li")
    done = tool("manual", *words, *by, "-i", inventory)
    assert done.returncode == 4, (done.stdout, done.stderr)
    assert what in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tool.state.rglob("*.jsonl"))


def test_bad_declaration_is_refused(tool: Tool) -> None:
    hosts = {"room-1": {**HOSTS["room-1"], "asset_manual_checks": ["nonsense"]}}
    done = tool("manual", "list", "-i", tool.inventory(hosts))
    assert done.returncode == 4
    assert "unknown manual check 'nonsense'" in done.stderr
