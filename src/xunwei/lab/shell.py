"""One login on a simulated device, without any I/O: lines in, text and prompt out."""

from __future__ import annotations

import copy
import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from xunwei.lab.actions import Actions
from xunwei.lab.configure import Edit, apply, printed, prompt_of
from xunwei.lab.device import Device
from xunwei.lab.filters import FilterError, cut, wanted
from xunwei.lab.grammar import Fault, Found, Keyword, RefusalError, Resolve, Token, Trail, match, refusal, split
from xunwei.lab.tree import Node
from xunwei.lab.views import Command

log = logging.getLogger(__name__)
Dialog = Generator[str, str, str]
LAZY_VIEWS = {
    "aaa",
    "vty",
    "line",
    "policy_security",
    "policy_nat",
    "policy_ip",
}  # always there: entering them adds no line
MOST_WORDS = 120


@dataclass
class Reply:
    """What one line brings: `text` (newline at the end unless empty), then `prompt`.

    `end`: logout or reboot of the device.
    """

    text: str = ""
    prompt: str = ""
    end: str = ""
    display: bool = False  # an answer that the output faults apply to
    template: bool = False  # and one that another firmware would word differently


@dataclass
class Place:
    """One open view: its line in the configuration, its name, its part of the prompt."""

    line: str
    view: str
    prompt: str


