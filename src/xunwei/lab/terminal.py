"""The terminal of one login: characters in, echo, paging, output faults."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
from collections import deque
from typing import Any

import asyncssh

from xunwei.lab.faults import reword
from xunwei.lab.shell import Reply, Session

LONGEST_LINE = 510
DROPPED = "dropped"


class Terminal:
    """Joins a session to an SSH channel. What is typed is echoed when the device reads it, as real devices do."""

    def __init__(self, process: asyncssh.SSHServerProcess[bytes], session: Session) -> None:
        self.process = process
        self.session = session
        self.pending: deque[str] = deque()
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self.displays = 0
        self.last = ""
        self.out: list[str] = []

    def write(self, text: str) -> None:
        """Keeps text for the next flush: one packet for an echoed line, not one for each character."""
        self.out.append(text.replace("\n", "\r\n"))

    async def flush(self) -> None:
        data = "".join(self.out).encode("utf-8", "replace")
        self.out.clear()
        if data and not self.process.channel.is_closing():
            self.process.stdout.write(data)
            await self.process.stdout.drain()

    async def key(self) -> str:
        """The next character, '' at the end of input."""
        while not self.pending:
            await self.flush()
            try:
                data = await self.process.stdin.read(4096)
            except asyncssh.BreakReceived:
                data = b"\x03"
            except (asyncssh.TerminalSizeChanged, asyncssh.SignalReceived):
                continue
            if not data:
                return ""
            self.pending.extend(self.decoder.decode(data))
        return self.pending.popleft()

    async def line(self) -> str | None:
        """One typed line, or None at the end of input. Ctrl-Z is the word `return`, Ctrl-C gives the line up."""
        buffer = ""
        while char := await self.key():
            before, self.last = self.last, char
            if char == "\n" and before == "\r":
                continue
            if char in "\r\n":
                self.write("\n")
                return buffer
            if char == "\x1a":
                self.write("\n")
                return "return" if self.session.system else ""
            if char == "\x03":
                self.write("\n" + self.session.interrupt().prompt)
                buffer = ""
            elif char in "\x08\x7f":
                if buffer:
                    buffer = buffer[:-1]
                    self.write("\b \b")
            elif char == "\x1b":
                await self.skip_escape()
            elif char == "?" and self.session.dialog is None:
                buffer = self.help(buffer)
            elif char == "\t":
                buffer = self.complete(buffer)
            elif char.isprintable() and len(buffer) < LONGEST_LINE:
                buffer += char
                if not self.session.secret:
                    self.write(char)
        return None

    async def skip_escape(self) -> None:
        """Arrow keys and the like have no meaning here."""
        if await self.key() == "[":
            while (char := await self.key()) and not "@" <= char <= "~":
                pass

    def help(self, buffer: str) -> str:
        lines = self.session.expected(buffer)
        self.write("?\n" + "".join(f"  {line}\n" for line in lines) + self.session.prompt() + buffer)
        return buffer

    def complete(self, buffer: str) -> str:
        """Tab: the last word in full when only one keyword begins with it."""
        words = (
            [w for w in self.session.expected(buffer) if not w.startswith("<")] if self.session.dialog is None else []
        )
        if len(words) != 1 or buffer.endswith(" ") or not buffer:
            return buffer
        done = buffer[: len(buffer) - len(buffer.rsplit(maxsplit=1)[-1])] + words[0] + " "
        self.write(self.session.prompt().join(("\r", "")) + done)
        return done

    # -- output --------------------------------------------------------------------------------------------------------

    async def show(self, reply: Reply) -> str:
        """Prints a reply. Returns how the session goes on: '', `logout`, `reboot` or `dropped`."""
        text = reply.text
        faults = self.session.device.faults
        if reply.display:
            self.displays += 1
            if "unknown_firmware_text" in faults and reply.template:
                text = reword(text)
            if "truncated_output" in faults:
                text = text[: len(text) // 2].rstrip("\n") + "\n"
            if self.displays == int(faults.get("dropped_mid_command", 0)):
                self.write(text[: len(text) // 2])
                await self.flush()
                return DROPPED
        await self.paged(text)
        self.write(reply.prompt)
        if reply.end:
            await self.flush()
        return reply.end

    async def paged(self, text: str) -> None:
        """Writes text, a screen at a time when paging is on: space a screen, Enter a line, q or Ctrl-C the end."""
        lines = text.splitlines(keepends=True)
        page, family = self.session.page, self.session.device.family
        count = page or len(lines)
        while len(lines) > count:
            self.write("".join(lines[:count]))
            lines = lines[count:]
            count = 0
            self.write(family.more)
            while not count:
                key = await self.key()
                count = {" ": page, "\r": 1, "\n": 1}.get(key, 0)
                if key == "\n" and self.last == "\r":
                    count = 0
                self.last = key
                if key in ("q", "Q", "\x03", ""):
                    self.write(family.erase)
                    return
            self.write(family.erase)
        self.write("".join(lines))

    async def think(self) -> None:
        faults = self.session.device.faults
        seconds = float(faults.get("slow", 0)) + float(faults.get("think_ms", 0)) / 1000
        if seconds:
            await self.flush()
            await asyncio.sleep(seconds)

    # -- the two kinds of channels -------------------------------------------------------------------------------------

    async def interactive(self) -> str:
        """A shell until logout, end of input, reboot or a drop; returns which."""
        end = await self.show(self.session.open())
        while not end:
            line = await self.line()
            if line is None:
                return "logout"
            await self.think()
            end = await self.show(self.session.feed(line))
        return end

    async def command(self, text: str) -> str:
        """The exec channel: the given lines, no paging, no prompt; questions are answered from the channel's input."""
        self.session.page = 0
        end = ""
        for line in text.splitlines():
            await self.think()
            reply = self.session.feed(line)
            while True:
                if self.session.dialog is None:
                    reply.prompt = ""
                end = await self.show(reply)
                if self.session.dialog is None or end:
                    break
                answer = await self.line()
                if answer is None:
                    return "logout"
                reply = self.session.feed(answer)
            if end:
                return end
        await self.flush()
        return "logout"


async def serve(process: asyncssh.SSHServerProcess[bytes], session: Session, **_: Any) -> str:
    """Runs one channel; returns how it ended."""
    terminal = Terminal(process, session)
    with contextlib.suppress(BrokenPipeError, ConnectionError, asyncssh.Error):
        if process.command is not None:
            return await terminal.command(process.command)
        return await terminal.interactive()
    return "logout"
