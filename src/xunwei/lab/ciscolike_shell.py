"""One login on a device with an IOS-like command line, without any I/O: lines in, text and prompt out."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from xunwei.lab.ciscolike import ENABLE_PASSWORD, CiscoLike, conceal
from xunwei.lab.filters import FilterError, wanted
from xunwei.lab.grammar import Fault, Found, Keyword, RefusalError, Seq, Trail, compile_pattern, match, refusal, split
from xunwei.lab.shell import Reply

Dialog = Generator[str, str, str]
# Commands of the exec mode: (pattern, action, lowest level).
_EXEC: tuple[tuple[str, str, int], ...] = (
    ("terminal length <lines:int:0-512>", "length", 1),
    ("terminal width <lines:int:0-512>", "accepted", 1),
    ("terminal monitor", "accepted", 15),
    ("terminal no monitor", "accepted", 15),
    ("enable", "enable", 1),
    ("disable", "disable", 1),
    ("exit", "logout", 1),
    ("logout", "logout", 1),
    ("quit", "logout", 1),
    ("configure terminal", "configure", 15),
    ("write [memory]", "save", 15),
    ("copy running-config startup-config", "copy", 15),
    ("reload", "reload", 15),
    ("show running-config", "running", 15),
    ("show running-config interface <interface>", "running_interface", 15),
    ("show startup-config", "startup", 15),
    ("clear counters", "accepted", 15),
    ("clear logging", "accepted", 15),
)


class CiscoLikeSession:
    """State of one login. `page`: lines per screen, 0 for no paging. `system`: in the configuration mode."""

    def __init__(self, device: CiscoLike, user: str) -> None:
        self.device, self.user = device, user
        self.page = 24
        self.level = device.level(user)
        self.system = False
        self.place: tuple[str, str] | None = None  # (view, its line)
        self.dialog: Dialog | None = None
        self.secret = False
        self.end = ""
        self.exec: list[tuple[Seq, str, int]] = [(compile_pattern(p), a, n) for p, a, n in _EXEC]

    # -- what the terminal asks for ------------------------------------------------------------------------------------

    def prompt(self) -> str:
        name = self.device.hostname()
        if not self.system:
            return f"{name}{'#' if self.level == 15 else '>'}"
        # IOS cuts the name so that the prompt has room for the view
        view = f"-{self.device.dialect.texts.get('view_' + self.place[0], self.place[0])}" if self.place else ""
        return f"{name[:20]}(config{view})#"

    def open(self) -> Reply:
        banner = str(self.device.base.get("banner", "")).rstrip("\n")
        return Reply(f"\n{banner}\n" if banner else "\n", self.prompt())

    def feed(self, line: str) -> Reply:
        """Handles one typed line."""
        if self.dialog is not None:
            return self._step(self.dialog, line)
        if not line.strip() or line.lstrip().startswith("!"):
            return Reply(prompt=self.prompt())
        self.device.journal.commands.append((self.user, line.strip()))
        try:
            return self._configure(line) if self.system else self._execute(line)
        except RefusalError as err:
            return self._refused(err, line)

    def interrupt(self) -> Reply:
        """Ctrl-C: a dialog is given up; from the configuration mode back to exec."""
        self.dialog, self.secret, self.system, self.place = None, False, False, None
        return Reply(prompt=self.prompt())

    def expected(self, line: str) -> list[str]:
        """What may come next (`?`), keywords only."""
        words = split(line)
        start = "" if not line or line.endswith(" ") else words.pop().text.lower()
        out: set[str] = set()
        for seq in self._known():
            trail = Trail(depth=len(words))
            for found in match(seq, line, words, lambda typed: typed, trail):
                out |= {"<cr>"} if found.at == len(words) and not start else set()
            out |= {e.text for e in trail.wanted if isinstance(e, Keyword) and trail.depth == len(words)}
        return sorted(w for w in out if w.startswith(start))

    def _known(self) -> list[Seq]:
        if self.system:
            return [seq for _, seq in self.device.dialect.lines[self.place[0] if self.place else "global"]]
        return [seq for seq, _, level in self.exec if level <= self.level] + [seq for seq, _ in self.device.answers]

    # -- replies -------------------------------------------------------------------------------------------------------

    def _refused(self, err: RefusalError, line: str) -> Reply:
        texts = self.device.dialect.texts
        if err.fault is Fault.INCOMPLETE:
            return Reply(f"{texts['incomplete']}\n\n", self.prompt())
        if err.fault is Fault.AMBIGUOUS:
            return Reply(f'{texts["ambiguous"]}  "{line.strip()}"\n', self.prompt())
        column = len(self.prompt()) + min(err.column, len(line.rstrip()))
        return Reply(f"{' ' * column}^\n{texts['invalid']}\n\n", self.prompt())

    def _reply(self, text: str, *, display: bool = False, template: bool = False) -> Reply:
        shown = text + "\n" if text else ""
        return Reply(shown, "" if self.end else self.prompt(), self.end, display=display, template=template)

    def _start(self, dialog: Dialog) -> Reply:
        try:
            question = next(dialog)
        except StopIteration as stop:
            return self._reply(stop.value)
        self.dialog = dialog
        return Reply(prompt=question)

    def _step(self, dialog: Dialog, line: str) -> Reply:
        try:
            return Reply(prompt=dialog.send(line))
        except StopIteration as stop:
            self.dialog = None
            return self._reply(stop.value)

    def _find(self, line: str, known: list[tuple[Seq, Any]]) -> tuple[Found, Any]:
        """The one command a line is, with abbreviations; RefusalError when it is none, or several."""
        words = split(line)
        trail = Trail()
        names = self.device.interfaces()

        def resolve(typed: str) -> str | None:
            return self.device.dialect.interface(typed, names)

        hits = [(f, what) for seq, what in known for f in match(seq, line, words, resolve, trail)]
        if not hits:
            raise refusal(trail, line, words)
        best = min(hits, key=lambda h: h[0].marks)
        if any(h[0].marks == best[0].marks and h[0].words != best[0].words for h in hits):
            raise RefusalError(Fault.AMBIGUOUS, 0, 0)
        return best

    # -- exec mode -----------------------------------------------------------------------------------------------------

    def _execute(self, line: str) -> Reply:
        command, *filters = [part.strip() for part in line.split(" | ")] if " | " in line else [line]
        known: list[tuple[Seq, Any]] = [(seq, action) for seq, action, level in self.exec if level <= self.level]
        known += [(seq, template) for seq, template in self.device.answers]
        found, what = self._find(command, known)
        if isinstance(what, str):
            shown = what in ("running", "running_interface", "startup")
            if filters and not shown:
                raise RefusalError(Fault.UNRECOGNIZED, line.index("|"), len(found.words))
            result = getattr(self, f"do_{what}")(found)
            if isinstance(result, Generator):
                return self._start(result)
            return self._filtered(result, filters) if shown else self._reply(result)
        reply = self._filtered(self.device.answer(what, dict(found.args)), filters)
        reply.template = True
        return reply

    def _filtered(self, text: str, filters: list[str]) -> Reply:
        try:
            for part in filters:
                text = wanted(text, part)
        except FilterError:
            return self._reply(self.device.dialect.texts["invalid"])
        return self._reply(text, display=True)

    def do_accepted(self, _found: Found) -> str:
        return ""

    def do_length(self, found: Found) -> str:
        self.page = int(dict(found.args)["lines"])
        return ""

    def do_logout(self, _found: Found) -> str:
        self.end = "logout"
        return ""

    def do_enable(self, _found: Found) -> str | Dialog:
        return "" if self.level == 15 else self._ask_password()

    def _ask_password(self) -> Dialog:
        self.secret = True
        for _ in range(3):
            if (yield "Password: ") == ENABLE_PASSWORD:
                self.level, self.secret = 15, False
                return ""
        self.secret = False
        return self.device.dialect.texts["denied"]

    def do_disable(self, _found: Found) -> str:
        self.level = 1
        return ""

    def do_configure(self, _found: Found) -> str:
        self.system = True
        return self.device.dialect.texts["configure"]

    def do_save(self, _found: Found) -> str:
        return self.device.dialect.texts["saved" if self.device.save() else "disk_full"]

    def do_copy(self, found: Found) -> Dialog:
        question = self.device.dialect.texts.get("copy_ask", "")
        if question and (yield question).strip() not in ("", "startup-config"):
            return self.device.dialect.texts["invalid"]
        return self.do_save(found)

    def do_reload(self, _found: Found) -> Dialog:
        texts = self.device.dialect.texts
        if self.device.unsaved() and texts.get("reload_unsaved"):
            answer = (yield texts["reload_unsaved"]).strip().lower()
            if answer.startswith("y") and not self.device.save():
                return texts["disk_full"]
        answer = (yield texts["reload_ask"]).strip().lower()
        if answer not in texts["reload_yes"].split(","):
            return ""
        self.end = "reboot"
        return ""

    def do_running(self, _found: Found) -> str:
        return self.device.running_text()

    def do_startup(self, _found: Found) -> str:
        return self.device.startup_text()

    def do_running_interface(self, found: Found) -> str:
        block = self.device.find(f"interface {dict(found.args)['interface']}")
        return "\n".join([block.line, *(f" {kid}" for kid in block.kids), "end"]) if block is not None else ""

    # -- configuration mode --------------------------------------------------------------------------------------------

    def _configure(self, line: str) -> Reply:
        word = line.strip().lower()
        if word in ("end", "return"):
            self.system, self.place = False, None
            return self._reply("")
        if word == "exit":
            if self.place is None:
                self.system = False
            self.place = None
            return self._reply("")
        no = word.startswith("no ")
        typed = line.lstrip()[3:].lstrip() if no else line
        try:
            return self._line(typed, no=no, view=self.place[0] if self.place else "global")
        except RefusalError:
            if self.place is None:
                raise
            reply = self._line(typed, no=no, view="global")  # a global command leaves the open view
            self.place = self.place if self._opened else None
            return reply

    _opened = False

    def _line(self, typed: str, *, no: bool, view: str) -> Reply:
        known = [(seq, (mark, seq)) for mark, seq in self.device.dialect.lines[view]]
        if no:
            words = split(typed)
            taught = self._lines(view)
            own = next((line for line in taught if line == " ".join(w.text for w in words)), "")
            if own:
                return self._remove(own, view)
        found, (mark, seq) = self._find(typed, known)
        line = conceal(" ".join(found.words), vendor=self.device.dialect.name)
        self._opened = mark.startswith(">") and not no
        if no:
            return self._remove(line, view)
        if mark.startswith(">"):
            self.device.block(line)
            self.place = (mark[1:], line)
            return self._reply("")
        front = sum(1 for _ in _front(seq))
        self._set(line, " ".join(line.split()[:front]) if mark == "=" else line, view)
        return self._reply("")

    def _lines(self, view: str) -> list[str]:
        if view == "global" or self.place is None:
            return [b.line for b in self.device.running]
        return self.device.block(self.place[1]).kids

    def _set(self, line: str, head: str, view: str) -> None:
        negated = f"no {head}"
        if view == "global" or self.place is None:
            self.device.running[:] = [b for b in self.device.running if b.line != negated]
            found = next((b for b in self.device.running if b.line == head or b.line.startswith(head + " ")), None)
            if found is None:
                self.device.block(line)
            else:
                found.line = line
            return
        kids = self.device.block(self.place[1]).kids
        kids[:] = [k for k in kids if k != head and not k.startswith(head + " ") and k != negated]
        kids.append(line)

    def _remove(self, line: str, view: str) -> Reply:
        gone: Callable[[str], bool] = lambda have: have == line or have.startswith(line + " ")  # noqa: E731
        if view == "global" or self.place is None:
            left = [b for b in self.device.running if not gone(b.line)]
            if len(left) == len(self.device.running) and line in self.device.dialect.texts["on_by_default"].split(","):
                self.device.block(f"no {line}")
            else:
                self.device.running[:] = left
        else:
            kids = self.device.block(self.place[1]).kids
            kids[:] = [k for k in kids if not gone(k)]
        return self._reply("")


def _front(seq: Seq) -> Generator[Keyword, None, None]:
    for element in seq:
        if not isinstance(element, Keyword):
            return
        yield element
