"""Finds a Chinese font: the system's if there is one, else the one of the wheel package noto-cjk-sans-otc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.errors import InputError

SYSTEM = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# Best first: file name begins with, serif family for the text, sans family for headings. Whole font folders are never
# parsed: on a desktop that costs seconds.
KNOWN = (
    ("NotoSerifCJK", "Noto Serif CJK SC"), ("SourceHanSerif", "Source Han Serif SC"),
    ("NotoSansCJK", "Noto Sans CJK SC"),
    ("SourceHanSans", "Source Han Sans SC"), ("wqy-microhei", "WenQuanYi Micro Hei"),
    ("wqy-zenhei", "WenQuanYi Zen Hei"),
)  # fmt: skip
MONO = "Noto Sans Mono CJK SC"


@dataclass(frozen=True)
class Face:
    """Families to set text in, best first, for body, headings and raw text; `bold`: whether a real bold is there."""

    fonts: Any  # typst.Fonts
    body: tuple[str, ...]
    head: tuple[str, ...]
    mono: tuple[str, ...]
    bold: bool
    files: tuple[Path, ...]  # the font files behind body, head and mono


def bundled() -> Path:
    """The font file of noto-cjk-sans-otc. Raises InputError when the package is not installed."""
    try:
        import noto_cjk_sans_otc
    except ImportError:
        raise InputError("no Chinese font on this system", hint="install fonts-noto-cjk or noto-cjk-sans-otc") from None
    return Path(str(noto_cjk_sans_otc.FONT_PATH))


def system_files() -> Iterator[Path]:
    """Font files of the known families, in a fixed order."""
    for folder in SYSTEM:
        for parent, _, names in sorted(os.walk(Path(folder).expanduser())):
            for name in sorted(names):
                if name.lower().endswith((".ttc", ".otf", ".ttf")) and name.startswith(
                    tuple(prefix for prefix, _ in KNOWN)
                ):
                    yield Path(parent) / name


def find(*, system: bool = True) -> Face:
    """The face to typeset with. Raises InputError when there is no Chinese font at all."""
    import typst

    folders = dict.fromkeys(str(path.parent) for path in system_files()) if system else {}
    try:
        folders[str(bundled().parent)] = None
    except InputError:
        if not folders:
            raise
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    there = set(fonts.families())
    families = [family for _, family in KNOWN if family in there]
    if not families:
        raise InputError("no Chinese font could be read", where=", ".join(folders), hint="install fonts-noto-cjk")
    sans = [family for family in families if "Serif" not in family] or families
    mono = [MONO] if MONO in there else []
    heavy = any(info.family == sans[0] and info.weight >= 600 for info in fonts.fonts())
    used = {families[0], *sans, *mono}
    files = dict.fromkeys(Path(info.path) for info in fonts.fonts() if info.path and info.family in used)
    return Face(fonts, tuple(dict.fromkeys([families[0], *sans])), tuple(sans), (*mono, *sans), heavy, tuple(files))
