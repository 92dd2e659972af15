"""The second half of the Linux collector on invented files: what it prints, what it keeps back, what it refuses."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

ROOT = Path(__file__).resolve().parents[3] / "src" / "xunwei"
SHELLS = [s for s in (["sh"], ["dash"], ["bash", "--posix"], ["busybox", "sh"]) if shutil.which(s[0])]
SECRET = "EXAMPLEsecretEXAMPLE"
HASH = f"$6$saltEXAMPLE${SECRET}"


def mine() -> str:
    files = sorted((ROOT / "packs" / "linux" / "collect").glob("[4-8]*.sh"))
    return "".join(f.read_text(encoding="utf-8") for f in files)


def names() -> list[str]:
    return re.findall(r"^s_(\w+)\(\)", mine(), re.MULTILINE)


def run(shell: list[str], section: str, tree: Path | None = None, uid: int = 0) -> tuple[int, str]:
    """Exit code and answer of one section; with `tree`, /etc and /var lie there."""
    script = mine()
    if tree is not None:
        script = re.sub(r"(?<![\w$}.])/(etc|var|home)/", rf"{tree}/\1/", script)
    prelude = (ROOT / "collect" / "prelude.sh").read_text(encoding="utf-8")
    text = f"XW_MARK=M XW_SINCE=0\n{prelude}\n{script}\nXW_UID={uid}\nxw_asset h\nxw_section {section} 20\nxw_done\n"
    done = subprocess.run([*shell, "-s"], input=text.encode(), capture_output=True, timeout=60, check=False, cwd="/")
    found = re.search(rf"^M begin h {section}\n(.*)\nM end {section} (\d+) \d+$", done.stdout.decode(), re.M | re.S)
    assert found, done
    return int(found[2]), found[1]


def facts(section: str, answer: str) -> dict[str, Any]:
    parsed = parse(packs.load("linux"), section, answer)
    assert parsed.status is Status.COLLECTED, parsed.reason
    assert parsed.facts is not None
    return parsed.facts


def write(tree: Path, path: str, text: str) -> None:
    target = tree / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path, "/etc/passwd", "root:x:0:0:Phone 12345:/root:/bin/bash\nops:x:1000:1000::/home/ops:/bin/sh\n")
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
class TestNoSecrets:
    """What a host keeps to itself."""

    def test_hashes(self, shell: list[str], tree: Path) -> None:
        schemes = {
            "": "empty", "*": "none", "!!": "none", "!": "none", f"!{HASH}": "sha512", HASH: "sha512",
            f"$1$s${SECRET}": "md5", f"$y$j9T$s${SECRET}": "yescrypt", "EXAMPLE.crypt": "des",
            f"$sm3$s${SECRET}": "sm3", f"$2b$12${SECRET}": "bcrypt", f"$9$s${SECRET}": "unknown", "*LK*": "none",
        }  # fmt: skip
        lines = [f"u{i}:{h}:20700:0:90:7:::" for i, h in enumerate(schemes)]
        write(tree, "/etc/shadow", "\n".join(lines) + "\n")
        code, answer = run(shell, "password_state", tree)
        assert code == 0
        assert not re.search(r"EXAMPLE|\$", answer)
        found = facts("password_state", answer)["accounts"]
        assert [a["scheme"] for a in found] == list(schemes.values())
        assert [a["name"] for a in found if a["password"]] == ["u0", "u5", "u6", "u7", "u8", "u9", "u10", "u11"]

    def test_hash_in_passwd_and_comment(self, shell: list[str], tree: Path) -> None:
        write(tree, "/etc/passwd", f"root:x:0:0:Phone 12345:/root:/bin/bash\nold:{HASH}:7:7:::/bin/sh\n")
        _, answer = run(shell, "accounts", tree)
        assert "12345" not in answer
        assert SECRET not in answer
        assert [a["password_field"] for a in facts("accounts", answer)["accounts"]] == ["x", "inline"]

    def test_group_password(self, shell: list[str], tree: Path) -> None:
        write(tree, "/etc/group", f"root:x:0:\nwheel:{HASH}:10:ops\n")
        _, answer = run(shell, "groups", tree)
        assert SECRET not in answer
        assert facts("groups", answer)["privileged"][1]["members"] == ["ops"]

    def test_cron(self, shell: list[str], tree: Path) -> None:
        write(
            tree,
            "/etc/crontab",
            f"PW={SECRET}\n# {SECRET}\n1 2 * * * root A={SECRET} B='x {SECRET}' /opt/run -p {SECRET}\n"
            f"@daily root /opt/report --token={SECRET}\n3 4 * * * ops curl http://u:{SECRET}@192.0.2.1/\n",
        )
        write(tree, "/var/spool/cron/ops", f"5 6 * * * {SECRET}=1 /opt/mine {SECRET}\n")
        code, answer = run(shell, "cron", tree)
        assert code == 0
        assert SECRET not in answer
        jobs = facts("cron", answer)["jobs"]
        assert [(j["account"], j["program"]) for j in jobs] == [
            ("root", "?"), ("root", "/opt/report"), ("ops", "curl"), ("ops", "/opt/mine"),
        ]  # fmt: skip

    def test_shell_settings(self, shell: list[str], tree: Path) -> None:
        write(tree, "/etc/profile", f"export PW={SECRET} TMOUT=300; readonly TMOUT\n#TMOUT=1\nXTMOUT=9\nHISTSIZE=500\n")
        _, answer = run(shell, "shell_timeout", tree)
        assert SECRET not in answer
        found = facts("shell_timeout", answer)
        assert (found["tmout"], found["readonly"], found["histsize"]) == (300, True, 500)

    def test_log_targets(self, shell: list[str], tree: Path) -> None:
        write(
            tree,
            "/etc/rsyslog.conf",
            f'*.* @@192.0.2.30:514\n# *.* @192.0.2.99\n$Template t, "{SECRET}@example"\n'
            f'action(type="omfwd" target="192.0.2.31"\n  port="6514" protocol="tcp" StreamDriver.Key="{SECRET}")\n',
        )
        write(tree, "/etc/systemd/journal-upload.conf", f"[Upload]\nURL=https://u:{SECRET}@logs.example:19532\n")
        _, answer = run(shell, "log_forwarding", tree)
        assert SECRET not in answer
        hosts = [t["host"] for t in facts("log_forwarding", answer)["targets"]]
        assert hosts == ["192.0.2.30", "192.0.2.31", "logs.example:19532"]

    def test_ssh_keys(self, shell: list[str], tree: Path) -> None:
        if not shutil.which("ssh-keygen"):
            pytest.skip("no ssh-keygen here")
        home = tree / "home" / "ops"
        (home / ".ssh").mkdir(parents=True)
        key = home / "key"
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", SECRET, "-f", str(key)]
        subprocess.run(make, check=True)
        text = key.with_suffix(".pub").read_text(encoding="utf-8")
        (home / ".ssh" / "authorized_keys").write_text(f'command="/opt/x {SECRET}" {text}', encoding="utf-8")
        write(tree, "/etc/passwd", f"root:x:0:0::/nonexistent:/bin/sh\nops:x:1000:1000::{home}:/bin/sh\n")
        _, answer = run(shell, "ssh_keys", tree)
        assert SECRET not in answer
        assert text.split()[1] not in answer
        [found] = facts("ssh_keys", answer)["keys"]
        assert (found["account"], found["type"], found["bits"]) == ("ops", "ed25519", 256)


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
@pytest.mark.parametrize("section", names())
def test_every_section_ends_well(section: str, shell: list[str]) -> None:
    """On this machine, whatever it has: a known end, and an answer that is read or refused in words."""
    code, answer = run(shell, section, uid=0)
    assert code in (0, 69, 77), answer
    if code == 0:
        parsed = parse(packs.load("linux"), section, answer)
        assert parsed.status in (Status.COLLECTED, Status.UNPARSED)
        assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason
    else:
        assert answer.strip()


ROOT_ONLY = [
    "kernel_log",
    "journal_errors",
    "failed_logins",
    "password_state",
    "sshd_config",
    "ssh_keys",
    "firewall",
    "cron",
    "sudoers",
]


@pytest.mark.parametrize("section", ROOT_ONLY)
def test_a_plain_user_is_refused(section: str, tree: Path) -> None:
    """Refused, or not there at all: never an answer that looks healthy."""
    for path in ("/etc/crontab", "/etc/sudoers", "/etc/shadow", "/var/log/journal/x/y", "/var/log/btmp"):
        write(tree, path, "")
    code, answer = run(SHELLS[0], section, tree, uid=65534)
    assert code in (69, 77), answer
    assert "end" not in answer.split()


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_sudoers_lines(shell: list[str], tree: Path) -> None:
    write(
        tree,
        "/etc/sudoers",
        "# comment\nDefaults env_reset\nroot ALL=(ALL) ALL\nops ALL=(ALL) \\\n  NOPASSWD: ALL\n#includedir /x\n",
    )
    write(tree, "/etc/sudoers.d/a", "#1005 ALL=(ALL) /bin/ls\n")
    write(tree, "/etc/sudoers.d/b.bak", "evil ALL=(ALL) NOPASSWD: ALL\n")
    _, answer = run(shell, "sudoers", tree)
    found = facts("sudoers", answer)
    assert [(e["who"], e["nopasswd_all"]) for e in found["entries"]] == [
        ("root", False),
        ("ops", True),
        ("#1005", False),
    ]
    assert found["includes"] == ["/x"]


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_kernel_settings_are_whole_numbers(shell: list[str]) -> None:
    """`read` of dash takes one digit of a file in /proc/sys; the collector must not."""
    _, answer = run(shell, "sysctl")
    real = int(Path("/proc/sys/kernel/pid_max").read_text(encoding="ascii"))
    assert facts("sysctl", answer)["kernel_pid_max"] == real
