"""Ask a network device over SSH: one login through netmiko, every command of the pack in it."""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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

from xunwei.collect.access import Access
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

RESYNC_SECONDS = 3.0
READ_BYTES = 65536
PROMPT_TAIL = 400  # characters at the end of what was read in which the prompt is looked for
QUIET_SECONDS = 1.0  # silence after a prompt that was not preceded by our command's echo
# What can go wrong on the wire; anything else is a defect and must be seen.
_LOST = (ReadException, EOFError, OSError, paramiko.SSHException, NetmikoBaseException, ValueError)


@dataclass(frozen=True)
class Target:
    """Where and how to log in. `known_hosts`: OpenSSH files; host keys are always checked against them."""

    address: str
    port: int
    user: str
    device_type: str
    password: str = field(default="", repr=False)
    key_file: str = ""
    known_hosts: tuple[str, ...] = ()
    proxy_command: str = ""
    connect_timeout: float = 10.0
    enable_secret: str = field(default="", repr=False)


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:
    """Log in once and ask everything (`xunwei.collect.access.Ask`). Options: `device_types` by asset_variant."""
    types = pack.options["device_types"]
    target = Target(
        address=access.address,
        port=access.port or 22,
        user=access.user,
        device_type=types.get(access.asset.variant, types["default"]),
        password=access.password,
        key_file=str(access.ssh.get("key_file") or ""),
        known_hosts=tuple(access.ssh.get("known_hosts") or ()),
        proxy_command=str(access.ssh.get("proxy_command") or ""),
        connect_timeout=access.timeout,
        enable_secret=access.setting("enable_secret"),
    )
    return collect(target, sections, deadline=deadline, refused=access.refused)


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
        if target.enable_secret and not connection.check_enable_mode():
            connection.enable()
        prompt = _prompt_pattern(connection)
    except (*_LOST, NetmikoAuthenticationException, NetmikoTimeoutException) as exc:
        return [_unreachable(s, _why(exc, target), time.monotonic() - started) for s in sections]
    try:
        return _ask_all(connection, sections, deadline, prompt, refused)
    finally:
        # The device may be gone already; its answers are at home. netmiko's disconnect first looks for two seconds
        # whether it is in configuration mode, where nothing here ever goes.
        with contextlib.suppress(*_LOST):
            connection.remote_conn.close()
            connection.remote_conn_pre.close()


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
        secret=target.enable_secret,
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
    connection: Any, sections: Sequence[Section], deadline: float, prompt: str, refused: Callable[[str], bool]
) -> list[Answer]:
    answers: list[Answer] = []
    lost = ""
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
    try:
        found = connection.find_prompt()
    except (ReadException, ValueError):
        # A device under load was not done with what came before: give it time, once.
        found = connection.find_prompt(delay_factor=5.0)
    return r"(?:^|[\r\n])" + re.escape(str(found).strip()) + r"\s*$"


def _ask(connection: Any, section: Section, seconds: float, prompt: str, refused: Callable[[str], bool]) -> Answer:
    started = time.monotonic()
    texts: list[str] = []
    try:
        for question in section.asks:
            for command in question.split(" || "):
                left = max(seconds - (time.monotonic() - started), 0.5)
                text = _send(connection, command, prompt, left)
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


def _send(connection: Any, command: str, prompt: str, seconds: float) -> str:
    """One command, its answer without echo and prompt. Raises ReadTimeout, or what the connection raises.

    netmiko's send_command looks for new data every 25 ms and sleeps in between; forty commands later that is what the
    device costs. Here the channel wakes us.
    """
    channel = connection.remote_conn
    while channel.recv_ready():
        channel.recv(READ_BYTES)  # what came late belongs to no command
    connection.write_channel(connection.normalize_cmd(command))
    decoder = codecs.getincrementaldecoder(connection.encoding)(errors="ignore")
    echo = re.compile(r"\s*".join(re.escape(word) for word in command.split()))
    wanted, end, text = re.compile(prompt), time.monotonic() + seconds, ""
    seen: re.Match[str] | None = None
    while True:
        # A prompt without our command before it is an older one; it counts when nothing more comes.
        seen = seen or echo.search(text)
        tail = text[max(seen.end() if seen else 0, len(text) - PROMPT_TAIL) :]
        done = wanted.search(_plain(connection, tail)) is not None
        left = end - time.monotonic()
        if done and seen:
            break
        if left <= 0:
            raise ReadTimeout(f"no prompt after {command!r}")
        channel.settimeout(min(left, QUIET_SECONDS) if done else left)
        try:
            data = channel.recv(READ_BYTES)
        except TimeoutError:
            if done:
                break
            continue
        if not data:
            raise ReadException("the device closed the session")
        text += decoder.decode(data)
    text = connection.normalize_linefeeds(_plain(connection, text[seen.start() if seen else 0 :]))
    asked = connection.normalize_cmd(command)
    return str(connection._sanitize_output(text, strip_command=True, command_string=asked, strip_prompt=True))


def _plain(connection: Any, text: str) -> str:
    """Text without the cursor codes of a terminal."""
    return str(connection.strip_ansi_escape_codes(text)) if connection.ansi_escape_codes else text


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
    if "enable mode" in text:
        return f"{where}: the enable secret was refused (asset_enable_secret)"
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