@dataclass
class Session:
    """State of one login. `page`: lines per screen, 0 for no paging."""

    device: Device
    user: str
    page: int = 24
    system: bool = False
    places: list[Place] = field(default_factory=list)
    candidate: Node | None = None
    edits: list[Edit] = field(default_factory=list)
    dialog: Dialog | None = None
    secret: bool = False  # the dialog asks for a password: no echo
    end: str = ""

    def __post_init__(self) -> None:
        self.actions = Actions(self)

    # -- prompts and text ----------------------------------------------------------------------------------------------

    def text(self, key: str, **values: object) -> str:
        return self.device.family.texts[key].format(**values) if values else self.device.family.texts[key]

    def prompt(self) -> str:
        name, prefix = self.device.hostname(), str(self.device.base.get("prompt_prefix", ""))
        if not self.system:
            return f"{prefix}<{name}>"
        mark = ("*" if self.edits else "~") if self.device.family.two_stage else ""
        inner = "-".join([name, *(p.prompt for p in self.places[-1:])])
        return f"{prefix}[{mark}{inner}]"

    # -- lines ---------------------------------------------------------------------------------------------------------

    def open(self) -> Reply:
        """What the device says after login."""
        return self._start(self.actions.greet())

    def feed(self, line: str) -> Reply:
        """Handles one typed line."""
        self.device.check_trial()
        if self.dialog is not None:
            return self._step(self.dialog, line)
        if not line.strip():
            return Reply(prompt=self.prompt())
        self.device.journal.commands.append((self.user, line.strip()))
        try:
            return self._command(line)
        except RefusalError as err:
            return self._refused(err, line)
        except RecursionError:
            return self._refused(RefusalError(Fault.TOO_MANY, 0, 0), line)

    def _refused(self, err: RefusalError, line: str) -> Reply:
        column = len(self.prompt()) + min(err.column, len(line.rstrip()))
        return Reply(f"{' ' * column}^\n{self.device.family.errors[err.fault]}\n", self.prompt())

    def _command(self, line: str) -> Reply:
        command_text, filters = cut(line)
        found, command, depth = self.understand(command_text)
        if filters and not _is_display(found):
            raise RefusalError(Fault.UNRECOGNIZED, line.index("|"), len(found.words))
        if self.device.level(self.user) < 3 and not self._allowed(found, command):
            return Reply(self.text("denied") + "\n", self.prompt())
        if command.target == "answer":
            source = next(s for c, s in self.device.answers if c is command)
            reply = self._shown(self.device.answer(source, dict(found.args)), filters)
            reply.template = True
            return reply
        if command.mark == "$":
            result = getattr(self.actions, "do_" + command.target)(found)
            if isinstance(result, Generator):
                return self._start(result)
            return self._shown(result, filters) if _is_display(found) else self._reply(result)
        return self._reply(self._configure(command, found, depth))

    def _allowed(self, found: Found, command: Command) -> bool:
        shown = _is_display(found) and not command.target.startswith(
            ("display_current", "display_saved", "display_this")
        )
        return shown or command.target.startswith(("quit", "screen_length"))

    def _shown(self, text: str, filters: list[str]) -> Reply:
        try:
            for part in filters:
                text = wanted(text, part)
        except FilterError:
            return self._reply(self.text("bad_regex"))
        if self.device.base.get("timestamps"):
            text = (
                self.device.now().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
                + self.device.now().strftime(" %z")
                + "\n"
                + text
            )
        reply = self._reply(text)
        reply.display = True
        return reply

    def _reply(self, text: str) -> Reply:
        return Reply(text + "\n" if text else "", "" if self.end else self.prompt(), self.end)

    # -- dialogs -------------------------------------------------------------------------------------------------------

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

    def interrupt(self) -> Reply:
        """Ctrl-C: a dialog is given up, otherwise nothing happens."""
        self.dialog, self.secret = None, False
        return Reply(prompt=self.prompt())

    # -- understanding a line ------------------------------------------------------------------------------------------

    def views(self) -> Iterator[tuple[str, int]]:
        """The views a line may belong to, with their depth: the open one, its parents, the system view."""
        if not self.system:
            yield "user", 0
            return
        for depth in range(len(self.places), 0, -1):
            yield self.places[depth - 1].view, depth
        yield "system", 0

    def understand(self, line: str) -> tuple[Found, Command, int]:
        """The command a line is, with abbreviations; RefusalError when it is none."""
        words = split(line)
        if len(words) > MOST_WORDS:
            raise RefusalError(Fault.TOO_MANY, words[MOST_WORDS].column, 0)
        worst: RefusalError | None = None
        known = self.device.interfaces()

        def resolve(typed: str) -> str | None:
            return self.device.family.interface(typed, known)

        for view, depth in self.views():
            commands = [c for c, _ in self.device.answers] + list(self.device.family.views[view].commands)
            trail = Trail()
            hits = [(f, c) for c in commands for f in match(c.seq, line, words, resolve, trail)]
            taught = self._taught(line, view, depth, resolve)
            if hits:
                found, command = _best(hits, words)
                if taught is None or printed(command, found) == printed(taught[1], taught[0]) or "undo" in found.words:
                    return found, command, depth
            if taught is not None:
                return *taught, depth
            err = refusal(trail, line, words)
            if worst is None or err.depth > worst.depth:
                worst = err
        raise worst if worst is not None else RefusalError(Fault.UNRECOGNIZED, 0, 0)

    def _known(self, line: str, view: str, resolve: Resolve) -> bool:
        words = split(line)
        return any(
            True for c in self.device.family.views[view].commands for _ in match(c.seq, line, words, resolve, Trail())
        )

    def _taught(self, line: str, view: str, depth: int, resolve: Resolve) -> tuple[Found, Command] | None:
        """A line of the device's own initial configuration is always accepted where it stood, and undone as a whole
        unless the grammar knows the line: then only its own undo form will do."""
        undo = line.split(" ", 1)[0] == "undo"
        text = " ".join(line.split()[1:] if undo else line.split())
        if not self.system or not text:
            return None
        path = self.path()[:depth]
        node = self.device.taught.walk(path)
        own = node.find(text) if node is not None else None
        if own is None or (undo and self._known(text, view, resolve)):
            return None
        words = tuple(text.split())
        mark, target = (">", "taught") if own.kids else ("+", "")
        prompt = "-".join(words[:2])
        return Found(len(words), ("undo", *words) if undo else words), Command(
            mark, (), target, prompt=prompt, undo=undo
        )

    def expected(self, line: str) -> list[str]:
        """What may come next (`?`): keywords that begin with the last, unfinished word, and parameters as <kind>."""
        words = split(line)
        start = "" if not line or line.endswith(" ") else words.pop().text.lower()
        out: set[str] = set()
        for view, _ in self.views():
            commands = [c for c, _ in self.device.answers] + list(self.device.family.views[view].commands)
            trail = Trail(depth=len(words))
            for command in commands:
                for found in match(command.seq, line, words, lambda typed: typed, trail):
                    out |= {"<cr>"} if found.at == len(words) and not start else set()
            for element in trail.wanted if trail.depth == len(words) else ():
                if isinstance(element, Keyword) and element.text.startswith(start):
                    out.add(element.text)
                elif element is not None and not isinstance(element, Keyword):
                    out.add(f"<{getattr(element, 'kind', 'value')}>")
        return sorted(out)

    # -- configuration -------------------------------------------------------------------------------------------------

    def tree(self) -> Node:
        """The configuration this session sees and changes."""
        return self.candidate if self.candidate is not None else self.device.running

    def path(self) -> tuple[str, ...]:
        return tuple(p.line for p in self.places)

    def _configure(self, command: Command, found: Found, depth: int) -> str:
        path = self.path()[:depth]
        line = printed(command, found)
        if command.mark == ">" and not command.undo:
            return self._enter(command, found, path, line)
        refused = self.actions.protected(line, undo=command.undo)
        if refused:
            return refused
        if command.undo and command.target == "vlan":
            self.apply(Edit(path, "&", f"vlan batch {line.split()[1]}", undo=True))
        problem = self.apply(Edit(path, command.mark, line, command.key, command.undo))
        if command.undo and command.target == "vlan":
            problem = ""
        if depth < len(self.places) and self.tree().walk(self.path()) is None and command.mark == ">":
            del self.places[depth:]
        return self.text(problem) if problem else ""

    def _enter(self, command: Command, found: Found, path: tuple[str, ...], line: str) -> str:
        place = Place(
            line, command.target, prompt_of(command, found, self.places[len(path) - 1].prompt if path else "")
        )
        node = self.tree().walk(path)
        known = node.starting(line) if node is not None else []
        if known:  # `rule name x` typed without the number it was printed with
            place.line = known[0].line
        elif command.target == "vlan" and self.device.family.name != "comware7":
            self.apply(Edit((), "&", f"vlan batch {line.split()[1]}"))
        elif not self._lazy(command, line):
            self.apply(Edit(path, ">", line))
        del self.places[len(path) :]
        self.places.append(place)
        return ""

    def _lazy(self, command: Command, line: str) -> bool:
        if command.target == "interface":
            name = line.split(" ", 1)[1]
            return name in self.device.interfaces() and not name.startswith(self.device.family.logical)
        return command.target in LAZY_VIEWS

    def apply(self, edit: Edit) -> str:
        """Changes the configuration: at once, or in the candidate of a two-stage device."""
        if not self.device.family.two_stage:
            return self.device.edit(edit)
        fork = self.candidate if self.candidate is not None else self.device.running.copy()
        before = fork.text()
        problem = apply(fork, edit, self.device.family)
        if not problem and fork.text() != before:
            self.candidate = fork
            self.edits.append(copy.deepcopy(edit))
        return problem

    def commit(self) -> None:
        """The candidate's changes become the running configuration, on top of what others have committed."""
        fresh = self.device.running.copy()
        for edit in self.edits:
            apply(fresh, edit, self.device.family)
        self.device.set_running(fresh)
        self.discard()

    def discard(self) -> None:
        self.candidate, self.edits = None, []


def _is_display(found: Found) -> bool:
    return found.words[0] == "display"


def _best(hits: list[tuple[Found, Command]], words: list[Token]) -> tuple[Found, Command]:
    """The one meaning of a line: exact words beat abbreviations, keywords beat parameters. Two meanings: ambiguous."""
    best = min(hits, key=lambda h: h[0].marks)
    rivals = [h for h in hits if h[0].marks == best[0].marks and h[0].words != best[0].words]
    if rivals:
        at = next(i for i, (a, b) in enumerate(zip(best[0].words, rivals[0][0].words, strict=False)) if a != b)
        raise RefusalError(Fault.AMBIGUOUS, words[min(at, len(words) - 1)].column, at)
    return best
