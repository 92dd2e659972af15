"""sudo: /etc/sudoers and /etc/sudoers.d, continuation lines joined, comments left out (sudoers(5)).

== file /etc/sudoers
Defaults env_reset
root ALL=(ALL:ALL) ALL
%wheel ALL=(ALL) NOPASSWD: /usr/bin/systemctl status *
@includedir /etc/sudoers.d
== end
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_INCLUDE = re.compile(r"[@#]include(dir)? +(\S+)")
_ALIAS = re.compile(r"(User|Runas|Host|Cmnd|Cmd)_Alias +.+=.+")
_SPEC = re.compile(r"(?P<who>\S.*?) ?(?<![,\\]) (?P<hosts>!?[A-Za-z0-9_.:/+*,! -]+?) ?= ?(?P<what>.+)")
_TAG = re.compile(r"(NO)?(PASSWD|EXEC|SETENV|LOG_INPUT|LOG_OUTPUT|MAIL|FOLLOW|INTERCEPT): ?")
_OPTION = re.compile(r"(ROLE|TYPE|PRIVS|LIMITPRIVS|CWD|CHROOT|TIMEOUT|NOTBEFORE|NOTAFTER|APPARMOR_PROFILE)=\S+ ?")


def parse(text: str) -> dict[str, Any]:
    """Facts: `entries` (who, what), `defaults`, `includes`. Raises Unparsed on a line it does not know."""
    entries: list[dict[str, Any]] = []
    defaults: list[str] = []
    includes: list[str] = []
    files = Parts(text).every("file")
    if not files:
        raise Unparsed("no file at all")
    for part in files:
        for n, line in part.whole().lines:
            body = re.sub(r" #.*$", "", line).strip()
            include = _INCLUDE.fullmatch(body)
            if include:
                includes.append(include[2])
            elif body.startswith("Defaults"):
                defaults.append(body.removeprefix("Defaults").strip())
            elif body.startswith("#") and not re.match(r"#[0-9]", body):
                continue
            elif body and not _ALIAS.fullmatch(body):
                entries += _entry(n, body, part.argument)
    return {"entries": entries, "defaults": defaults, "includes": includes}


def _entry(n: int, body: str, path: str) -> list[dict[str, Any]]:
    match = _SPEC.fullmatch(body)
    if match is None:
        raise Unparsed(f"line {n} of sudoers is not understood: {body[:60]!r}")
    nopasswd_any = all_any = nopasswd_all = False
    nopasswd = False
    for word in _commands(match["what"]):
        command = re.sub(r"^\([^)]*\) ?", "", word.strip())
        while True:
            option = _OPTION.match(command)
            tag = _TAG.match(command)
            if option:
                command = command[option.end() :]
            elif tag:
                if tag[2] == "PASSWD":
                    nopasswd = tag[1] == "NO"
                command = command[tag.end() :]
            else:
                break
        is_all = command.strip() == "ALL"
        all_any |= is_all
        nopasswd_any |= nopasswd
        nopasswd_all |= is_all and nopasswd
    flags = {"nopasswd": nopasswd_any, "all": all_any, "nopasswd_all": nopasswd_all}
    return [{"who": match["who"].strip(), "what": match["what"].strip(), "file": path, **flags, "_line": n}]


def _commands(what: str) -> list[str]:
    r"""Commands separated by commas that are not in parentheses and not escaped (`\,`); ` : host =` begins anew."""
    found, depth, word, previous = [], 0, "", ""
    for char in what:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0 and previous != "\\":
            found.append(word)
            word = ""
        else:
            word += char
        previous = char
    return [re.sub(r"^.* : [A-Za-z0-9_.]+ ?= ?", "", w) for w in [*found, word]]
