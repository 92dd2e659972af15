"""Ask a BMC over IPMI 2.0 (RMCP+) with ipmitool: one call per question, each bounded in time.

The password reaches the tool by its environment only. The first call shows whether a session can be had, and with which
cipher suite; only when it can the rest is asked. Answers are the tool's own words; what it complains of while it answers
follows as lines that begin with `! `, so that a list with gaps is never taken for a whole one. Times are in UTC
(TZ=UTC): IPMI clocks have no zone. Several questions of one section are headed by a line `# <question>` each.
Settings: ipmi_cipher (default 17, then 3), ipmi_privilege (default OPERATOR), ipmi_channel (for lan print, user list).
"""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from xunwei.collect.access import Access
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

PORT = 623
CIPHERS = ("17", "3")  # SHA-256 first; 3 is SHA-1 with AES, which every IPMI 2.0 BMC has
STRIKES = 2
PROBE_SECONDS = 20.0
_NO_SESSION = "Unable to establish"
_DENIED_LOGIN = re.compile(
    r"RAKP 2 HMAC is invalid|unauthorized name|unauthorized role|invalid role|invalid integrity check value|invalid name"
    r"|[Pp]assword is (?:too long|longer)|Password verification failed"
    r"|Set Session Privilege Level to \w+ failed: (?:Unknown \(0x8[0-2]\)|.*[Pp]rivilege)"
)
_OTHER_CIPHER = re.compile(
    r"open session response message *:|invalid (?:authentication|integrity|confidentiality)|cipher suite"
)
_DENIED = re.compile(r"Insufficient privilege|[Uu]nauthorized")
_UNSUPPORTED = re.compile(
    r"Invalid command|[Nn]ot supported|Invalid data field|Parameter out of range|Requested sensor, data, or record not found"
    r"|Command illegal|Invalid channel|No data available"
)
# What ipmitool says about itself, not about the answer.
_HARMLESS = re.compile(
    r"Unable to Get Channel Cipher Suites|Get HPM\.x Capabilities request failed|Loading IANA PEN Registry|IANA PEN registry"
    r"|Running Get (?:VSO|PICMG)|Invalid completion code received|Discovered IPMB address|Close Session command failed|^Info: "
)
_ANSWERS = ("SEL has no entries",)  # an answer, given as a complaint
_BY_CHANNEL = ("lan print", "user list")
_BY_RECORDS = ("sdr ", "sensor ")


class Ran(NamedTuple):
    """What became of one call of the tool."""

    code: int | None  # None: it did not end in time
    out: str
    complaints: tuple[str, ...]


