"""Whether a commit is signed with one of some keys: SSH through ssh-keygen, OpenPGP through gpg.

The tools know nobody but the keys that are passed in: no allowed signers, keyrings or settings of
the machine have a say, nor does what a commit says about itself. A signature that is expired,
revoked, weak or of another kind is none.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from plainwork.approvals.identities import normalise_key
from plainwork.errors import UsageError

_SECONDS = 10
_SSH_BEGIN = b"-----BEGIN SSH SIGNATURE-----"
_SSH_END = b"-----END SSH SIGNATURE-----"
_PGP_BEGIN = b"-----BEGIN PGP SIGNATURE-----"
_SSH_MAGIC = b"SSHSIG"
_SSH_KEY = re.compile(r"[a-z0-9@.-]+ [A-Za-z0-9+/]+=*\Z")
_NAMESPACE = "git"
_SIGNER = "plainwork"
_GPG_OPTIONS = (
    *("--batch", "--no-tty", "--no-options", "--no-autostart", "--disable-dirmngr"),
    *("--no-auto-key-retrieve", "--trust-model", "always", "--weak-digest", "SHA1"),
)
_GPG_DOUBTS = frozenset({"BADSIG", "ERRSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG"})


class SignedText(msgspec.Struct, frozen=True):
    """A commit without its signature, and the signature."""

    payload: bytes
    signature: bytes


def split_signature(commit: bytes) -> SignedText | None:
    """Return what a commit's signature covers, and the signature; None: it has not exactly one.

    Args:
        commit: The commit object, as ``git cat-file commit`` prints it.
    """
    head, blank, message = commit.partition(b"\n\n")
    kept: list[bytes] = []
    signatures: list[list[bytes]] = []
    inside = False
    for line in head.split(b"\n"):
        if line.startswith(b"gpgsig "):
            signatures.append([line.removeprefix(b"gpgsig ")])
            inside = True
        elif inside and line.startswith(b" "):
            signatures[-1].append(line[1:])
        else:
            inside = False
            kept.append(line)
    if len(signatures) != 1:
        return None
    return SignedText(b"\n".join(kept) + blank + message, b"\n".join([*signatures[0], b""]))


def find_signer(text: SignedText, keys: Collection[str], armoured: Iterable[bytes]) -> str:
    """Return the key that made a signature, as it stands among the keys, or ``""``.

    Args:
        text: What is signed, and the signature.
        keys: Public keys that count: ``ssh-ed25519 AAAA…`` or fingerprints of OpenPGP's primary
            keys.
        armoured: OpenPGP public keys in which those of the fingerprints can be found.

    Raises:
        UsageError: If ssh-keygen or gpg is needed and not there.
    """
    known = {normalise_key(key): key for key in keys}
    if text.signature.startswith(_SSH_BEGIN):
        return known.get(_verify_ssh(text, known), "")
    if text.signature.startswith(_PGP_BEGIN):
        return known.get(_verify_openpgp(text, armoured), "")
    return ""


def _verify_ssh(text: SignedText, known: Mapping[str, str]) -> str:
    """Return the key of an SSH signature, if it is one that is known and verifies."""
    key = _read_ssh_key(text.signature)
    if key not in known:
        return ""
    with tempfile.TemporaryDirectory(prefix="plainwork-") as folder:
        signers, signature = Path(folder, "signers"), Path(folder, "signature")
        signers.write_text(f'{_SIGNER} namespaces="{_NAMESPACE}" {key}\n', encoding="ascii")
        signature.write_bytes(text.signature)
        command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", _SIGNER]
        done = _run([*command, "-n", _NAMESPACE, "-s", str(signature)], folder, text.payload)
    return key if done is not None and done.returncode == 0 else ""


def _read_ssh_key(signature: bytes) -> str:
    """Return the public key that an SSH signature says it was made with, or ``""``."""
    body = signature.removeprefix(_SSH_BEGIN).partition(_SSH_END)[0]
    try:
        data = b64decode(b"".join(body.split()), validate=True)
    except ValueError:
        return ""
    if not data.startswith(_SSH_MAGIC):
        return ""
    blob = _read_field(data[len(_SSH_MAGIC) + 4 :])  # four bytes of version before it
    kind = _read_field(blob).decode("ascii", "replace")
    key = f"{kind} {b64encode(blob).decode()}"
    return key if _SSH_KEY.match(key) else ""


def _read_field(data: bytes) -> bytes:
    """Return the first field: four bytes of length, then as many bytes (RFC 4251)."""
    return data[4 : 4 + int.from_bytes(data[:4], "big")]


def _verify_openpgp(text: SignedText, armoured: Iterable[bytes]) -> str:
    """Return the fingerprint of the primary key of a good OpenPGP signature, or ``""``."""
    with tempfile.TemporaryDirectory(prefix="plainwork-") as folder:
        home = Path(folder)
        home.chmod(0o700)
        signature = home / "signature"
        signature.write_bytes(text.signature)
        for key in armoured:
            _run(["gpg", *_GPG_OPTIONS, "--import"], folder, key)
        command = ["gpg", *_GPG_OPTIONS, "--status-fd", "1", "--verify", str(signature), "-"]
        done = _run(command, folder, text.payload)
    if done is None or done.returncode != 0:
        return ""
    return _read_status(done.stdout)


def _read_status(output: bytes) -> str:
    """Return the primary key's fingerprint, if gpg says of one signature that it is good."""
    lines = list(_status_lines(output))
    valid = [words for words in lines if words[0] == "VALIDSIG"]
    good = [words for words in lines if words[0] == "GOODSIG"]
    doubts = [words for words in lines if words[0] in _GPG_DOUBTS]
    if doubts or len(valid) != 1 or len(good) != 1:
        return ""
    return valid[0][-1].upper()


def _status_lines(output: bytes) -> Iterator[list[str]]:
    for line in output.decode("utf-8", "replace").splitlines():
        words = line.removeprefix("[GNUPG:] ").split()
        if words and line.startswith("[GNUPG:] "):
            yield words


def _run(command: list[str], home: str, data: bytes) -> subprocess.CompletedProcess[bytes] | None:
    """Run a tool that knows nothing but a folder; None: it did not come to an end.

    Raises:
        UsageError: If it is not there.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": home,
        "GNUPGHOME": home,
        "LC_ALL": "C",
    }
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command,
            input=data,
            env=environment,
            cwd=home,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as problem:
        package = "gnupg" if command[0] == "gpg" else "openssh-client"
        message = f"`{command[0]}` is needed to verify signatures; install {package}"
        raise UsageError(message) from problem
    except subprocess.TimeoutExpired:
        return None
