"""Actions on configurations and files: display, compare, save, start-up file, roll back, reboot."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from xunwei.lab.grammar import Fault, Found, RefusalError
from xunwei.lab.tree import Node, diff, parse

if TYPE_CHECKING:
    from xunwei.lab.device import Device
    from xunwei.lab.shell import Session

Dialog = Generator[str, str, str]


class FileActions:
    """Methods `do_<action>(found)`: they return text, or are dialogs that yield questions and return text."""

    def __init__(self, session: Session) -> None:
        self.s = session

    @property
    def device(self) -> Device:
        return self.s.device

    def say(self, key: str, **values: object) -> str:
        return self.s.text(key, **values)

    def ask(self, question: str) -> Generator[str, str, bool]:
        """A [Y/N] question, asked again until it is answered."""
        while True:
            answer = (yield question).strip().lower()
            if answer in ("y", "yes"):
                return True
            if answer in ("n", "no"):
                return False
            question = self.say("choose")

    def _replace(self, tree: Node) -> Dialog:
        agreed = yield from self.ask(self.say("rollback_ask"))
        if self.device.family.name == "comware7":  # asks whether to save first; N goes on without
            if agreed and not self.device.save():
                return self.say("disk_full")
        elif not agreed:
            return ""
        self.device.set_running(parse(tree.text()))
        self.s.discard()
        return self.say("rollback_done")

    # -- configuration on display --------------------------------------------------------------------------------------

    def do_display_this(self, _found: Found) -> str:
        node = self.s.tree().walk(self.s.path())
        if not self.s.system:
            raise RefusalError(Fault.UNRECOGNIZED, 8, 1)
        if not self.s.places:
            singles = [n for n in self.s.tree().kids if not n.kids]
            return "\n".join(["#", *(" " * n.indent + n.line for n in singles), "#", "return"])
        if node is None:
            return "#\nreturn"
        return "\n".join(["#", " " * node.indent + node.line, *node.render(), "#", "return"])

    def do_display_current(self, _found: Found) -> str:
        return self.device.running.text()

    def do_display_current_interface(self, found: Found) -> str:
        name = dict(found.args).get("interface")
        blocks = self.device.running.starting(f"interface {name}" if name else "interface")
        return self._blocks(blocks)

    def do_display_current_section(self, found: Found) -> str:
        word = dict(found.args)["section"].lower()
        words = {"vty": "user-interface", "acl-adv": "acl", "acl-basic": "acl", "line": "line"}
        return self._blocks(
            [n for n in self.device.running.kids if n.kids and n.line.lower().startswith(words.get(word, word))]
        )

    def _blocks(self, nodes: list[Node]) -> str:
        lines = [line for node in nodes for line in ("#", " " * node.indent + node.line, *node.render())]
        return "\n".join([*lines, "#", "return"]) if lines else ""

    def do_display_saved(self, _found: Found) -> str:
        return self.device.saved.text() if self.device.saved is not None else self.say("no_config")

    def do_display_current_diff(self, _found: Found) -> str:
        saved = self.device.saved
        lines = diff(saved if saved is not None else Node(), self.device.running)
        return "\n".join(["--- Startup configuration", "+++ Current Configuration", *lines]) if lines else ""

    def do_compare(self, found: Found) -> str:
        """VRP names the first difference of both sides; each block here goes to the end of the difference."""
        file = dict(found.args).get("file", "")
        other = self.device.files.get(self.path(file)) if file else self.device.saved
        if other is None:
            return self.say("no_file")
        ours, theirs = self.device.running.text().splitlines(), other.text().splitlines()
        if ours == theirs:
            return self.say("same")
        at = next(
            (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
        )
        parts = [self.say("differ")]
        for title, lines in (("Current configuration", ours), ("Configuration file", theirs)):
            parts += [f"====== {title} line {at + 1} ======", *lines[at : at + 8]]
        return "\n".join(parts)

    def do_display_startup(self, _found: Found) -> str:
        saved = self.device.startup_next if self.device.saved is not None else "NULL"
        return self.say("startup", current=self.device.startup_current, next=saved)

    # -- files ---------------------------------------------------------------------------------------------------------

    def path(self, file: str) -> str:
        """A file name as typed, with the disk of the startup file where none was given."""
        disk = self.device.family.startup_file.partition("/")[0]
        return file if ":" in file else f"{disk}/{file.lstrip('/')}"

    def _good_name(self, file: str) -> bool:
        return file.lower().endswith(self.device.family.suffixes)

    def _bad_name(self) -> str:
        return self.say("bad_file", suffixes=" or ".join(self.device.family.suffixes))

    def do_dir(self, found: Found) -> str:
        file = dict(found.args).get("file", "")
        disk = self.device.family.startup_file.partition("/")[0]
        names = {
            n: len(t.text())
            for n, t in self.device.files.items()
            if not file or file.rstrip("/") == disk or n == self.path(file)
        }
        if file and not names:
            return self.say("no_file")
        stamp = self.device.now().strftime("%b %d %Y %H:%M:%S")
        rows = [
            f"{i:5d}  -rw-  {size:>12,}  {stamp}  {name.partition('/')[2]}"
            for i, (name, size) in enumerate(sorted(names.items()))
        ]
        return "\n".join(
            [f"Directory of {disk}/", "", "  Idx  Attr     Size(Byte)  Date        Time       FileName", *rows, ""]
        )

    def do_delete(self, found: Found) -> Dialog:
        file = self.path(dict(found.args)["file"])
        if file not in self.device.files:
            return self.say("no_file")
        if (yield from self.ask(self.say("delete_ask", file=file))):
            del self.device.files[file]
            self.device.changed()
            return self.say("delete_done", file=file)
        return ""

    def do_startup_saved(self, found: Found) -> str:
        file = self.path(dict(found.args)["file"])
        if not self._good_name(file):
            return self._bad_name()
        if file not in self.device.files:
            return self.say("no_file")
        self.device.startup_next = file
        self.device.changed()
        return self.say("startup_done")

    def do_reset_saved(self, _found: Found) -> Dialog:
        if not (yield from self.ask(self.say("reset_ask"))):
            return ""
        if self.device.files.pop(self.device.startup_next, None) is None:
            return self.say("no_config")
        self.device.changed()
        return self.say("reset_done")

    def do_rollback_file(self, found: Found) -> str | Dialog:
        tree = self.device.files.get(self.path(dict(found.args)["file"]))
        return self.say("no_file") if tree is None else self._replace(tree)

    # -- saving --------------------------------------------------------------------------------------------------------

    def do_save(self, found: Found) -> Dialog:
        file = dict(found.args).get("file", "")
        if not file:
            if (yield from self.ask(self.say("save_ask"))):
                return (yield from self._save_main())
            return ""
        path = self.path(file)
        if not self._good_name(path):
            return self._bad_name()
        if not (yield from self.ask(self.say("save_ask_file", file=path))):
            return ""
        if path in self.device.files and not (yield from self.ask(self.say("save_overwrite", file=path))):
            return ""
        return self.say("save_done_file", file=path) if self.device.save(path) else self.say("disk_full")

    def _save_main(self) -> Dialog:
        yield from ()
        return self.say("save_done") if self.device.save() else self.say("disk_full")

    def do_save_comware(self, _found: Found) -> Dialog:
        if not (yield from self.ask(self.say("save_ask"))):
            return ""
        typed = (yield self.say("save_name", file=self.device.startup_next)).strip()
        path = self.path(typed) if typed else self.device.startup_next
        if not self._good_name(path):
            return self._bad_name()
        if path in self.device.files and not (yield from self.ask(self.say("save_overwrite", file=path))):
            return ""
        if not self.device.save(path):
            return self.say("disk_full")
        self.device.startup_next = path  # Comware boots from what was saved last
        self.device.changed()
        return self.say("save_done")

    def do_save_force(self, _found: Found) -> str:
        return self.say("save_done") if self.device.save() else self.say("disk_full")

    def do_save_safely(self, found: Found) -> str | Dialog:
        return self.do_save_force(found) if found.words[-1] == "force" else self.do_save_comware(found)

    def do_save_file(self, found: Found) -> Dialog:
        path = self.path(dict(found.args)["file"])
        if not self._good_name(path):
            return self._bad_name()
        if found.words[-1] != "force" and not (yield from self.ask(self.say("save_ask"))):
            return ""
        return self.say("save_done_file", file=path) if self.device.save(path) else self.say("disk_full")

    # -- reboot --------------------------------------------------------------------------------------------------------

    def do_reboot(self, found: Found) -> Dialog:
        if len(found.words) > 1:
            if not (yield from self.ask(self.say("reboot_fast"))):
                return ""
        else:
            question = ""
            if self.device.unsaved():
                compare = self.say("reboot_compare")
                save = yield from self.ask("\n".join([compare] * bool(compare) + [self.say("reboot_unsaved")]))
                if save and not self.device.save():
                    return self.say("disk_full")
            elif self.say("reboot_compare"):
                question = self.say("reboot_compare") + "\n"
            if not (yield from self.ask(question + self.say("reboot_ask"))):
                return ""
        self.s.end = "reboot"
        return self.say("reboot_now")
