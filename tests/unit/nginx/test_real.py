"""The pack's own script against a real nginx, private to the test: healthy, then each fault with its finding."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from unit.app_node.script import ask, findings, verdicts, views
from xunwei.lab.tls import identity
from xunwei.words import Status, Verdict

CONFIG = """
{user}
worker_processes 1;
error_log {dir}/error.log warn;
pid {dir}/nginx.pid;
events {{ worker_connections 128; }}
http {{
  access_log {dir}/access.log;
  client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3; uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
  server_tokens {tokens};
  include {dir}/conf.d/*.conf;
}}
"""
SITE = """
upstream back {{ server 127.0.0.1:9; server 127.0.0.1:10; keepalive 4; }}
server {{
  listen 127.0.0.1:{tls} ssl; server_name portal.example;
  ssl_certificate {dir}/portal.pem; ssl_certificate_key {dir}/portal.key;
  ssl_protocols {protocols}; ssl_ciphers {ciphers};
  location / {{ return 200 "ok"; }}
  location /bad {{ return 502; }}
  location /docs/ {{ alias {dir}/docs/; autoindex {autoindex}; }}
}}
server {{
  listen 127.0.0.1:{plain};
  location = /status {{ stub_status; allow 127.0.0.1; {deny} }}
  location / {{ return 301 https://portal.example$request_uri; }}
}}
"""
GOOD = {
    "tokens": "off", "protocols": "TLSv1.2 TLSv1.3", "ciphers": "HIGH:!aNULL:!MD5", "autoindex": "off", "deny": "deny all;",
}  # fmt: skip


def free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Nginx:
    """A private nginx: configuration from changed words, its own ports, ended by its own pid."""

    def __init__(self, folder: Path) -> None:
        self.dir = folder
        self.plain, self.tls = free(), free()
        for name in ("conf.d", "docs"):
            (folder / name).mkdir()
        own = identity(folder, "portal", "127.0.0.1")
        own.key.chmod(0o600)
        (folder / "conf.d").chmod(0o755)

    def write(self, **changed: str) -> None:
        words = {"dir": str(self.dir), "plain": self.plain, "tls": self.tls, **GOOD, **changed}
        words["user"] = "user nobody nogroup;" if os.getuid() == 0 else ""
        (self.dir / "nginx.conf").write_text(CONFIG.format(**words))
        (self.dir / "conf.d" / "site.conf").write_text(SITE.format(**words))
        for path in (self.dir / "nginx.conf", self.dir / "conf.d" / "site.conf"):
            path.chmod(0o644)

    def start(self) -> None:
        subprocess.run(["nginx", "-c", self.dir / "nginx.conf"], check=True, capture_output=True, timeout=20)
        for _ in range(100):
            if (self.dir / "nginx.pid").is_file():
                return
            time.sleep(0.02)

    def reload(self, **changed: str) -> None:
        self.write(**changed)
        subprocess.run(["nginx", "-c", self.dir / "nginx.conf", "-s", "reload"], check=True, capture_output=True)
        time.sleep(0.4)

    def stop(self) -> None:
        if (self.dir / "nginx.pid").is_file():
            subprocess.run(["nginx", "-c", self.dir / "nginx.conf", "-s", "stop"], check=False, capture_output=True)

    @property
    def parameters(self) -> dict[str, str]:
        return {
            "XW_NGINX_PROCESS": f"nginx: master.*{self.dir}/nginx.conf",
            "XW_NGINX_STATUS": f"http://127.0.0.1:{self.plain}/status",
            "XW_NGINX_UNIT": "no-such.service",
        }


@pytest.fixture
def nginx(tmp_path: Path, which: Callable[[str], bool]) -> Iterator[Nginx]:
    if not which("nginx"):
        pytest.skip("nginx is not installed")
    one = Nginx(tmp_path)
    one.write()
    one.start()
    yield one
    one.stop()


# Where the test runs there may be no systemd, and a full disk is this machine's own matter.
ELSEWHERE = {"unit.enabled", "unit.restarts", "log_files.disk"}


def look(nginx: Nginx, now: float | None = None, since: float = 0) -> tuple[dict[str, Status], set[str]]:
    found = views("nginx", ask("nginx", nginx.parameters, since=since))
    statuses = {n: v.status for n, v in found.items() if v.status is not Status.COLLECTED}
    return statuses, findings("nginx", found, now or time.time()) - ELSEWHERE


def test_healthy(nginx: Nginx) -> None:
    for _ in range(3):
        httpx.get(f"http://127.0.0.1:{nginx.plain}/", trust_env=False)
    statuses, found = look(nginx)
    assert set(statuses) <= {"unit"}
    assert found == set()
    judged = verdicts("nginx", views("nginx", ask("nginx", nginx.parameters)), time.time())
    blind = {r for r, v in judged.items() if v is Verdict.NOT_COLLECTED}
    assert blind <= {"unit.enabled", "unit.restarts"}


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"tokens": "on"}, "configuration.tokens"),
        ({"protocols": "TLSv1 TLSv1.2"}, "configuration.protocols"),
        ({"ciphers": "ALL:RC4:!EXP"}, "configuration.ciphers"),
        ({"autoindex": "on"}, "configuration.autoindex"),
        ({"deny": ""}, "configuration.status"),
    ],
)
def test_a_setting_is_found_and_gone_after_repair(nginx: Nginx, changed: dict[str, str], rule: str) -> None:
    nginx.reload(**changed)
    assert look(nginx)[1] == {rule}
    nginx.reload()
    assert look(nginx)[1] == set()


def test_a_broken_file_and_a_stopped_server(nginx: Nginx) -> None:
    (nginx.dir / "conf.d" / "site.conf").write_text("server { listen }")
    statuses, found = look(nginx)
    assert found == {"configtest.good"}
    assert statuses["configuration"] is Status.UNPARSED
    nginx.write()
    assert look(nginx)[1] == set()
    nginx.stop()
    time.sleep(0.3)
    parameters = nginx.parameters | {"XW_NGINX_CONFIG": str(nginx.dir / "nginx.conf")}
    found_views = views("nginx", ask("nginx", parameters))
    assert "processes.running" in findings("nginx", found_views, time.time())
    assert found_views["status"].status is not Status.COLLECTED


def test_errors_in_the_log_and_in_the_answers(nginx: Nginx) -> None:
    base = f"https://127.0.0.1:{nginx.tls}"
    with httpx.Client(verify=False, trust_env=False) as client:
        for number in range(120):
            client.get(f"{base}/bad?id={number}" if number % 4 == 0 else base)
    with (nginx.dir / "error.log").open("a") as log:
        stamp = time.strftime("%Y/%m/%d %H:%M:%S")
        log.write(f"{stamp} [emerg] 9#9: open() failed, user 13800001111 identity 41040119900101123X\n")
        log.write("2020/01/01 00:00:00 [crit] 9#9: long ago\n")
    answers = ask("nginx", nginx.parameters)
    raw = answers["log_errors"].raw
    assert "13800001111" not in raw
    assert "41040119900101123X" not in raw
    assert "long ago" not in raw
    found = findings("nginx", views("nginx", answers), time.time()) - ELSEWHERE
    assert found == {"log_errors.fatal", "responses.errors"}


def test_days_of_the_certificate_count_from_the_run(nginx: Nginx) -> None:
    later = dt.datetime.now(dt.UTC).timestamp() + 86400 * 720
    assert look(nginx, now=later)[1] == {"certificates.days"}


def test_permissions(nginx: Nginx) -> None:
    (nginx.dir / "portal.key").chmod(0o644)
    (nginx.dir / "nginx.conf").chmod(0o666)
    assert look(nginx)[1] == {"files.writable", "files.secret"}
