"""A configuration of IOS, IOS-XE or RGOS as text: commands, blocks, a digest without layout, and what rules judge.

    version 17.9
    hostname sw-edge-1
    !
    line vty 0 4
     transport input ssh
    !
    end

Secrets are fingerprints here; the communities `public` and `private` stay readable, so that they can be judged.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from xunwei.packs.cisco_ios.ios import Line, shown
from xunwei.parse.text import Unparsed

# Lines that say something about the file, not about the device.
_SKIP = re.compile(
    r"(?:Building configuration\.\.\.|Current configuration ?: ?\d+ bytes|Using \d+ out of \d+ bytes.*|ntp clock-period \d+|end)"
)


@dataclass
class Block:
    """A block (`interface …`, `line vty 0 4`) and the commands in it; `line` is 1-based."""

    head: str
    line: int
    commands: list[str] = field(default_factory=list)

    def find(self, pattern: str) -> re.Match[str] | None:
        """The last command that matches the pattern as a whole: later lines win."""
        return next((m for c in reversed(self.commands) if (m := re.fullmatch(pattern, c))), None)


@dataclass
class Config:
    """`plain`: global commands; `blocks`: heads with commands; `commands`: all of it, in order."""

    plain: list[Line]
    blocks: list[Block]
    commands: list[str]

    @property
    def digest(self) -> str:
        """sha256 over every command in order, without comments and layout."""
        return hashlib.sha256("\n".join(self.commands).encode("utf-8", "surrogateescape")).hexdigest()

    def all(self, pattern: str) -> list[re.Match[str]]:
        """All global commands that match as a whole."""
        return [m for _, c in self.plain if (m := re.fullmatch(pattern, c))]

    def has(self, pattern: str) -> bool:
        """Whether there is such a global command."""
        return bool(self.all(pattern))

    def under(self, pattern: str) -> list[Block]:
        """The blocks whose head matches as a whole."""
        return [b for b in self.blocks if re.fullmatch(pattern, b.head)]


def read(text: str) -> Config:
    """A configuration as printed. Raises Unparsed when it does not close with `end`: then it is cut off."""
    lines = shown(text, keep_log=True)
    if not re.fullmatch(r"end\s*", lines[-1][1]):
        raise Unparsed("the configuration does not close with `end`")
    config = Config([], [], [])
    banner = ""
    block: Block | None = None
    for number, line in lines:
        words = line.strip()
        if banner:
            config.commands.append(words)
            banner = "" if banner in words else banner
            continue
        if words.startswith("!") or _SKIP.fullmatch(words):
            block = block if line.startswith(" ") else None
            continue
        config.commands.append(words)
        if opened := re.match(r"banner \S+ (\^C|\S)(.*)", line):
            banner = "" if opened[1] in opened[2] else opened[1]
            config.plain.append((number, " ".join(words.split()[:2])))
        elif line.startswith(" ") and block is not None:
            block.commands.append(words)
        else:
            block = Block(words, number)
            config.blocks.append(block)
            config.plain.append((number, words))
    if not any(re.match(r"(?:hostname|version) \S", c) for _, c in config.plain):
        raise Unparsed("neither hostname nor version: not a configuration")
    return config


def name_of(config: Config) -> str | None:
    """The host name, or none."""
    found = config.all(r"hostname (\S+)")
    return found[-1][1] if found else None


def users(config: Config) -> list[dict[str, Any]]:
    """Local users: name, how the password is kept (hash, reversible, clear, none), privilege (None: not said)."""
    found: dict[str, dict[str, Any]] = {}
    for number, command in config.plain:
        match = re.match(r"username (\S+)(.*)", command)
        if match is None:
            continue
        user = found.setdefault(match[1], {"name": match[1], "password": "none", "privilege": None, "_line": number})
        rest = match[2]
        if level := re.search(r" privilege (\d+)", rest):
            user["privilege"] = int(level[1])
        if kept := re.search(r" (secret|password)(?: (\d))? \S", rest):
            user["password"] = _kept(kept[1], kept[2])
    return list(found.values())


def _kept(word: str, kind: str | None) -> str:
    if kind == "7":
        return "reversible"
    if word == "secret" or kind in ("4", "5", "8", "9"):
        return "hash" if kind != "0" else "clear"
    return "clear" if kind in (None, "0") else "hash"


def vty(config: Config) -> list[dict[str, Any]]:
    """Lines for remote logins. `telnet` is None where the line does not say: releases differ in what they accept then."""
    found = []
    for block in config.under(r"line vty .*"):
        transport = block.find(r"transport input (.+)")
        allowed = transport[1].split() if transport else []
        timeout = block.find(r"exec-timeout (\d+)(?: (\d+))?")
        acl = block.find(r"(?:ip )?access-class (\S+) in(?: .*)?")
        login = block.find(r"login(?: (local|authentication .*|tacacs))?|no login")
        shut = allowed == ["none"]
        found.append(
            {
                "name": block.head.removeprefix("line "),
                "telnet": bool({"telnet", "all"} & set(allowed)) if transport else None,
                "closed": shut,
                "acl": acl[1] if acl else None,
                "idle_seconds": int(timeout[1]) * 60 + int(timeout[2] or 0) if timeout else 600,
                "login": _login(login[0] if login else None),
                "_line": block.line,
            }
        )
    return found


def telnet(lines: list[dict[str, Any]]) -> bool | None:
    """Whether any line accepts Telnet; None when that is not said."""
    said = [v["telnet"] for v in lines]
    return True if True in said else None if None in said or not said else False


def _login(command: str | None) -> str:
    if command is None:
        return "default"
    return {"no login": "none", "login": "line password", "login local": "local"}.get(command, "aaa")


def snmp(config: Config) -> dict[str, Any]:
    """Communities and version 3 groups; `no_acl`: communities that any address may use."""
    rows = config.all(r"snmp-server community (?:[078] )?(\S+)(.*)")
    rest = [m[2].split() for m in rows]
    groups = config.all(r"snmp-server group \S+ v3 (auth|noauth|priv)\b.*")
    return {
        "snmp_communities": len(rows),
        "snmp_default": sum(m[1].strip('"') in ("public", "private") for m in rows),
        "snmp_write": sum(any(w.lower() == "rw" for w in words) for words in rest),
        "snmp_no_acl": sum(not _limited(words) for words in rest),
        "snmp_v3_groups": len(groups),
        "snmp_v3_no_privacy": sum(m[1] != "priv" for m in groups),
    }


def _limited(words: list[str]) -> bool:
    left = [w for w in words if w.lower() not in ("ro", "rw")]
    if "view" in left:
        at = left.index("view")
        del left[at : at + 2]
    return bool(left)


def hosts(config: Config, pattern: str) -> list[str]:
    """Addresses named by global commands, each once, in order."""
    return list(dict.fromkeys(m[1] for m in config.all(pattern)))
