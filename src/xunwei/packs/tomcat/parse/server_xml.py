"""`conf/server.xml`, passwords hidden.

    <Server port="-1" shutdown="SHUTDOWN">
      <Service name="Catalina">
        <Connector port="8080" protocol="HTTP/1.1" connectionTimeout="20000" redirectPort="8443" maxThreads="200" />
        <Engine name="Catalina" defaultHost="localhost">
          <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false" />
        </Engine>
      </Service>
    </Server>
    <!-- xunwei: end of file -->

Defaults are those of the manual of Tomcat 9 to 11 (HTTP Connector, Host).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from xunwei.model import Facts
from xunwei.parse import Unparsed

END = "<!-- xunwei: end of file -->"


def read(text: str, root: str) -> ET.Element:
    """The element tree, or Unparsed. A document type is refused: nothing here needs one, and entities can be bombs."""
    if not text.rstrip().endswith(END):
        raise Unparsed("the file is cut off: its last line is missing")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unparsed("a document type in the file")
    try:
        found = ET.fromstring(text.strip())  # noqa: S314 - without a document type there are no entities
    except (ET.ParseError, ValueError) as exc:
        raise Unparsed(f"not XML: {exc}") from None
    if found.tag.rpartition("}")[2] != root:
        raise Unparsed(f"the file is about {found.tag[:40]!r}, not {root}")
    return found


def parse(text: str) -> Facts:
    """Shutdown port, connectors, hosts."""
    server = read(text, "Server")
    port = server.get("port", "8005")
    executors = {e.get("name"): e.get("maxThreads") for e in server.iter("Executor")}
    connectors = [_connector(c, executors) for c in server.iter("Connector")]
    if not connectors:
        raise Unparsed("no Connector")
    return {
        "shutdown_port": int(port) if re.fullmatch(r"-?\d{1,5}", port) else None,
        "shutdown_default": server.get("shutdown", "SHUTDOWN") == "SHUTDOWN",
        "connectors": connectors,
        "hosts": [_host(h) for h in server.iter("Host")],
    }


def _whole(word: str | None, default: int) -> int | None:
    if word is None:
        return default
    return int(word) if re.fullmatch(r"-?\d{1,9}", word) else None  # ${…}: set elsewhere


def _connector(element: ET.Element, executors: dict[str | None, str | None]) -> Facts:
    protocol = element.get("protocol", "HTTP/1.1")
    ajp = "ajp" in protocol.lower()
    threads = executors.get(element.get("executor")) if element.get("executor") else element.get("maxThreads")
    secret = element.get("secretRequired", "true").lower() != "false" if ajp else None
    protocols = " ".join(
        v
        for e in element.iter()
        for k, v in e.attrib.items()
        if k in ("sslEnabledProtocols", "protocols", "sslProtocol")
    )
    return {
        "port": _whole(element.get("port"), 0),
        "ajp": ajp,
        "ssl": element.get("SSLEnabled", "false").lower() == "true",
        "old_tls": bool(re.search(r"SSLv[23]|TLSv1(?:\.1)?(?![.\d])", protocols)),
        "address": element.get("address"),
        "max_threads": _whole(threads, 200),
        "max_connections": _whole(element.get("maxConnections"), 8192),
        "accept_count": _whole(element.get("acceptCount"), 100),
        "timeout_ms": _whole(element.get("connectionTimeout"), 60000),
        "secret_required": secret,
        "server": element.get("server"),
        "trace": element.get("allowTrace", "false").lower() == "true",
    }


def _host(element: ET.Element) -> Facts:
    valves = [v.get("className", "") for v in element.iter("Valve")]
    report = next((v for v in element.iter("Valve") if v.get("className", "").endswith("ErrorReportValve")), None)
    return {
        "name": element.get("name", "?"),
        "auto_deploy": element.get("autoDeploy", "true").lower() == "true",
        "access_log": any(v.endswith("AccessLogValve") for v in valves),
        "shows_version": report is None or report.get("showServerInfo", "true").lower() != "false",
    }
