"""Read the SSH options an Ansible user has set, so that other SSH clients obey the same ones (ssh_config(5))."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_VARIABLES = ("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args")


@dataclass(frozen=True)
class SshOptions:
    """Options that matter to a client other than ssh(1)."""

    known_hosts: tuple[str, ...] = ()
    proxy_command: str = ""
    strict: bool = True


def read(variables: Mapping[str, Any], host: str, port: int) -> SshOptions:
    """Options from `ansible_ssh_*_args`: UserKnownHostsFile, ProxyCommand, ProxyJump (`-J` too), StrictHostKeyChecking."""
    options: dict[str, str] = {}
    passed: list[str] = []
    for name in _VARIABLES:
        words = iter(shlex.split(str(variables.get(name) or "")))
        for word in words:
            if word == "-J" or word.startswith("-J"):
                options.setdefault("proxyjump", word[2:] or next(words, ""))
            elif word == "-o" or word.startswith("-o"):
                key, _, value = (word[2:] or next(words, "")).partition("=")
                options.setdefault(key.strip().lower(), value.strip())
            elif word == "-F" or word.startswith("-F"):
                passed += ["-F", word[2:] or next(words, "")]
    return SshOptions(
        known_hosts=tuple(shlex.split(options.get("userknownhostsfile", ""))),
        proxy_command=_proxy(options, passed, host, port),
        strict=options.get("stricthostkeychecking", "yes").lower() not in ("no", "off"),
    )


def _proxy(options: Mapping[str, str], passed: list[str], host: str, port: int) -> str:
    if options.get("proxycommand", "none").lower() != "none":
        return options["proxycommand"].replace("%h", host).replace("%p", str(port))
    jump = options.get("proxyjump", "none")
    if jump.lower() == "none":
        return ""
    first, _, others = jump.rpartition(",")
    words = ["ssh", *passed, "-o", "BatchMode=yes"]
    if options.get("userknownhostsfile"):
        words += ["-o", f"UserKnownHostsFile={options['userknownhostsfile']}"]
    if first:
        words += ["-J", first]
    target, _, jump_port = others.partition(":")
    if jump_port:
        words += ["-p", jump_port]
    return shlex.join([*words, "-W", f"{host}:{port}", target])
