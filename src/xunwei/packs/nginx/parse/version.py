"""Release and build of nginx, `nginx -V`.

== version
nginx version: nginx/1.22.1
built with OpenSSL 3.0.17 1 Jul 2025
TLS SNI support enabled
configure arguments: --with-http_ssl_module --with-http_stub_status_module
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Product, version, the OpenSSL it was built with, and its modules."""
    part = Parts(text).one("version").whole()
    lines = [line for _, line in part.lines]
    found = re.match(r"(nginx|openresty|Tengine) version: ([A-Za-z]+)/(\d+(?:\.\d+)+)", "\n".join(lines), re.IGNORECASE)
    if found is None:
        raise Unparsed("not what nginx -V prints")
    ssl = re.search(r"^built with (\S+ \S+)", "\n".join(lines), re.MULTILINE)
    arguments = next((line for line in lines if line.startswith("configure arguments:")), "")
    return {
        "product": found[2],
        "version": found[3],
        "openssl": ssl[1] if ssl else None,
        "modules": sorted(set(re.findall(r"--with-((?:http|stream|mail)_\w+_module)", arguments))),
        "_line": part.lines[0][0],
    }
