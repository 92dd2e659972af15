"""The effective configuration, `nginx -T`.

    nginx: configuration file /etc/nginx/nginx.conf test is successful
    # configuration file /etc/nginx/nginx.conf:
    user www-data;
    http {
        server { listen 443 ssl; server_name portal.example; ssl_protocols TLSv1.2 TLSv1.3; }
    }
    # configuration file /etc/nginx/mime.types:
    types { text/html html; }
    # xunwei: end of configuration

A value that is not set is null where nginx's default depends on its release, else the default (ngx_http_core_module's manual). Files that
are included print after the file that includes them; the reader puts each in the place of its `include`.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.nginx.config import Directive, find, outer, read, walk
from xunwei.parse import Unparsed

_OLD = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1")
_WEAK = re.compile(r"(?<![!\-\w])(?:aNULL|eNULL|NULL|EXPORT|EXP|RC4|DES|3DES|MD5|LOW|ADH|AECDH)(?![\w])")


def parse(text: str) -> Facts:
    """Main values, servers, upstreams and locations."""
    top = read(text)
    if not any(d.name == "events" for d in top):
        raise Unparsed("no block events: not nginx's configuration")
    servers = [s for s in walk(top, "server") if s.block is not None and _is_http(s)]
    events = next(d for d in top if d.name == "events")
    return {
        "user": _value(top, "user"),
        "worker_processes": _value(top, "worker_processes") or "1",
        "worker_connections": _number(_value(events.block or [], "worker_connections") or "512"),
        "rlimit_nofile": _number(_value(top, "worker_rlimit_nofile")),
        "error_log": _value(top, "error_log"),
        "servers": [_server(s) for s in servers],
        "upstreams": [_upstream(u) for u in walk(top, "upstream") if u.block is not None],
        "locations": [_location(loc) for loc in walk(top, "location") if loc.block is not None],
    }


def _is_http(server: Directive) -> bool:
    above = outer(server, "upstream", "stream", "mail", "http")
    return above is None or above.name == "http"


def _value(directives: list[Directive], name: str) -> str | None:
    found = [d for d in directives if d.name == name]
    return found[-1].value if found else None


def _number(word: str | None) -> int | None:
    return int(word) if word is not None and re.fullmatch(r"\d{1,9}", word) else None


def _server(server: Directive) -> Facts:
    block = server.block or []
    listens = [d.value for d in block if d.name == "listen"] or ["80"]
    names = [w for d in block if d.name == "server_name" for w in d.words]
    ssl = any(re.search(r"\bssl\b|\bquic\b", one) for one in listens)
    protocols, ciphers = find(server, "ssl_protocols"), find(server, "ssl_ciphers")
    tokens, access = find(server, "server_tokens"), find(server, "access_log")
    size = find(server, "client_max_body_size")
    headers = [d.value.lower() for d in walk([server], "add_header")]
    above = find(server, "add_header")
    headers += [above.value.lower()] if above is not None else []
    return {
        "name": f"{' '.join(names) or '_'} {listens[0].split()[0]}",
        "listens": listens,
        "ssl": ssl,
        "default": any("default_server" in one for one in listens),
        "protocols": protocols.value if protocols is not None else None,
        "old_protocols": [w for w in protocols.words if w in _OLD] if protocols is not None else None,
        "weak_ciphers": sorted(set(_WEAK.findall(ciphers.value))) if ciphers is not None else None,
        "hsts": any(h.startswith("strict-transport-security") for h in headers),
        "tokens": tokens is None or tokens.value.lower() in ("on", "build"),
        "access_log": not (access is not None and access.value.startswith("off")),
        "redirects": any(
            d.name == "return" and d.words[:1] in (["301"], ["302"], ["308"]) for d in walk([server], "return")
        ),
        "body_size": size.value if size is not None else "1m",
        "_line": server.line,
    }


def _upstream(upstream: Directive) -> Facts:
    servers = [d for d in upstream.block or [] if d.name == "server"]
    live = [d for d in servers if "down" not in d.words and "backup" not in d.words]
    return {
        "name": upstream.value,
        "servers": len(servers),
        "live": len(live),
        "backup": sum("backup" in d.words for d in servers),
        "keepalive": any(d.name == "keepalive" for d in upstream.block or []),
        "_line": upstream.line,
    }


def _location(location: Directive) -> Facts:
    server = outer(location, "server")
    names = [w for d in (server.block or []) if d.name == "server_name" for w in d.words] if server else []
    inside = {d.name: d for d in location.block or []}
    path = location.words[-1] if location.words else ""
    alias = inside["alias"].value if "alias" in inside else ""
    auto = find(location, "autoindex")
    status = "stub_status" in inside
    closed = any(d.name == "deny" and d.value == "all" for d in (location.block or []))
    return {
        "server": " ".join(names) or "_",
        "path": location.value,
        "autoindex": auto is not None and auto.value == "on",
        # `location /static { alias /data/; }`: /static../secret leaves the folder
        "alias_slip": bool(alias.endswith("/") and not path.endswith("/") and not path.startswith(("~", "^"))
                           and location.words[0] not in ("~", "~*", "=")),
        "status_open": status and not closed,
        "_line": location.line,
    }  # fmt: skip
