"""Render the reports of a finished run and put a signed manifest beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xunwei.errors import InputError, RefusedError
from xunwei.record import manifest

FORMATS = ("html", "docx", "xlsx", "pdf", "json")


def make_reports(state: Path, run: Path, formats: Sequence[str], lang: str, out: Path | None = None) -> list[Path]:
    """Write reports to `out` (default: the run's `reports` folder, which is then sealed on its own).

    Raises InputError for an unknown format and RefusedError for a run that was never finished.
    """
    from xunwei.render import render

    for name in formats:
        if name not in FORMATS:
            raise InputError(f"unknown report format {name!r}", hint=f"known: {', '.join(FORMATS)}")
    if not manifest.is_sealed(run):
        raise RefusedError(
            "the run was never finished and sealed", where=str(run), hint="its parts are kept; run again"
        )
    folder = out or run / "reports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = render(run, formats, lang, folder)
    if out is None:
        manifest.seal(folder, state)
    return paths
