"""A reader of nginx's own configuration language, as `nginx -T` prints it: words, `;`, braces, quotes, comments."""

from __future__ import annotations

import copy
import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from xunwei.parse import Unparsed

END = "# xunwei: end of configuration"
_FILE = re.compile(r"^# configuration file (/.+):$", re.MULTILINE)
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>\#[^\n]*)|(?P<mark>[;{}])
      |"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<word>(?:\\.|\$\{[^}]*\}|[^\s;{}"'\\])(?:\\.|\$\{[^}]*\}|[^\s;{}\\])*)""",
    re.VERBOSE | re.DOTALL,
)
_DEEPEST = 20


@dataclass
class Directive:
    """One directive; `block` is None for a simple one."""

    name: str
    words: list[str]
    line: int
    file: str
    block: list[Directive] | None = None
    above: Directive | None = field(default=None, repr=False)

    @property
    def value(self) -> str:
        """Its words joined."""
        return " ".join(self.words)


def read(text: str) -> list[Directive]:
    """Directives of the first file, with those of every included file in the place of its `include`. Raises Unparsed."""
    if not text.rstrip().endswith(END):
        raise Unparsed("the configuration is cut off: its last line is missing")
    files: dict[str, Directive] = {}
    for path, first, content in _files(text):
        if path not in files:
            files[path] = _parse(path, first, content)
    if not files:
        raise Unparsed("not what nginx -T prints: no configuration file is named")
    main = next(iter(files))
    used = {main}
    _expand(files[main], files, main.rpartition("/")[0], used, 0)
    lost = [path for path in files if path not in used]
    if lost:
        raise Unparsed(f"{lost[0][:80]} is included by nothing")
    return files[main].block or []


def _files(text: str) -> Iterator[tuple[str, int, str]]:
    """(path, line of its first line, content) of each file; the report of the test before the first is left out."""
    marks = list(_FILE.finditer(text))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        yield mark[1], text.count("\n", 0, mark.end()) + 1, text[mark.end() : after.start() if after else len(text)]


def _parse(path: str, first: int, content: str) -> Directive:
    root = Directive("", [], first, path, [])
    at, began = root, 0
    words: list[str] = []
    for kind, value, number in _tokens(content):
        line = first + number
        if kind == "word":
            began = began or line
            words.append(value)
            continue
        if value == "}":
            if words or at.above is None:
                raise Unparsed(f"line {line}: a brace closes nothing")
            at = at.above
            continue
        if not words:
            raise Unparsed(f"line {line}: {value!r} without a directive")
        one = Directive(words[0], words[1:], began, path, [] if value == "{" else None, at)
        assert at.block is not None
        at.block.append(one)
        if value == "{":
            at = one
            if _depth(at) > _DEEPEST:
                raise Unparsed(f"line {line}: nested too deep")
        words, began = [], 0
    if at is not root or words:
        raise Unparsed(f"{path[:80]} ends inside a directive")
    return root


def _expand(block: Directive, files: dict[str, Directive], folder: str, used: set[str], depth: int) -> None:
    """Replace every include below `block` by copies of the files it names (patterns allowed)."""
    if depth > _DEEPEST:
        raise Unparsed("files include each other without end")
    made: list[Directive] = []
    for one in block.block or []:
        if one.name == "include" and one.block is None:
            pattern = one.value if one.value.startswith("/") else f"{folder}/{one.value}"
            for path in (p for p in files if fnmatch.fnmatchcase(p, pattern)):
                used.add(path)
                holder = copy.deepcopy(Directive("", [], one.line, path, files[path].block))
                _expand(holder, files, folder, used, depth + 1)
                made += holder.block or []
        else:
            if one.block is not None:
                _expand(one, files, folder, used, depth + 1)
            made.append(one)
    for one in made:
        one.above = block
    block.block = made


def _depth(one: Directive) -> int:
    depth, above = 0, one.above
    while above is not None:
        depth, above = depth + 1, above.above
    return depth


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """(`word` or `mark`, value, lines before it)."""
    position, line = 0, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise Unparsed(f"not a word of nginx's: {text[position : position + 30]!r}")
        kind = match.lastgroup or ""
        if kind not in ("comment", "space"):
            yield ("mark" if kind == "mark" else "word", match[kind], line)
        line += match[0].count("\n")
        position = match.end()


def walk(directives: list[Directive], *names: str) -> Iterator[Directive]:
    """Every directive of these names, at any depth, in order."""
    for one in directives:
        if one.name in names:
            yield one
        if one.block is not None:
            yield from walk(one.block, *names)


def find(one: Directive, name: str) -> Directive | None:
    """The directive `name` that is in force here: in this block or the nearest above it."""
    at: Directive | None = one
    while at is not None:
        for inner in reversed(at.block or []):
            if inner.name == name:
                return inner
        at = at.above
    return None


def outer(one: Directive, *names: str) -> Directive | None:
    """The nearest block around it with one of these names."""
    at = one.above
    while at is not None and at.name not in names:
        at = at.above
    return at
