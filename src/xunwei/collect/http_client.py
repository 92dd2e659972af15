"""One browser for one application: bounded requests over verified connections, redirects only to where they may go."""

from __future__ import annotations

import hashlib
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from xunwei.collect.http_tls import Site, moved, request_context
from xunwei.collect.https import LostError, one_line, why

LARGEST = 2 << 20  # bytes of a page that are read
HOPS = 5
_AGENT = "xunwei-inspection"


@dataclass
class Reply:
    """What became of one request. `outcome`: answered, no_connection, certificate, timed_out, broken.

    `text` is for judging only and is kept nowhere.
    """

    outcome: str
    url: str = ""
    reason: str = ""
    status: int | None = None
    ms: float = 0.0
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    cookies: list[str] = field(default_factory=list)
    content: bytes = b""
    text: str = field(default="", repr=False)
    hops: int = 0
    attempts: int = 1

    @property
    def digest(self) -> str:
        """First 16 hex digits of the content's SHA-256: enough to see that a page changed."""
        return hashlib.sha256(self.content).hexdigest()[:16]


class Browser:
    """Requests to one site, and to others that absolute URLs name; connections are kept."""

    def __init__(self, site: Site, deadline: float) -> None:
        self.site = site
        self.until = deadline
        self._clients: dict[str, httpx.Client] = {}

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            client.close()

    def site_of(self, url: str) -> Site:
        """The site of a URL: this one for a path, its own for an absolute URL. Raises ValueError."""
        parts = urlsplit(url)
        if not parts.scheme:
            return self.site
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not a web address: {url[:80]}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        mine = {self.site.name.lower(), self.site.target.address.lower()}
        if parts.hostname.lower() in mine and port == self.site.target.port and parts.scheme == self.site.scheme:
            return self.site
        return moved(self.site, parts.scheme, parts.hostname, port)

    def ask(
        self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None, *, follow: bool = False
    ) -> Reply:
        """One request, with its redirects when `follow`; never raises for what the network or the server does.

        A redirect is followed within the site only; declared headers and the body go to the declared URL only.
        """
        began = time.monotonic()
        reply = self._once(method, url, body, headers)
        while follow and reply.status in (301, 302, 303, 307, 308) and reply.hops < HOPS:
            place = urljoin(f"{self.site_of(url).origin}{urlsplit(url).path or '/'}", reply.headers.get("location", ""))
            try:
                site = self.site_of(place)
            except ValueError:
                break
            if site is not self.site:
                break
            hops = reply.hops + 1
            parts = urlsplit(place)
            url = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            reply = self._once("GET", url, None, None)
            reply.hops = hops
        reply.ms = round(1000 * (time.monotonic() - began), 1)
        return reply

    def _once(self, method: str, url: str, body: Any, headers: Mapping[str, str] | None) -> Reply:
        try:
            site = self.site_of(url)
            client = self._client(site)
        except LostError as exc:
            return Reply("certificate", url, str(exc))
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            return self._read(client, site, method, path, body, headers)
        except httpx.ConnectTimeout:
            return Reply("no_connection", url, f"no connection to {site.origin} in {site.target.timeout:g} s")
        except httpx.TimeoutException:
            return Reply("timed_out", url, f"no answer in {site.target.timeout:g} s")
        except httpx.ConnectError as exc:
            outcome = "certificate" if _certificate_refused(exc) else "no_connection"
            return Reply(outcome, url, why(exc, site.origin))
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, UnicodeError) as exc:
            return Reply("broken", url, f"the answer was cut off or broken: {one_line(str(exc))}")

    def _read(
        self, client: httpx.Client, site: Site, method: str, path: str, body: Any, headers: Mapping[str, str] | None
    ) -> Reply:
        left = max(0.05, min(site.target.timeout, self.until - time.monotonic()))
        end = time.monotonic() + left
        sent: dict[str, Any] = {"json": body} if isinstance(body, dict | list) else {"content": body}
        request = client.build_request(
            method, path, headers=dict(headers or {}), timeout=left, extensions={"sni_hostname": site.name}, **sent
        )
        if _is_name(site.name):
            request.headers["Host"] = site.name if site.target.port in (80, 443) else f"{site.name}:{site.target.port}"
        request.extensions.setdefault("timeout", httpx.Timeout(left).as_dict())
        response = client.send(request, stream=True)
        content = b""
        try:
            for part in response.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    return Reply("broken", path, f"larger than {LARGEST} bytes", response.status_code)
                if time.monotonic() > end:
                    return Reply("timed_out", path, f"the answer came too slowly: {left:.1f} s")
        finally:
            response.close()
        encoding = response.charset_encoding or "utf-8"
        try:
            text = content.decode(encoding, "replace")
        except LookupError:
            text = content.decode("utf-8", "replace")
        cookies = response.headers.get_list("set-cookie")
        client.cookies.clear()  # every question is asked by a new visitor
        return Reply("answered", path, "", response.status_code, 0.0, response.headers, cookies, content, text)

    def _client(self, site: Site) -> httpx.Client:
        key = f"{site.origin} {site.name}"
        if key not in self._clients:
            verify = request_context(site.target) if site.scheme == "https" else True
            self._clients[key] = httpx.Client(
                base_url=site.origin,
                verify=verify,
                headers={"User-Agent": _AGENT, "Accept": "*/*"},
                trust_env=False,
                follow_redirects=False,
            )
        return self._clients[key]


def _certificate_refused(exc: BaseException) -> bool:
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        if isinstance(cause, socket.gaierror):
            return False
        cause = cause.__cause__ or cause.__context__
    return False


def _is_name(host: str) -> bool:
    return not re.fullmatch(r"[\d.]+|.*:.*", host)
