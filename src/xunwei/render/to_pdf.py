"""report.pdf: the archived final, typeset by typst. Data goes in as a JSON file of its own, never as markup."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from xunwei.errors import InputError
from xunwei.render import fonts
from xunwei.render.cmap import Coverage
from xunwei.render.files import template
from xunwei.render.pdf_data import document
from xunwei.render.shapes import View
from xunwei.render.svg import with_family

STANDARD: Final = "a-2b"
# A run of this many characters without a space gets places where the line may break.
LONG = re.compile(r"[!-~]{18,}")


def render(view: View, templates: Path | None = None) -> bytes:
    """PDF/A-2b, dated by the run and not by the clock. Raises InputError when the template does not compile."""
    import typst

    face, page = fonts.find(), template("inspection.typ", templates)
    covered = Coverage(face.files)
    data = document(view, face)
    text = json.dumps(tree(data, covered), ensure_ascii=False)
    with TemporaryDirectory(prefix="xunwei-") as folder:
        root = Path(folder)
        shutil.copyfile(page, root / "inspection.typ")
        (root / "data.json").write_text(text, encoding="utf-8")
        for name, svg in view.charts.items():
            (root / f"{name}.svg").write_text(covered.shown(with_family(svg, face.head)), encoding="utf-8")
        try:
            compiler = typst.Compiler(
                root / "inspection.typ", root=root, font_paths=face.fonts, ignore_system_fonts=True
            )
            made = compiler.compile(
                format="pdf", pdf_standards=[STANDARD], timestamp=int(view.finished_time.timestamp()), pdf_tags=False
            )
        except typst.TypstError as error:
            raise InputError(f"report template: {error}", where=str(page), hint="; ".join(error.hints)) from error
    if not isinstance(made, bytes):
        raise InputError("the template made no document", where=str(page))
    return made


def tree(data: Any, covered: Coverage) -> Any:
    """`data` with every string breakable and without characters that no font at hand can draw."""
    if isinstance(data, str):
        return LONG.sub(_breakable, data if data.isascii() else covered.shown(data))
    if isinstance(data, list | tuple):
        return [tree(item, covered) for item in data]
    if isinstance(data, dict):
        return {key: tree(value, covered) for key, value in data.items()}
    return data


def _breakable(match: re.Match[str]) -> str:
    """Zero-width spaces after punctuation and at least every 8 characters."""
    return re.sub(r"([/_.,:;=|&?@\-]|[^/_.,:;=|&?@\-]{8})(?=.)", "\\1\u200b", match.group())
