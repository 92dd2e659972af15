"""`xunwei coverage`: asset × area of inspection: automatic, by hand, missing; with a run, what became of each."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from xunwei.catalogue import Catalogue, catalogue, user_language
from xunwei.cli import show
from xunwei.cli.listing import inventory_hosts
from xunwei.cli.runs import folder_of
from xunwei.flow import coverage as flow
from xunwei.flow.gathering import gather
from xunwei.flow.manual import slots_of
from xunwei.model import Json


def coverage(inventories: list[Path], run: str, as_json: bool) -> int:
    """Print the matrix. Exit code 0: a hole in it is shown, not an error."""
    hosts = inventory_hosts(inventories)
    records = flow.of_run(folder_of(run)) if run else None
    rows = flow.matrix(gather(hosts), slots_of(hosts), flow.required(), records)
    totals = flow.totals(rows)
    if as_json:
        show.as_json({"assets": rows, "totals": totals})
        return 0
    t = catalogue(user_language(), "coverage")
    if sys.stdout.isatty():
        _rich(t, rows, totals)
    else:
        _plain(t, rows, totals)
    return 0


def _plain(t: Catalogue, rows: Iterable[Json], totals: Json) -> None:
    """One line per cell, columns separated by tabs; then the totals."""
    for row in rows:
        for cell in row["cells"] or [{"area": "-", "by": "-", "required": False, "status": None}]:
            words = [row["asset"], row["class"], row["platform"], cell["area"], cell["by"]]
            words.append("required" if cell["required"] else "more")
            show.out("\t".join([*words, cell["status"] or "-"]))
    for line in _summary(t, totals):
        show.out(line)


def _rich(t: Catalogue, rows: Iterable[Json], totals: Json) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*(t(f"head.{h}") for h in ("asset", "class", "platform", "automatic", "manual", "missing")))
    for row in rows:
        cells = [
            Text(_areas(t, row["cells"], by), style="red" if by == flow.NONE else "")
            for by in (flow.AUTOMATIC, flow.MANUAL, flow.NONE)
        ]
        table.add_row(Text(row["asset"]), t.word("class", row["class"]), Text(row["platform"]), *cells)
    console = Console()
    console.print(table)
    for line in _summary(t, totals):
        console.print(Text(line))


def _areas(t: Catalogue, cells: Iterable[Json], by: str) -> str:
    """The areas of one kind, with what became of them where that is not plainly good."""
    good = (None, flow.COLLECTED, flow.FRESH, flow.NONE)
    shown = []
    for cell in cells:
        if cell["by"] == by:
            remark = "" if cell["status"] in good else f" ({t.word('status', cell['status'])})"
            shown.append(t.word("area", cell["area"]) + remark)
    return t("between").join(shown)


def _summary(t: Catalogue, totals: Json) -> Iterable[str]:
    for name, counts in totals["classes"].items():
        yield t("class_line", name=t.word("class", name), **counts)
    states = totals["states"]
    yield t("total", assets=totals["assets"], complete=totals["complete"], **states)
    if totals["statuses"]:
        yield t("run") + t("between").join(f"{t.word('status', k)} {n}" for k, n in totals["statuses"].items())
