"""The manifest of a run folder: `sha256sum -c` form, signed with an OpenSSH key (SSHSIG, namespace `xunwei`)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from xunwei.errors import EvidenceError, InputError
from xunwei.record.files import sha256, write_bytes

MANIFEST = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
NAMESPACE = "xunwei"
IDENTITY = "xunwei"
OUTSIDE = frozenset({MANIFEST, SIGNATURE, "reports"})  # reports have a manifest of their own, made later
SECONDS = 20


def signing_key(state: Path) -> Path:
    """The evidence key: $XUNWEI_SIGNING_KEY (a key file, or a .pub whose private half an agent holds), else our own.

    Our own is made on first use in the state directory, without passphrase because runs are unattended.
    """
    named = os.environ.get("XUNWEI_SIGNING_KEY", "")
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise InputError("signing key does not exist", where=str(path), hint="XUNWEI_SIGNING_KEY")
        return path
    path = state / "keys" / "evidence_ed25519"
    if not path.is_file():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _ssh_keygen(["-q", "-t", "ed25519", "-N", "", "-C", "xunwei evidence", "-f", str(path)], "make the signing key")
    return path


def allowed_signers(state: Path) -> Path:
    """The state directory's list of accepted signers (ssh-keygen's format); our own key is put there when made."""
    path = state / "keys" / "allowed_signers"
    key = signing_key(state)
    public = (key if key.suffix == ".pub" else key.with_name(key.name + ".pub")).read_text(encoding="ascii").split()
    line = f'{IDENTITY} namespaces="{NAMESPACE}" {public[0]} {public[1]}\n'
    have = path.read_text(encoding="utf-8") if path.is_file() else ""
    if line not in have:
        write_bytes(path, (have + line).encode())
    return path


def members(folder: Path) -> Iterator[Path]:
    """Every file that belongs under the manifest of `folder`, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] not in OUTSIDE and path.is_file() and not path.is_symlink():
            yield path


def seal(folder: Path, state: Path) -> str:
    """Write and sign the manifest. Returns its own sha256. Raises EvidenceError when signing fails."""
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in members(folder)]
    manifest = folder / MANIFEST
    allowed_signers(state)
    (folder / SIGNATURE).unlink(missing_ok=True)
    write_bytes(manifest, "".join(lines).encode())
    _ssh_keygen(
        ["-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(signing_key(state)), str(manifest)], "sign the manifest"
    )
    return sha256(manifest)


def is_sealed(folder: Path) -> bool:
    """Whether the folder was finished; says nothing about its being intact (`problems` does)."""
    return (folder / SIGNATURE).is_file()


def problems(folder: Path, signers: Path) -> list[tuple[str, str]]:
    """(file, code) of everything wrong with a sealed folder: altered, missing, extra, unsigned, bad_signature."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return [(MANIFEST, "missing")]
    found: list[tuple[str, str]] = []
    wanted = _read(manifest)
    present = {p.relative_to(folder).as_posix(): p for p in members(folder)}
    for name, digest in wanted.items():
        if name not in present:
            found.append((name, "missing"))
        elif sha256(present[name]) != digest:
            found.append((name, "altered"))
    found += [(name, "extra") for name in present if name not in wanted]
    if not (folder / SIGNATURE).is_file():
        found.append((SIGNATURE, "unsigned"))
    elif not _signature_good(folder, signers):
        found.append((SIGNATURE, "bad_signature"))
    return found


def _read(manifest: Path) -> dict[str, str]:
    entries: dict[str, str] = {}
    for number, line in enumerate(manifest.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        digest, separator, name = line.partition("  ")
        if not separator or not name:
            raise EvidenceError(f"line {number} is not a checksum line", where=str(manifest))
        entries[name] = digest
    return entries


def _signature_good(folder: Path, signers: Path) -> bool:
    with (folder / MANIFEST).open("rb") as stream:
        done = subprocess.run(
            ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(folder / SIGNATURE)],
            stdin=stream, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    return done.returncode == 0


def _ssh_keygen(arguments: list[str], purpose: str) -> None:
    try:
        done = subprocess.run(
            ["ssh-keygen", *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except FileNotFoundError:
        raise InputError(f"ssh-keygen is needed to {purpose}", hint="install the OpenSSH client") from None
    if done.returncode != 0:
        raise EvidenceError(f"could not {purpose}: {done.stderr.decode(errors='replace').strip()[:200]}")
