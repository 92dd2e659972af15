"""Ask a web application as its users do: declared checks, health, login page, headers, certificate. Read only.

Settings of the asset (`asset_` before each): `scheme` (https), `tls_ca` or `tls_fingerprint`, `tls_name` (the name in the certificate when
`ansible_host` is an address), `home` (/), `checks` (list, see `Check`), `health` {url}, `login` {url, expect_text}, `http_port` (80).
A section's `ask` begins with the question's name. Answers are rows of JSON, one per line, under a line `-- N rows`. Of what the
application says only status, times, size, digest, title and the verdict on each expectation are kept, never its content. Every
question that failed is asked once more before it counts.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from xunwei.collect import http_pages, http_tls
from xunwei.collect.access import Access
from xunwei.collect.http_checks import Check, checks_of, judge
from xunwei.collect.http_client import Browser, Reply
from xunwei.collect.http_tls import Site
from xunwei.collect.https import LostError, OutOfTimeError, Target, one_line, without
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

Json = dict[str, Any]
Rows = list[Json]
SAMPLES = 5  # requests of one measurement of the response time
STRIKES = 2  # sections in a row that timed out before the application counts as hanging
PAUSE = 0.5  # seconds before a failed question is asked again


class Refused(Exception):
    """The question does not apply to this asset, or cannot be asked; `status` says how the section ends."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """One answer per section (`xunwei.collect.access.Ask`)."""
    asker = _Asker(access, deadline)
    try:
        return [asker.answer(section) for section in sections]
    finally:
        asker.close()


class _Asker:
    """One application in one run."""

    def __init__(self, access: Access, deadline: float) -> None:
        self.access = access
        self.deadline = deadline
        scheme = access.setting("scheme", "https")
        target = Target.of(access, 443 if scheme == "https" else 80)
        self.site = Site(scheme, target, access.setting("tls_name") or access.address)
        self.browser = Browser(self.site, deadline)
        self.strikes = 0

    def close(self) -> None:
        self.browser.close()

    def answer(self, section: Section) -> Answer:
        """Status and raw of one section."""
        began, started = time.monotonic(), dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        status, reason, rows = Status.COLLECTED, "", []
        word = section.ask.split()[0].rstrip(":")
        question = _QUESTIONS.get(word)
        self.browser.until = min(began + section.timeout, self.deadline)
        try:
            if question is None:
                raise Refused(Status.UNSUPPORTED, f"the collector has no question {word!r}")
            if self.strikes >= STRIKES:
                raise OutOfTimeError("the application had stopped answering")
            if self.deadline <= began:
                raise OutOfTimeError("no time left")
            rows = question(self)
        except Refused as exc:
            status, reason = exc.status, str(exc)
        except LostError as exc:
            status, reason = Status.UNREACHABLE, str(exc)
        except OutOfTimeError as exc:
            status, reason = Status.TIMED_OUT, str(exc)
        except ValueError as exc:
            status, reason = Status.UNPARSED, one_line(str(exc))
        self.strikes = self.strikes + 1 if status is Status.TIMED_OUT else 0
        raw = self._raw(rows) if status is Status.COLLECTED else ""
        secrets = [*self.access.secrets(), *self._secrets()]
        reason = without(reason, secrets)
        return Answer(
            section.name, status, without(raw, secrets), reason, section.ask, None, started,
            round(time.monotonic() - began, 3),
        )  # fmt: skip

    @staticmethod
    def _raw(rows: Rows) -> str:
        lines = [json.dumps(r, sort_keys=True, ensure_ascii=True) for r in rows]
        return "\n".join([*lines, f"-- {len(rows)} rows"]) + "\n"

    def _secrets(self) -> list[str]:
        return [v for c in self._checks() for v in c.secrets()]

    def _checks(self) -> list[Check]:
        try:
            return checks_of(self.access.settings.get("checks"))
        except ValueError:
            return []

    def get(self, url: str, method: str = "GET", **words: Any) -> Reply:
        """An answer, asked for twice at most. Raises LostError, OutOfTimeError."""
        reply = self.browser.ask(method, url, **words)
        if reply.outcome != "answered":
            time.sleep(PAUSE)
            reply = self.browser.ask(method, url, **words)
        if reply.outcome == "timed_out":
            raise OutOfTimeError(reply.reason)
        if reply.outcome != "answered":
            raise LostError(reply.reason)
        return reply

    # -- the questions -----------------------------------------------------------------------------------------------

    def checks(self) -> Rows:
        rows = []
        for check in checks_of(self.access.settings.get("checks")):
            row = judge(check, self._probe(check))
            if check.certificate:
                row["not_after"] = self._not_after(check)
            rows.append(row)
        return rows

    def _probe(self, check: Check) -> Reply:
        reply = self.browser.ask(check.method, check.url, check.body, check.headers, follow=check.follow_redirects)
        if not judge(check, reply)["good"]:
            time.sleep(PAUSE)
            again = self.browser.ask(check.method, check.url, check.body, check.headers, follow=check.follow_redirects)
            again.attempts = 2
            return again
        return reply

    def _not_after(self, check: Check) -> str | None:
        try:
            return str(http_tls.certificate(self.browser.site_of(check.url), self.access.timeout)["not_after"])
        except (LostError, ValueError):
            return None

    def response(self) -> Rows:
        url = self.access.setting("home", "/")
        self.get(url)  # the first one pays for connection and caches
        times = []
        for _ in range(SAMPLES):
            times.append(self.get(url).ms)
        connect, shake = http_tls.connect_times(self.site, self.access.timeout)
        return [{"name": "home", "path": _shown(url), "samples": times, "connect_ms": connect, "tls_ms": shake}]

    def certificate(self) -> Rows:
        self._needs_tls()
        return [http_tls.certificate(self.site, self.access.timeout)]

    def tls(self) -> Rows:
        self._needs_tls()
        found = http_tls.versions(self.site, self.access.timeout)
        return [{"version": k, "accepted": v} for k, v in found.items()]

    def _needs_tls(self) -> None:
        if self.site.scheme != "https":
            raise Refused(Status.UNSUPPORTED, "the application is not served over TLS")

    def connection(self) -> Rows:
        port = self.site.target.port
        return [{"scheme": self.site.scheme, "port": port, "name": self.site.name, "verify": _verified_by(self.site)}]

    def redirect(self) -> Rows:
        self._needs_tls()
        port = int(self.access.setting("http_port", "80"))
        plain = http_tls.moved(self.site, "http", self.site.target.address, port)
        browser = Browser(Site("http", plain.target, self.site.name), self.browser.until)
        try:
            reply = browser.ask("GET", self.access.setting("home", "/"))
        finally:
            browser.close()
        row: Json = {"port": port, "open": reply.outcome != "no_connection", "status": None, "to": None}
        if reply.outcome == "no_connection":
            return [row]
        if reply.outcome != "answered":
            raise OutOfTimeError(reply.reason)
        place = urlsplit(reply.headers.get("location", ""))
        return [row | {"status": reply.status, "to": f"{place.scheme}://{place.hostname}" if place.scheme else None}]

    def headers(self) -> Rows:
        return http_pages.headers(self.get(self.access.setting("home", "/"), follow=True))

    def login(self) -> Rows:
        wanted = self.access.settings.get("login")
        if not isinstance(wanted, Mapping) or not wanted.get("url"):
            raise Refused(Status.UNSUPPORTED, "asset_login is not set: this application has no login page of its own")
        reply = self.get(str(wanted["url"]), follow=True)
        return [http_pages.login(reply, str(wanted.get("expect_text") or ""), self.site.scheme)]

    def cookies(self) -> Rows:
        wanted = self.access.settings.get("login")
        url = str(wanted["url"]) if isinstance(wanted, Mapping) and wanted.get("url") else None
        return http_pages.cookies(self.get(url or self.access.setting("home", "/"), follow=True))

    def methods(self) -> Rows:
        rows = []
        for method in ("OPTIONS", "TRACE"):
            reply = self.get(self.access.setting("home", "/"), method)
            rows.append(http_pages.method(method, reply))
        return rows

    def error_page(self) -> Rows:
        return [http_pages.error_page(self.get(f"/{http_pages.NO_SUCH_PAGE}"))]

    def health(self) -> Rows:
        wanted = self.access.settings.get("health")
        if not isinstance(wanted, Mapping) or not wanted.get("url"):
            raise Refused(Status.UNSUPPORTED, "asset_health is not set: this application has no health endpoint")
        reply = self.get(str(wanted["url"]), follow=True)
        if reply.status in (401, 403):
            raise Refused(Status.DENIED, f"the health endpoint said HTTP {reply.status}")
        if reply.status == 404:
            raise ValueError(f"no health endpoint at {_shown(str(wanted['url']))}: HTTP 404")
        return http_pages.health(reply)


def _shown(url: str) -> str:
    """A URL without the values of its query: they may name a person or a case."""
    return re.sub(r"=[^&#]*", "=…", url)


def _verified_by(site: Site) -> str:
    if site.scheme != "https":
        return "none"
    return "fingerprint" if site.target.pin else "ca"


_QUESTIONS: dict[str, Callable[[_Asker], Rows]] = {
    "checks": _Asker.checks,
    "response": _Asker.response,
    "certificate": _Asker.certificate,
    "tls": _Asker.tls,
    "connection": _Asker.connection,
    "redirect": _Asker.redirect,
    "headers": _Asker.headers,
    "login": _Asker.login,
    "cookies": _Asker.cookies,
    "methods": _Asker.methods,
    "error_page": _Asker.error_page,
    "health": _Asker.health,
}
