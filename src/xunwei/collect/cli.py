"""Ask a network device over SSH: one login through netmiko, every command of the pack in it."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import paramiko
from netmiko import ConnectHandler
from netmiko.exceptions import (
    NetmikoAuthenticationException,
    NetmikoBaseException,
    NetmikoTimeoutException,
    ReadException,
    ReadTimeout,
)

from xunwei.model import Answer
from xunwei.pack import Section
from xunwei.words import Status

RESYNC_SECONDS = 3.0
# What can go wrong on the wire; anything else is a defect and must be seen.
_LOST = (ReadException, EOFError, OSError, paramiko.SSHException, NetmikoBaseException, ValueError)


@dataclass(frozen=True)
class Target:
    """Where and how to log in. `known_hosts`: OpenSSH files; host keys are always checked against them."""

    address: str
    port: int
    user: str
    device_type: str
    password: str = ""
    key_file: str = ""
    known_hosts: tuple[str, ...] = ()
    proxy_command: str = ""
    connect_timeout: float = 10.0


def collect(
    target: Target, sections: Sequence[Section], *, deadline: float, refused: Callable[[str], bool] = lambda _: False
) -> list[Answer]:
    """One answer per section, in order; never raises for what a device does.

    Several commands of a section are all asked; `a || b` is one question in the words of two releases: `b` is asked
    when the answer to `a` is `refused`.

    `deadline` is a time.monotonic() value. Before login everything is `unreachable`; a command without an answer is
    `timed_out`; after a broken connection the rest is `unreachable` and names the command it broke in.
    """
    started = time.monotonic()
    try:
        connection = _connect(target, deadline)
    except (*_LOST, NetmikoAuthenticationException, NetmikoTimeoutException) as exc:
        return [_unreachable(s, _why(exc, target), time.monotonic() - started) for s in sections]
    try:
        return _ask_all(connection, sections, deadline, refused)
    finally:
        # The device may be gone already; its answers are at home.
        with contextlib.suppress(*_LOST):
            connection.disconnect()


def _connect(target: Target, deadline: float) -> Any:
    seconds = max(1.0, min(target.connect_timeout, deadline - time.monotonic()))
    known = _known_hosts(target)
    return ConnectHandler(
        device_type=target.device_type,
        host=target.address,
        port=target.port,
        username=target.user,
        password=target.password or None,
        use_keys=bool(target.key_file),
        key_file=target.key_file or None,
        allow_agent=not target.password and not target.key_file,
        ssh_strict=True,
        system_host_keys=not target.known_hosts,
        alt_host_keys=bool(known),
        alt_key_file=known,
        conn_timeout=seconds,
        auth_timeout=seconds,
        banner_timeout=seconds,
        sock=paramiko.ProxyCommand(target.proxy_command) if target.proxy_command else None,
        # Log in only when asked, so that a refused login is told apart from a refused session.
        auto_connect=True,
    )


def _known_hosts(target: Target) -> str:
    for name in target.known_hosts:
        if name not in ("/dev/null", "none"):
            return name
    return ""


def _ask_all(
    connection: Any, sections: Sequence[Section], deadline: float, refused: Callable[[str], bool]
) -> list[Answer]:
    answers: list[Answer] = []
    lost = ""
    prompt = _prompt_pattern(connection)
    for section in sections:
        if lost:
            answers.append(_unreachable(section, lost, 0.0))
            continue
        left = deadline - time.monotonic()
        if left <= 0:
            answers.append(_answer(section, Status.TIMED_OUT, "", "the time for this device was used up", 0.0))
            continue
        answer = _ask(connection, section, min(section.timeout, left), prompt, refused)
        answers.append(answer)
        if answer.status is Status.UNREACHABLE:
            lost = f"connection lost in `{section.ask}`"
        elif answer.status is Status.TIMED_OUT and not _resync(connection, prompt):
            lost = f"no prompt after `{section.ask}`"
    return answers


def _prompt_pattern(connection: Any) -> str:
    """The whole prompt, alone on the last line: netmiko's own pattern is the bare host name, which configuration holds."""
    return r"(?:^|[\r\n])" + re.escape(str(connection.find_prompt()).strip()) + r"\s*$"


def _ask(connection: Any, section: Section, seconds: float, prompt: str, refused: Callable[[str], bool]) -> Answer:
    started = time.monotonic()
    texts: list[str] = []
    try:
        for question in section.asks:
            for command in question.split(" || "):
                left = max(seconds - (time.monotonic() - started), 0.5)
                text = str(connection.send_command(command, expect_string=prompt, read_timeout=left))
                if not refused(text):
                    break
            texts.append(text)
    except ReadTimeout:
        spent = time.monotonic() - started
        return _answer(section, Status.TIMED_OUT, "\n".join(texts), f"no answer within {seconds:.0f} s", spent)
    except _LOST as exc:
        spent = time.monotonic() - started
        return _answer(section, Status.UNREACHABLE, "\n".join(texts), f"connection lost: {_first_line(exc)}", spent)
    raw = "\n".join(texts).replace("\r\n", "\n").replace("\r", "\n")
    status = Status.COLLECTED if raw.strip() else Status.EMPTY
    return _answer(
        section, status, raw + "\n" if raw and not raw.endswith("\n") else raw, "", time.monotonic() - started
    )


def _resync(connection: Any, prompt: str) -> bool:
    """After a command that got no answer: wait for the prompt, so that late text is not taken for the next answer."""
    try:
        connection.write_channel("\n")
        connection.read_until_pattern(prompt, read_timeout=RESYNC_SECONDS)
        time.sleep(0.2)
        connection.clear_buffer()
    except _LOST:
        return False
    return True


def _answer(section: Section, status: Status, raw: str, reason: str, seconds: float) -> Answer:
    began = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=seconds)
    return Answer(
        section.name, status, raw, reason, section.ask, None, began.isoformat(timespec="seconds"), round(seconds, 3)
    )


def _unreachable(section: Section, reason: str, seconds: float) -> Answer:
    return _answer(section, Status.UNREACHABLE, "", reason, seconds)


def _why(exc: Exception, target: Target) -> str:
    where = f"{target.address}:{target.port}"
    text = str(exc)
    if isinstance(exc, NetmikoAuthenticationException):
        return f"{where}: login as {target.user} refused"
    if "known_hosts" in text or "Host key for server" in text or isinstance(exc, paramiko.BadHostKeyException):
        return f"{where}: the host key is not the known one"
    if isinstance(exc, NetmikoTimeoutException) and "refused" in text.lower():
        return f"{where}: connection refused"
    return f"{where}: {_first_line(exc)}"


def _first_line(exc: Exception) -> str:
    lines = [line.strip() for line in str(exc).splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].endswith(":"):
        lines[0] += f" {lines[1]}"
    return (lines[0] if lines else type(exc).__name__)[:160]
