"""Kind `app`: business applications as small HTTPS sites with login page, query probe and a health endpoint.

The certificate is issued by the device's own identity, which is the CA file to verify with: so a certificate that ends soon can
be served while the clients' CA file stays the same. A second port without TLS redirects.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import html
import ipaddress
import socket
import ssl
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from xunwei.lab.kinds import Device, Server
from xunwei.lab.tls import Identity, identity
from xunwei.lab.web import WEB_FAULTS, Reply, WebDevice

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body></html>
"""
_HTML = "text/html;charset=utf-8"
_PROTECTING = (
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Content-Security-Policy", "default-src 'self'"),
    ("Cache-Control", "no-store"),
)


class Site(WebDevice):
    """One application. Strict: other paths are 404, other methods 405."""

    known_faults = (
        *(f for f in WEB_FAULTS if f != "login_refused"),
        "down",
        "wrong_content",
        "dependency_down",
        "certificate_days",
        "redirect_broken",
    )

    def __init__(self, device: Device, own: Identity, folder: Path) -> None:
        super().__init__(own)
        self.name = device.name
        self.data = dict(device.state)
        self.identity = own
        self.common_headers = (("Server", str(self.data["server"])), *_PROTECTING)
        self.plain: Redirect | None = None
        self._folder = folder
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._host = ""
        self._again: asyncio.Task[None] | None = None

    async def listen(self, host: str, port: int) -> None:
        """Open the port with a fresh certificate; 0 takes a free one."""
        self._host = host
        self._certify(int(self.data["certificate_days"]))
        self._server = await asyncio.start_server(self._serve, host, port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        if self.data["redirect"]:
            self.plain = Redirect(self)
            await self.plain.listen(host, 0)

    async def close(self) -> None:
        if self._again is not None:
            await asyncio.gather(self._again, return_exceptions=True)
        if self.plain is not None:
            await self.plain.close()
        await super().close()

    def info(self) -> dict[str, str]:
        """CA file, and the port that redirects."""
        return {"certificate": str(self.identity.certificate), "http_port": str(self.plain.port if self.plain else 0)}

    def state(self) -> dict[str, Any]:
        return {"faults": dict(self.faults), "title": self.data["title"], "dependencies": self._dependencies()}

    def set_fault(self, name: str, value: Any) -> None:
        off = value is None or value is False
        if name == "dependency_down" and not off and value not in self.data["dependencies"]:
            raise ValueError(f"no dependency {value!r}; there are: {', '.join(self.data['dependencies'])}")
        was_down = "down" in self.faults
        super().set_fault(name, value)
        if name == "certificate_days":
            self._certify(int(self.data["certificate_days"] if off else value))
        if "down" in self.faults and not was_down and self._server is not None:
            self._server.close()
        elif was_down and "down" not in self.faults:
            # The socket is there at once: a client that comes before the server is waits in its queue.
            listener = socket.create_server((self._host, self.port), backlog=64)
            listener.setblocking(False)
            self._again = asyncio.get_running_loop().create_task(self._reopen(listener))

    async def _reopen(self, listener: socket.socket) -> None:
        self._server = await asyncio.start_server(self._serve, sock=listener, ssl=self._tls)

    def _certify(self, days: int) -> None:
        """Serve a certificate that ends in so many days (negative: it has ended)."""
        path = self._folder / f"{self.name}-site.pem"
        path.touch(mode=0o600)
        path.write_bytes(_issue(self.identity, self.name, self._host, days))
        self._tls.load_cert_chain(path)

    # -- what it answers ---------------------------------------------------------------------------------------------

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:  # noqa: ARG002
        parts = urlsplit(path)
        pages = {
            "/": self._home,
            "/login": self._login,
            "/health": self._health,
            self.data["query"]["path"]: self._query,
        }
        page = pages.get(parts.path)
        if page is None:
            return Reply(404, text=_PAGE.format(title="404", body="<p>页面不存在</p>"), content_type=_HTML)
        if method == "OPTIONS":
            return Reply(204, headers=[("Allow", "GET, HEAD, OPTIONS")])
        if method not in ("GET", "HEAD"):
            return Reply(405, headers=[("Allow", "GET, HEAD, OPTIONS")], text="", content_type=_HTML)
        return page(parts.query)

    def _page(self, body: str, headers: list[tuple[str, str]] | None = None) -> Reply:
        if "wrong_content" in self.faults:
            return Reply(
                200, text=_PAGE.format(title="系统维护中", body="<p>系统维护中，请稍后再试</p>"), content_type=_HTML
            )
        text = _PAGE.format(title=html.escape(str(self.data["title"])), body=body)
        return Reply(200, text=text, headers=headers or [], content_type=_HTML)

    def _home(self, query: str) -> Reply:  # noqa: ARG002
        return self._page('<p><a href="/login">登录</a></p>')

    def _login(self, query: str) -> Reply:  # noqa: ARG002
        form = (
            f'<h2>{html.escape(str(self.data["login_words"]))}</h2><form method="post" action="/session">'
            '<input name="user"><input name="secret" type="password"><input name="captcha"><button>登录</button></form>'
        )
        return self._page(form, [("Set-Cookie", "SESSION=0123456789abcdef; Path=/; Secure; HttpOnly; SameSite=Lax")])

    def _query(self, query: str) -> Reply:
        wanted = self.data["query"]
        page = parse_qs(query).get("page", ["1"])[0]
        if not page.isdigit():
            return Reply(400, {"code": 400, "message": "page"})
        if "wrong_content" in self.faults:
            return Reply(200, {"code": 0, "data": []})
        rows = [{"name": f"{wanted['word']} {n + 1}"} for n in range(int(wanted["rows"]))]
        return Reply(200, {"code": 0, "page": int(page), "data": rows})

    def _dependencies(self) -> dict[str, str]:
        down = self.faults.get("dependency_down")
        return {name: "DOWN" if name == down else "UP" for name in self.data["dependencies"]}

    def _health(self, query: str) -> Reply:  # noqa: ARG002
        states = self._dependencies()
        whole = "DOWN" if "DOWN" in states.values() else "UP"
        components = {name: {"status": state} for name, state in states.items()}
        return Reply(200 if whole == "UP" else 503, {"status": whole, "components": components})


class Redirect(WebDevice):
    """The port without TLS: sends every visitor to the site, or with `redirect_broken` shows pages itself."""

    def __init__(self, site: Site) -> None:
        super().__init__(None)
        self._site = site

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:  # noqa: ARG002
        if "redirect_broken" in self._site.faults:
            return Reply(200, text=_PAGE.format(title="plain", body=""), content_type=_HTML)
        host = headers.get("host", "localhost").partition(":")[0]
        return Reply(
            301, headers=[("Location", f"https://{host}:{self._site.port}{path}")], text="", content_type=_HTML
        )


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
) -> Mapping[str, Server]:
    """Start all applications; their CA files are kept as `folder/lab/<name>.pem`. Raises OSError, ValueError."""
    running: dict[str, Server] = {}
    try:
        for device in devices:
            own = await asyncio.to_thread(identity, folder / "lab", device.name, address)
            site = Site(device, own, folder / "lab")
            await site.listen(address, ports.get(device.name, 0))
            running[device.name] = site
            for fault, value in device.faults.items():
                site.set_fault(fault, value)
    except BaseException:
        await asyncio.gather(*(server.close() for server in running.values()))
        raise
    return running


def _issue(own: Identity, name: str, host: str, days: int) -> bytes:
    """Key and certificate (PEM) for `name` and `host`, issued by the identity."""
    ca = x509.load_pem_x509_certificate(own.certificate.read_bytes())
    ca_key = serialization.load_pem_private_key(own.key.read_bytes(), None)
    assert isinstance(ca_key, rsa.RSAPrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    end = now + dt.timedelta(days=days, hours=1)
    names: list[x509.GeneralName] = [x509.DNSName(name), x509.DNSName("localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(a)) for a in dict.fromkeys(("127.0.0.1", host))]
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "lab"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    cert = (
        x509.CertificateBuilder(ca.subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(min(now, end) - dt.timedelta(days=30))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return private + cert.public_bytes(serialization.Encoding.PEM)
