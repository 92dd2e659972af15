"""Reports of a sealed run: HTML, DOCX, XLSX, PDF and JSON from one view model. Reads nothing but the run folder."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from xunwei.errors import InputError
from xunwei.render.files import template, templates_dir, write_atomic

if TYPE_CHECKING:
    from xunwei.render.shapes import View

FORMATS = ("html", "docx", "xlsx", "pdf", "json")
__all__ = ["FORMATS", "render", "template", "templates_dir"]


def render(
    run_dir: Path, formats: Sequence[str], lang: str, out_dir: Path, *, templates: Path | None = None
) -> list[Path]:
    """Write report.<format> for each of `formats` into `out_dir` and return the paths in that order.

    `lang` is zh or en ("" for the run's own). Every format is made in memory first and only then put in place: a folder
    never holds half a report. Raises InputError for an unknown format or language or a folder that is not a run,
    EvidenceError when a file of the run was altered since it was sealed.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise InputError(f"unknown report format {unknown[0]!r}", hint=f"one of {', '.join(FORMATS)}")
    from xunwei.render.view import load

    view = load(run_dir, lang or None)
    made = {name: _make(name, view, templates) for name in dict.fromkeys(formats)}
    return [write_atomic(out_dir / f"report.{name}", data) for name, data in made.items()]


def _make(name: str, view: View, templates: Path | None) -> bytes:
    """The bytes of one format; its library is imported only now."""
    module = import_module(f"xunwei.render.to_{name}")
    if name in ("json", "xlsx"):
        return cast(bytes, module.render(view))
    return cast(bytes, module.render(view, templates))