@dataclass
class _Tool:
    """ipmitool towards one BMC."""

    access: Access
    folder: Path
    cipher: str = ""
    cache: Path | None = None  # sensor data records, read once
    gaps: tuple[str, ...] = ()  # complaints while the records were read

    @property
    def patience(self) -> int:
        """Seconds until ipmitool asks again."""
        return max(2, min(10, round(self.access.timeout / 3)))

    def run(self, words: Sequence[str], seconds: float, *, verbose: bool = False) -> Ran:
        """One call; its whole process group is ended when the time is up. Raises FileNotFoundError without ipmitool."""
        access = self.access
        command = [
            "ipmitool",
            "-I",
            "lanplus",
            "-H",
            access.address,
            "-p",
            str(access.port or PORT),
            "-U",
            access.user,
            "-E",
        ]
        command += ["-C", self.cipher, "-L", access.setting("ipmi_privilege", "OPERATOR")]
        command += ["-N", str(self.patience), "-R", "2"]
        command += ["-v"] if verbose else []
        command += ["-S", str(self.cache)] if self.cache is not None else []
        with subprocess.Popen(
            [*command, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment(),
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(timeout=max(seconds, 0.1))
                code: int | None = process.returncode
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
                code = None
        lines = [line.strip() for line in _text(err).splitlines() if line.strip() and not _HARMLESS.search(line)]
        told = "".join(f"{line}\n" for line in lines if line in _ANSWERS)
        return Ran(code, _text(out) + told, tuple(line for line in lines if line not in _ANSWERS))

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME")}
        secret = self.access.password
        return kept | {"LC_ALL": "C", "TZ": "UTC", "IPMITOOL_PASSWORD": secret, "IPMI_PASSWORD": secret}

    def words(self, ask: str) -> list[str]:
        """A question as arguments, with the channel where the asset names one."""
        channel = self.access.setting("ipmi_channel")
        return [*ask.split(), *([channel] if channel and ask in _BY_CHANNEL else [])]


@dataclass
class _Session:
    """All questions of one run; the same question is put once."""

    tool: _Tool
    deadline: float
    known: dict[str, tuple[Status, str, str, int | None]] = field(default_factory=dict)
    strikes: int = 0
    lost: str = ""

    def section(self, section: Section) -> Answer:
        """The answer to one section."""
        began, started = time.monotonic(), _now()
        until = min(began + section.timeout, self.deadline)
        status, reason, texts, code = Status.COLLECTED, "", [], None
        for ask in section.asks:
            got, raw, why, code = self._ask(ask, until)
            texts.append(f"# {ask}\n{raw}" if len(section.asks) > 1 else raw)
            if got not in (Status.COLLECTED, Status.EMPTY):
                status, reason = got, why
                break
            if got is Status.EMPTY and len(section.asks) == 1:
                status = got
        self.strikes = self.strikes + 1 if status is Status.TIMED_OUT else 0
        return _answer(section, status, "".join(texts), reason, code, started, time.monotonic() - began)

    def _ask(self, ask: str, until: float) -> tuple[Status, str, str, int | None]:
        if ask not in self.known:
            got = self._put(ask, until)
            if got[0] is Status.TIMED_OUT:
                return got
            self.known[ask] = got
        return self.known[ask]

    def _put(self, ask: str, until: float) -> tuple[Status, str, str, int | None]:
        """(status, raw, reason, exit code) of one question."""
        if ask.startswith(_BY_RECORDS):
            self._read_records(until)
        left = until - time.monotonic()
        if left <= 0:
            return Status.TIMED_OUT, "", "the time for this question was used up", None
        ran = self.tool.run(self.tool.words(ask), left)
        gaps = self.tool.gaps if ask.startswith(_BY_RECORDS) else ()
        raw = ran.out + "".join(f"! {line}\n" for line in (*gaps, *ran.complaints))
        status, reason = _judge(ran)
        if status is Status.UNREACHABLE:
            self.lost = reason
        return status, raw, reason, ran.code

    def _read_records(self, until: float) -> None:
        """Keep the sensor data records for the questions to come; without them each question reads them again."""
        if self.tool.cache is not None or self.tool.gaps:
            return
        path = self.tool.folder / "records"
        ran = self.tool.run(["sdr", "dump", str(path)], until - time.monotonic())
        if ran.code == 0 and path.is_file() and path.stat().st_size:
            self.tool.cache, self.tool.gaps = path, ran.complaints
        elif path.exists():
            path.unlink()


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """One session to learn the way, then one call per question (`xunwei.collect.access.Ask`)."""
    with tempfile.TemporaryDirectory(prefix="xunwei-ipmi-") as folder:
        tool = _Tool(access, Path(folder))
        try:
            status, reason = _probe(tool, deadline)
        except FileNotFoundError:
            status, reason = Status.UNREACHABLE, "ipmitool is not installed here (apt-get install ipmitool)"
        if status is not Status.COLLECTED:
            return [_answer(s, status, "", reason, None, _now(), 0.0) for s in sections]
        session = _Session(tool, deadline)
        return [_next(session, section) for section in sections]


def _next(session: _Session, section: Section) -> Answer:
    if session.lost:
        return _answer(section, Status.UNREACHABLE, "", session.lost, None, _now(), 0.0)
    if session.strikes >= STRIKES or time.monotonic() >= session.deadline:
        why = "the BMC had stopped answering" if session.strikes else "the time for this device was used up"
        return _answer(section, Status.TIMED_OUT, "", why, None, _now(), 0.0)
    return session.section(section)


def _probe(tool: _Tool, deadline: float) -> tuple[Status, str]:
    """Whether a session can be had; sets the cipher suite. A refused login is tried once only."""
    named = tool.access.setting("ipmi_cipher")
    where = f"{tool.access.address}:{tool.access.port or PORT}"
    reason = "no time left"
    for tool.cipher in (named,) if named else CIPHERS:
        began = time.monotonic()
        ran = tool.run(["mc", "info"], min(PROBE_SECONDS, deadline - began), verbose=True)
        late = time.monotonic() - began > tool.patience
        said = "\n".join(ran.complaints)
        if ran.code == 0 and "IPMI Version" in ran.out:
            return Status.COLLECTED, ""
        if late and "HMAC is invalid" in said:
            # An answer to a question that was asked again: it says nothing of the password.
            return Status.TIMED_OUT, f"{where}: answers take longer than {tool.patience} s"
        if _DENIED_LOGIN.search(said):
            return (
                Status.DENIED,
                f"{where}: login as {tool.access.user} refused ({_first(_DENIED_LOGIN, ran.complaints)})",
            )
        if not _OTHER_CIPHER.search(said):
            return Status.UNREACHABLE, f"{where}: no IPMI answer"
        reason = f"cipher suite {tool.cipher}: {_first(_OTHER_CIPHER, ran.complaints)}"
    return Status.UNREACHABLE, f"{where}: {reason}"


def _judge(ran: Ran) -> tuple[Status, str]:
    """Status and reason of a call that was made within a run of which a first session was had."""
    said = "\n".join(ran.complaints)
    if ran.code is None:
        return Status.TIMED_OUT, "no answer in time"
    if _NO_SESSION in said:
        denied = _DENIED_LOGIN.search(said)
        return (Status.DENIED if denied else Status.UNREACHABLE), "the session was lost and could not be had again"
    if ran.out.strip():
        return Status.COLLECTED, ""
    for pattern, status in ((_DENIED, Status.DENIED), (_UNSUPPORTED, Status.UNSUPPORTED)):
        if pattern.search(said):
            return status, _first(pattern, ran.complaints)
    if ran.code == 0 and not said:
        return Status.EMPTY, "empty answer"
    return Status.UNPARSED, (ran.complaints or (f"ipmitool ended with {ran.code}",))[-1][:160]


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> str:
    return next((line.lstrip("> ")[:160] for line in lines if pattern.search(line)), "")


def _text(data: bytes) -> str:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text + "\n" if text and not text.endswith("\n") else text


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _answer(
    section: Section, status: Status, raw: str, reason: str, code: int | None, started: str, seconds: float
) -> Answer:
    return Answer(section.name, status, raw, reason, section.ask, code, started, round(seconds, 3))
