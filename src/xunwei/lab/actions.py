"""What commands do that leave no configuration line: views, displays, dialogs. One method per action."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from xunwei.lab.configure import Edit
from xunwei.lab.file_actions import FileActions
from xunwei.lab.grammar import Fault, Found, RefusalError

if TYPE_CHECKING:
    from xunwei.lab.tree import Node

Dialog = Generator[str, str, str]


class Actions(FileActions):
    """Methods `do_<action>(found)`: they return text, or are dialogs that yield questions and return text."""

    # -- login ---------------------------------------------------------------------------------------------------------

    def greet(self) -> Dialog:
        d = self.device
        banner = str(d.base.get("banner", "")).rstrip("\n")
        lines = [banner] if banner else []
        if d.base.get("password_expired"):
            if (yield from self.ask("\n".join([*lines, self.say("password_ask")]))):
                problem = yield from self._new_password()
                lines = [problem]
            else:
                lines = []
        if d.base.get("risk_prompt") and (yield from self.ask("\n".join([*lines, self.say("risk_ask")]))):
            agreed = yield from self.ask(self.say("save_ask"))
            lines = [self.say("risk_done") if agreed and d.save() else ""]
        most = max(int(d.base.get("vty_max", 15)), d.journal.open)
        stars, owner = "*" * 78, d.family.texts.get("owner", "").ljust(74)
        now = d.now().isoformat(sep=" ", timespec="seconds")
        login = self.say("login", most=most, count=d.journal.open, time=now, stars=stars, owner=owner)
        return "\n".join([*lines, "", login])

    def _new_password(self) -> Dialog:
        self.s.secret = True
        old = yield self.say("password_old")
        new = yield self.say("password_new")
        again = yield self.say("password_again")
        self.s.secret = False
        account = self.device.accounts.get(self.s.user)
        if account is None or old != account.password or new != again or not new or new == old:
            return self.say("password_bad")
        account.password = new
        return self.say("password_done")

    # -- views ---------------------------------------------------------------------------------------------------------

    def do_system_view(self, _found: Found) -> str:
        self.s.system = True
        return self.say("enter_system")

    def do_quit(self, _found: Found) -> str | Dialog:
        if self.s.places:
            self.s.places.pop()
            return ""
        if not self.s.system:
            self.s.end = "logout"
            return ""
        return self.leave()

    def do_return(self, _found: Found) -> str | Dialog:
        return self.leave()

    def leave(self) -> str | Dialog:
        """To the user view; a candidate that is not committed is asked about."""
        if self.s.edits:
            return self._leave_dirty()
        self.s.system, self.s.places = False, []
        return ""

    def _leave_dirty(self) -> Dialog:
        while True:
            answer = (yield self.say("uncommitted")).strip().lower()
            if answer in ("c", "cancel"):
                return ""
            if answer in ("y", "yes", "n", "no"):
                break
        if answer.startswith("y"):
            self.s.commit()
        else:
            self.s.discard()
        self.s.system, self.s.places = False, []
        return ""

    # -- two-stage -----------------------------------------------------------------------------------------------------

    def _in_system(self) -> None:
        if not self.s.system:
            raise RefusalError(Fault.UNRECOGNIZED, 0, 0)

    def do_commit(self, _found: Found) -> str:
        self._in_system()
        self.device.trial = None  # a second commit confirms a trial
        if self.s.edits:
            self.s.commit()
        return ""

    def do_commit_trial(self, found: Found) -> str:
        self._in_system()
        seconds = int(dict(found.args).get("seconds", "600"))
        before = self.device.running.copy()
        self.s.commit()
        self.device.trial = (before, time.monotonic() + seconds)
        return self.say("trial_on", seconds=seconds)

    def do_abort_trial(self, _found: Found) -> str:
        if self.device.trial is None:
            return self.say("no_trial")
        self.device.set_running(self.device.trial[0])
        self.device.trial = None
        return ""

    def do_clear_candidate(self, _found: Found) -> str:
        self.s.discard()
        return ""

    def do_display_candidate(self, _found: Found) -> str:
        return self.s.tree().text() if self.s.edits else self.say("no_candidate")

    def do_rollback_last(self, found: Found) -> str | Dialog:
        count = int(dict(found.args)["count"])
        if count > len(self.device.history):
            return self.say("missing")
        return self._replace(self.device.history[-count])

    # -- terminal and small things -------------------------------------------------------------------------------------

    def do_screen_length(self, found: Found) -> str:
        self.s.page = int(dict(found.args)["lines"])
        return self.say("screen_length")

    def do_screen_length_off(self, _found: Found) -> str:
        self.s.page = 0
        return ""

    def do_screen_length_default(self, _found: Found) -> str:
        self.s.page = 24
        return ""

    def do_accepted(self, _found: Found) -> str:
        return ""

    def do_reset_counters(self, found: Found) -> str:
        name = dict(found.args).get("interface")
        self.device.cleared |= {name} if name else set(self.device.interfaces())
        self.device.looks = 0
        self.device.changed()
        return ""

    def do_undo_user(self, found: Found) -> str:
        """All lines of a local user go at once."""
        name = dict(found.args)["name"]
        node = self.s.tree().walk(self.s.path())
        lines = [n.line for n in node.starting(f"local-user {name}")] if node is not None else []
        for line in lines:
            self.s.apply(Edit(self.s.path(), "+", line, undo=True))
        return "" if lines else self.say("missing")

    # -- USG policies --------------------------------------------------------------------------------------------------

    def _rule(self, name: str) -> tuple[Node, Node] | None:
        place = next(p for p in self.s.places if p.view.startswith("policy_") and p.view != "policy_rule")
        policy = self.s.tree().walk((place.line,))
        rule = policy.find(f"rule name {name}") if policy is not None else None
        return (policy, rule) if policy is not None and rule is not None else None

    def do_rule_move(self, found: Found) -> str:
        args = dict(found.args)
        got = self._rule(args["name"])
        other = self._rule(args["other"]) if "other" in args else None
        if got is None or ("other" in args and other is None):
            return self.say("rule_missing")
        policy, rule = got
        rules = [n for n in policy.kids if n.line.startswith("rule name ")]
        old = rules.index(rule)
        rules.remove(rule)
        where = found.words[3]
        at = {"up": max(old - 1, 0), "down": min(old + 1, len(rules)), "top": 0, "bottom": len(rules)}.get(where)
        if at is None:
            beside = other[1] if other is not None else rule
            at = old if beside is rule else rules.index(beside) + (where == "after")
        rules.insert(at, rule)
        first = min(policy.kids.index(n) for n in rules)
        rest = [n for n in policy.kids if not n.line.startswith("rule name ")]
        policy.kids[:] = rest[:first] + rules + rest[first:]
        self.device.changed()
        return ""

    def do_rule_rename(self, found: Found) -> str:
        args = dict(found.args)
        got = self._rule(args["name"])
        if got is None:
            return self.say("rule_missing")
        if self._rule(args["other"]) is not None:
            return self.say("exists")
        got[1].line = f"rule name {args['other']}"
        self.device.changed()
        return ""

    def do_rule_enable(self, _found: Found) -> str:
        self.s.apply(Edit(self.s.path(), "!", "disable", undo=True))
        return ""

    # -- SecPath policies ----------------------------------------------------------------------------------------------

    def _policy_rules(self) -> tuple[int, list[Node]]:
        """How many views are open up to `security-policy ip`, and its rules in order."""
        depth = next(i for i, p in enumerate(self.s.places, start=1) if p.view == "policy_ip")
        policy = self.s.tree().walk(tuple(p.line for p in self.s.places[:depth]))
        return depth, [n for n in policy.kids if n.line.startswith("rule ")] if policy is not None else []

    def _policy_node(self, number: str | None, name: str | None) -> Node | None:
        """The rule of that number or name (`rule 3 name web`)."""
        rules = self._policy_rules()[1]
        at = 1 if number is not None else 3
        return next((n for n in rules if n.line.split()[at] == (number if number is not None else name)), None)

    def do_policy_rule(self, found: Found) -> str:
        """Opens a rule; a new one gets the number typed, else the one after the greatest. Names are unique."""
        args = dict(found.args)
        depth, rules = self._policy_rules()
        number, name = args.get("id"), args["name"]
        own, named = self._policy_node(number, None) if number is not None else None, self._policy_node(None, name)
        if (named is not None and number is not None and named is not own) or (own is not None and own is not named):
            return self.say("exists")
        greatest = max((int(n.line.split()[1]) for n in rules), default=-1)
        line = named.line if named is not None else f"rule {number if number is not None else greatest + 1} name {name}"
        if named is None:
            self.s.apply(Edit(self.s.path()[:depth], ">", line))
        del self.s.places[depth:]
        prompt = f"security-policy-ip-{line.split()[1]}-{name}"
        self.s.places.append(replace(self.s.places[depth - 1], line=line, view="policy_rule", prompt=prompt))
        return ""

    def do_undo_policy_rule(self, found: Found) -> str:
        args = dict(found.args)
        node = self._policy_node(args.get("id"), args.get("name"))
        if node is None:
            return self.say("rule_missing")
        depth, _ = self._policy_rules()
        self.s.apply(Edit(self.s.path()[:depth], ">", node.line, undo=True))
        del self.s.places[depth:]
        return ""

    def do_policy_move(self, found: Found) -> str:
        args = dict(found.args)
        node = self._policy_node(args.get("id"), args.get("name"))
        beside = self._policy_node(args.get("other"), args.get("beside")) if {"other", "beside"} & set(args) else None
        if node is None or (beside is None and {"other", "beside"} & set(args)):
            return self.say("missing")
        depth, rules = self._policy_rules()
        policy = self.s.tree().walk(tuple(p.line for p in self.s.places[:depth]))
        old = rules.index(node)
        rules.remove(node)
        words = set(found.words)
        if beside is not None:
            at = old if beside is node else rules.index(beside) + ("after" in words)
        else:
            ends = {"top": 0, "bottom": len(rules), "up": max(old - 1, 0), "down": min(old + 1, len(rules))}
            at = next(ends[w] for w in ends if w in words)
        rules.insert(at, node)
        if policy is not None:
            policy.kids[:] = [n for n in policy.kids if not n.line.startswith("rule ")] + rules
        self.device.changed()
        return ""

    def protected(self, line: str, *, undo: bool) -> str:
        """Why a line is refused although it is well formed: physical interfaces cannot be removed, nor VLAN 1."""
        kind, _, name = line.partition(" ")
        if undo and kind == "interface" and not name.startswith(self.device.family.logical) and "." not in name:
            return self.say("missing")
        return self.say("missing") if undo and line == "vlan 1" else ""
