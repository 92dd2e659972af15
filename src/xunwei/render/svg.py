"""Our own SVG charts as PNG, for formats that take no SVG."""

from __future__ import annotations

from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from xunwei.render import charts, fonts

PIXELS_PER_INCH = 220


def png(pictures: dict[str, str]) -> dict[str, bytes]:
    """The PNG of each SVG, by the same names."""
    import typst

    if not pictures:
        return {}
    face = fonts.find()
    with TemporaryDirectory(prefix="xunwei-") as folder:
        root = Path(folder)
        lines = ["#set page(width: auto, height: auto, margin: 2pt)"]
        for index, svg in enumerate(pictures.values()):
            (root / f"{index}.svg").write_text(with_family(svg, face.head), encoding="utf-8")
            lines.append(f'#page(image("{index}.svg"))')
        (root / "main.typ").write_text("\n".join(lines), encoding="utf-8")
        compiler = typst.Compiler(root / "main.typ", root=root, font_paths=face.fonts, ignore_system_fonts=True)
        pages = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    found = pages if isinstance(pages, list) else [pages]
    return {name: bytes(page) for name, page in zip(pictures, found, strict=True) if page is not None}


def with_family(svg: str, families: tuple[str, ...]) -> str:
    """The picture set in the fonts at hand instead of the list for browsers."""
    return svg.replace(charts.FONTS, escape(", ".join(families)), 1)
