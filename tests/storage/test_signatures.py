"""Whether a text is signed with one of some keys, by the tools that people sign with."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.errors import UsageError
from plainwork.storage.signatures import SignedText, find_signer, split_signature
from support.signing import Keyring, make_ssh_key

PAYLOAD = b"tree 0000\nauthor A <a@example.org> 0 +0000\n\nApprove\n"


def sign_ssh(key: Path, payload: bytes = PAYLOAD, namespace: str = "git") -> SignedText:
    done = subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(key)],
        input=payload,
        capture_output=True,
        check=True,
    )
    return SignedText(payload, done.stdout)


@pytest.fixture
def keyring() -> Iterator[Keyring]:
    with tempfile.TemporaryDirectory(prefix="pw") as folder:
        ring = Keyring(Path(folder, "g"))
        yield ring
        ring.close()


def sign_openpgp(keyring: Keyring, key: str, *options: str) -> SignedText:
    file = keyring.home / "payload"
    file.write_bytes(PAYLOAD)
    how = ("--armor", "--local-user", key, "--detach-sign", "-o", "-")
    armoured = keyring.run(*options, *how, str(file))
    return SignedText(PAYLOAD, armoured.encode())


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_a_known_ssh_key_is_found_as_the_base_writes_it(kind: str, tmp_path: Path) -> None:
    key, public = make_ssh_key(tmp_path, "bob", kind)
    _, other = make_ssh_key(tmp_path, "cleo")

    assert find_signer(sign_ssh(key), [other, public], ()) == public


def test_an_unknown_ssh_key_is_nobody(tmp_path: Path) -> None:
    key, _ = make_ssh_key(tmp_path, "eve")
    _, known = make_ssh_key(tmp_path, "bob")

    assert find_signer(sign_ssh(key), [known], ()) == ""


def test_another_text_is_not_what_was_signed(tmp_path: Path) -> None:
    key, public = make_ssh_key(tmp_path, "bob")
    signed = sign_ssh(key)

    assert find_signer(SignedText(PAYLOAD + b"!", signed.signature), [public], ()) == ""


def test_a_signature_for_another_purpose_signs_no_commit(tmp_path: Path) -> None:
    key, public = make_ssh_key(tmp_path, "bob")

    assert find_signer(sign_ssh(key, namespace="file"), [public], ()) == ""


def test_a_known_openpgp_key_is_found(keyring: Keyring) -> None:
    key = keyring.make("bob@example.org")

    found = find_signer(sign_openpgp(keyring, key), [key], [keyring.export(key).encode()])

    assert found == key


def test_an_openpgp_key_that_has_expired_is_nobody(keyring: Keyring) -> None:
    then = ("--faked-system-time", "20200101T000000")
    key = keyring.make("bob@example.org", *then, expire="2020-01-03")
    signed = sign_openpgp(keyring, key, *then)

    assert find_signer(signed, [key], [keyring.export(key).encode()]) == ""


def test_a_missing_tool_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, public = make_ssh_key(tmp_path, "bob")
    signed = sign_ssh(key)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UsageError, match=r"`ssh-keygen` is needed.*install openssh-client"):
        find_signer(signed, [public], ())


def test_a_signature_is_split_off_a_commit() -> None:
    commit = b"tree 1\ngpgsig A\n B\n \n C\nencoding x\n\ngpgsig message\n"

    assert split_signature(commit) == SignedText(
        b"tree 1\nencoding x\n\ngpgsig message\n", b"A\nB\n\nC\n"
    )


@pytest.mark.parametrize(
    "commit",
    [
        pytest.param(b"tree 1\n\nhello\n", id="none"),
        pytest.param(b"tree 1\ngpgsig A\ngpgsig B\n\nhello\n", id="two"),
    ],
)
def test_a_commit_without_exactly_one_signature_is_not_signed(commit: bytes) -> None:
    assert split_signature(commit) is None


@given(st.binary(max_size=200))
def test_nothing_that_pretends_to_be_a_signature_is_one(junk: bytes) -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    signature = b"-----BEGIN SSH SIGNATURE-----\n" + junk + b"\n-----END SSH SIGNATURE-----\n"

    assert find_signer(SignedText(PAYLOAD, signature), [key], ()) == ""
