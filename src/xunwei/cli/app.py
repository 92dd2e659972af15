"""The commands and their options. Bodies import what they need when they run, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xunwei.catalogue import catalogue, user_language

T = catalogue(user_language(), "cli")
app = typer.Typer(
    name="xunwei",
    help=T("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lab = typer.Typer(help=T("lab.help"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(lab, name="lab")
M, C = catalogue(user_language(), "manual"), catalogue(user_language(), "coverage")
manual = typer.Typer(help=M("help"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(manual, name="manual")

Json = Annotated[bool, typer.Option("--json", help=T("opt.json"))]
Inventory = Annotated[list[Path], typer.Option("--inventory", "-i", help=T("opt.inventory"))]
Limit = Annotated[str, typer.Option("--limit", "-l", help=T("opt.limit"))]
Lang = Annotated[str, typer.Option("--lang", help=T("opt.lang"))]
Formats = Annotated[str, typer.Option("--format", help=T("opt.format"))]
Run = Annotated[str, typer.Argument(metavar="RUN_DIR", help=T("opt.run"))]
ALL_FORMATS = "html,docx,xlsx,pdf,json"


@app.command(help=T("inspect.help"))
def inspect(
    inventory: Inventory,
    limit: Limit = "",
    target: Annotated[str, typer.Option("--target", help=T("opt.target"))] = "all",
    run_id: Annotated[str, typer.Option("--run-id", help=T("opt.run_id"))] = "",
    formats: Formats = ALL_FORMATS,
    lang: Lang = "zh",
    kind: Annotated[str, typer.Option("--kind", help=T("opt.kind"))] = "inspection",
    gate: Annotated[str, typer.Option("--gate", help=T("opt.gate"))] = "",
    coverage: Annotated[str, typer.Option("--gate-coverage", help=T("opt.coverage"))] = "",
    timeout: Annotated[float, typer.Option("--timeout", help=T("opt.timeout"))] = 3600.0,
    vault: Annotated[list[Path] | None, typer.Option("--vault-password-file", help=T("opt.vault"))] = None,
    extra: Annotated[list[str] | None, typer.Option("--extra-vars", "-e", help=T("opt.extra"))] = None,
    tags: Annotated[str, typer.Option("--tags", "-t", help=T("opt.tags"))] = "",
    skip_tags: Annotated[str, typer.Option("--skip-tags", help=T("opt.skip_tags"))] = "",
    check: Annotated[bool, typer.Option("--check", "-C", help=T("opt.check"))] = False,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help=T("opt.verbose"))] = 0,
    as_json: Json = False,
) -> int:
    from xunwei.cli import inspecting

    wish = inspecting.Wish(
        inventories=inventory, limit=limit, target=target, run_id=run_id, formats=_words(formats), lang=lang,
        kind=kind, gate=gate, coverage=coverage, timeout=timeout, vaults=vault or [], extra=extra or [], tags=tags,
        skip_tags=skip_tags, check=check, verbose=verbose, as_json=as_json,
    )  # fmt: skip
    return inspecting.inspect(wish)


@app.command(help=T("rules.help"))
def rules(
    platform: Annotated[str, typer.Option("--platform", help=T("opt.platform"))] = "", as_json: Json = False
) -> int:
    from xunwei.cli import listing

    return listing.rules(platform, as_json)


@app.command(help=T("assets.help"))
def assets(
    inventory: Annotated[list[Path] | None, typer.Option("--inventory", "-i", help=T("opt.inventory"))] = None,
    limit: Limit = "",
    audit: Annotated[str, typer.Option("--audit", metavar="RUN", help=T("opt.audit"))] = "",
    as_json: Json = False,
) -> int:
    from xunwei.cli import listing

    return listing.audit(audit, as_json) if audit else listing.assets(inventory or [], limit, as_json)


@app.command(help=T("history.help"))
def history(
    asset: Annotated[str, typer.Argument(metavar="ASSET", help=T("opt.asset"))],
    section: Annotated[str, typer.Argument(metavar="[SECTION]", help=T("opt.section"))] = "",
    runs: Annotated[tuple[str, str], typer.Option("--runs", metavar="RUN RUN", help=T("opt.two_runs"))] = ("", ""),
    diff: Annotated[bool, typer.Option("--diff", help=T("opt.diff"))] = False,
    as_json: Json = False,
) -> int:
    from xunwei.cli import history as commands

    return commands.history(asset, section, [r for r in runs if r], diff or any(runs), as_json)


@app.command(help=C("help"))
def coverage(
    inventory: Inventory,
    run: Annotated[str, typer.Option("--run", metavar="RUN", help=C("opt.run"))] = "",
    as_json: Json = False,
) -> int:
    from xunwei.cli import coverage as commands

    return commands.coverage(inventory, run, as_json)


@app.command(help=T("parse.help"))
def parse(
    platform: Annotated[str, typer.Argument(metavar="PLATFORM", help=T("opt.platform"))],
    section: Annotated[str, typer.Argument(metavar="SECTION", help=T("opt.section"))],
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help=T("opt.file"))] = "-",
    as_json: Json = True,  # noqa: ARG001 - the answer is JSON with and without it
) -> int:
    from xunwei.cli import listing

    return listing.parse(platform, section, file)


@app.command(help=T("evaluate.help"))
def evaluate(
    run: Run,
    out: Annotated[Path | None, typer.Option("--out", help=T("opt.evaluate_out"))] = None,
    as_json: Json = False,
) -> int:
    from xunwei.cli import runs as commands

    return commands.evaluate(run, out, as_json)


@app.command(help=T("report.help"))
def report(
    run: Run,
    formats: Formats = ALL_FORMATS,
    lang: Lang = "zh",
    out: Annotated[Path | None, typer.Option("--out", help=T("opt.report_out"))] = None,
    as_json: Json = False,
) -> int:
    from xunwei.cli import runs as commands

    return commands.report(run, _words(formats), lang, out, as_json)


@app.command(help=T("verify.help"))
def verify(
    run: Run,
    signers: Annotated[Path | None, typer.Option("--signers", help=T("opt.signers"))] = None,
    as_json: Json = False,
) -> int:
    from xunwei.cli import runs as commands

    return commands.verify(run, signers, as_json)


@app.command(help=T("merge.help"))
def merge(
    run: Run,
    parts: Annotated[list[Path], typer.Argument(metavar="PART_DIR...", help=T("opt.parts"))],
    as_json: Json = False,
) -> int:
    from xunwei.cli import runs as commands

    return commands.merge(run, parts, as_json)


@app.command(name="runs", help=T("runs.help"))
def runs_(
    limit: Annotated[int, typer.Option("--last", help=T("opt.last"))] = 20,
    as_json: Json = False,
) -> int:
    from xunwei.cli import runs as commands

    return commands.runs(limit, as_json)


@app.command(help=T("findings.help"))
def findings(
    asset: Annotated[str, typer.Option("--asset", help=T("opt.asset"))] = "",
    severity: Annotated[str, typer.Option("--severity", help=T("opt.severity"))] = "",
    fixed: Annotated[bool, typer.Option("--fixed", help=T("opt.fixed"))] = False,
    as_json: Json = False,
) -> int:
    from xunwei.cli import runs as commands

    return commands.findings(asset, severity, fixed, as_json)


@manual.command(name="record", help=M("record.help"))
def manual_record(
    asset: Annotated[str, typer.Argument(metavar="ASSET", help=T("opt.asset"))],
    check: Annotated[str, typer.Argument(metavar="CHECK", help=M("opt.check"))],
    inventory: Inventory,
    by: Annotated[str, typer.Option("--by", help=M("opt.by"))],
    value: Annotated[str, typer.Option("--value", help=M("opt.value"))] = "",
    verdict: Annotated[str, typer.Option("--verdict", help=M("opt.verdict"))] = "",
    witness: Annotated[str, typer.Option("--witness", help=M("opt.witness"))] = "",
    photo: Annotated[list[Path] | None, typer.Option("--photo", help=M("opt.photo"))] = None,
    note: Annotated[str, typer.Option("--note", help=M("opt.note"))] = "",
    when: Annotated[str, typer.Option("--time", help=M("opt.time"))] = "",
    as_json: Json = False,
) -> int:
    from xunwei.cli import manual as commands

    said = commands.Said(value, verdict, by, witness, note, when, photo or [])
    return commands.record(inventory, asset, check, said, as_json)


@manual.command(name="list", help=M("list.help"))
def manual_list(
    inventory: Inventory, due: Annotated[bool, typer.Option("--due", help=M("opt.due"))] = False, as_json: Json = False
) -> int:
    from xunwei.cli import manual as commands

    return commands.list_(inventory, due, as_json)


@manual.command(name="form", help=M("form.help"))
def manual_form(
    inventory: Inventory,
    out: Annotated[Path, typer.Option("--out", help=M("opt.out"))],
    due: Annotated[bool, typer.Option("--due", help=M("opt.due"))] = False,
    as_json: Json = False,
) -> int:
    from xunwei.cli import manual as commands

    return commands.form(inventory, out, due, as_json)


@manual.command(name="import", help=M("import.help"))
def manual_import(
    form: Annotated[Path, typer.Argument(metavar="FORM", help=M("opt.form"))],
    inventory: Inventory,
    by: Annotated[str, typer.Option("--by", help=M("opt.by_default"))],
    as_json: Json = False,
) -> int:
    from xunwei.cli import manual as commands

    return commands.import_(inventory, form, by, as_json)


@lab.command(name="start", help=T("lab.start"))
def lab_start(
    base: Annotated[int, typer.Option("--base", envvar="XUNWEI_LAB_BASE", help=T("opt.base"))] = 22200,
    estate: Annotated[bool, typer.Option("--estate", help=T("opt.estate"))] = False,
    as_json: Json = False,
) -> int:
    from xunwei.cli import labs

    return labs.start(base, estate, as_json)


@lab.command(name="stop", help=T("lab.stop"))
def lab_stop(as_json: Json = False) -> int:
    from xunwei.cli import labs

    return labs.stop(as_json)


@lab.command(name="status", help=T("lab.status"))
def lab_status(as_json: Json = False) -> int:
    from xunwei.cli import labs

    return labs.status(as_json)


@lab.command(name="fault", help=T("lab.fault"))
def lab_fault(
    device: Annotated[str, typer.Argument(metavar="DEVICE", help=T("opt.device"))],
    fault: Annotated[str, typer.Argument(metavar="FAULT", help=T("opt.fault"))],
    value: Annotated[str, typer.Argument(metavar="on|off|VALUE", help=T("opt.fault_value"))] = "on",
    as_json: Json = False,
) -> int:
    from xunwei.cli import labs

    return labs.fault(device, fault, value, as_json)


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]
