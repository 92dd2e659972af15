"""Progress of a run on standard error: a live bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Any

from xunwei.catalogue import Catalogue
from xunwei.cli import show

LINE_SECONDS = 5.0
_PHASES = {"xunwei_open": "open", "xunwei_collect": "collect", "xunwei_conclude": "conclude", "xunwei_report": "report"}


class Progress:
    """Counts hosts as their collect task ends. `quiet` shows nothing."""

    def __init__(self, t: Catalogue, *, quiet: bool) -> None:
        self.t = t
        self.quiet = quiet
        self.total = self.done = self.lost = 0
        self.started = time.monotonic()
        self._said = 0.0
        self._last = 0
        self._phase = ""
        self._live: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.fields[words]}"),
                TimeElapsedColumn(),
            )
            self._live = Bar(*columns, console=Console(stderr=True), transient=True)
            self._live.start()
            self._task = self._live.add_task("", total=None, words="")
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def phase(self, action: str) -> None:
        """A task with this action has begun."""
        name = _PHASES.get(action, "")
        if not name or name == self._phase:
            return
        if self._phase == "collect":
            self._say(force=True)
        self._phase = name
        if self._live is not None:
            self._live.update(self._task, description=self.t(f"phase.{name}"))
        elif not self.quiet:
            show.note(self.t(f"phase.{name}"))

    def expect(self, total: int) -> None:
        """How many hosts will be asked."""
        self.total = total
        self._draw()

    def host(self, *, lost: bool) -> None:
        """One host's answers are home (or it was lost)."""
        self.done += 1
        self.lost += lost
        self._draw()

    def _draw(self) -> None:
        if self._live is not None:
            self._live.update(self._task, total=self.total or None, completed=self.done, words=self._words())
        else:
            self._say(force=False)

    def _say(self, *, force: bool) -> None:
        now = time.monotonic()
        if self.quiet or self._live is not None or (not force and now - self._said < LINE_SECONDS):
            return
        self._said = now
        if self.done and self.done != self._last:
            self._last = self.done
            show.note(f"  {self._words()}  {self._time()}")

    def _words(self) -> str:
        left = max(0, self.total - self.done)
        return self.t("inspect.done", done=self.done, total=self.total, lost=self.lost, left=left)

    def _time(self) -> str:
        seconds = int(time.monotonic() - self.started)
        return self.t("inspect.time", time=f"{seconds // 60}:{seconds % 60:02d}")
