"""Keys, and a repository in which approvals are signed with them."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from plainwork.model.decision import Decision
from plainwork.model.evidence import Evidence
from plainwork.serving.deciding import decide_evidence
from plainwork.storage.proposal import load_change
from plainwork.storage.scratch import open_scratch
from plainwork.storage.signed_evidence import load_signed_evidence
from support.archive import unpack
from support.git import run_git
from support.proposals import REF, Proposed

NOW = datetime.fromisoformat("2026-05-20T12:00:00+00:00")
RECORD = """\
---
record: approval
about: [lathe]
by: {by}
at: 2026-05-19
vote: {vote}
digest: {digest}
---
"""


def make_ssh_key(folder: Path, name: str, kind: str = "ed25519") -> tuple[Path, str]:
    """Return the file of a new private key, and its public key with a comment."""
    folder.mkdir(exist_ok=True)
    key = folder / name
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", f"{name}@laptop", "-f", str(key)]
    subprocess.run(command, check=True)
    return key, key.with_suffix(".pub").read_text(encoding="ascii").strip()


class Keyring:
    """OpenPGP keys of their own, in a short folder: a socket's name may not be long."""

    def __init__(self, home: Path) -> None:
        home.mkdir(mode=0o700)
        self.home = home

    def make(self, name: str, *options: str, expire: str = "never") -> str:
        """Make a key; return its fingerprint."""
        what = ("--quick-generate-key", name, "ed25519", "sign", expire)
        self.run(*options, "--passphrase", "", *what)
        listed = self.run("--with-colons", "--list-keys", name)
        return next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))

    def export(self, fingerprint: str) -> str:
        """Return the armoured public key."""
        return self.run("--armor", "--export", fingerprint)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", *arguments],
            env={**os.environ, "GNUPGHOME": str(self.home)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def close(self) -> None:
        """End what gpg has started."""
        subprocess.run(
            ["gpgconf", "--kill", "all"],
            env={**os.environ, "GNUPGHOME": str(self.home)},
            check=True,
        )


def make_proposal(path: Path, keys: Mapping[str, str], files: Mapping[str, str]) -> Proposed:
    """Return a repository whose people have signing keys, with a change that both must approve.

    Args:
        path: Where it is made.
        keys: Who to their public key; SSH's, or an OpenPGP fingerprint.
        files: Further files of the base.
    """
    base = unpack(_WORKSPACE)
    for who in ("ada", "bob", "cleo"):
        listed = f'signing_keys: ["{keys[who]}"]\n' if who in keys else ""
        name = who.capitalize()
        base[f"people/{who}.md"] = f"---\nname: {name}\nemails: [{who}@example.org]\n{listed}---\n"
    proposed = Proposed(path, {**base, **files})
    lathe = base["work/lathe.md"].replace("cost: 8000", "cost: 9000")
    proposed.commit({"work/lathe.md": lathe}, message="A dearer lathe")
    return proposed


def approve(
    proposed: Proposed,
    by: str,
    key: str,
    *,
    digest: str = "",
    vote: str = "approve",
    form: str = "ssh",
    extra: Mapping[str, str] | None = None,
) -> str:
    """Add a signed approval record; return the commit.

    Args:
        proposed: Where.
        by: Whose it says it is.
        key: The private key's file, or an OpenPGP fingerprint; ``""``: it is not signed.
        digest: What it approves; ``""``: the change as it stands.
        vote: ``approve`` or ``reject``.
        form: ``ssh`` or ``openpgp``.
        extra: What else the commit changes.
    """
    digest = digest or decide_signed(proposed)[0].digest
    path = f"records/{by}-{vote}.md"
    text = RECORD.format(by=by, vote=vote, digest=digest)
    for option, value in (
        ("gpg.format", form),
        ("user.signingkey", key),
        ("commit.gpgsign", "true" if key else "false"),
        ("user.name", by.capitalize()),
        ("user.email", f"{by}@example.org"),
    ):
        run_git("config", option, value, cwd=proposed.root)
    author = f"{by.capitalize()} <{by}@example.org>"
    proposed.commit({path: text, **(extra or {})}, message="Approve")
    run_git("commit", "--quiet", "--amend", "--no-edit", f"--author={author}", cwd=proposed.root)
    return proposed.commit_of("HEAD")


def sign_last(proposed: Proposed, who: str, key: str) -> None:
    """Make the last commit of the proposal somebody's, and sign it with a key; ``""``: do not."""
    name, email = who.capitalize(), f"{who}@example.org"
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}")
    identity = ("-c", f"user.name={name}", "-c", f"user.email={email}")
    how = ("--gpg-sign",) if key else ("--no-gpg-sign",)
    author = f"--author={name} <{email}>"
    amend = ("commit", "--quiet", "--amend", "--no-edit", author, *how)
    run_git(*signing, *identity, *amend, cwd=proposed.root)


def read_signed(proposed: Proposed) -> Evidence:
    """Return what signatures say about the proposal."""
    with open_scratch(proposed.root) as scratch:
        changes = load_change(scratch, *proposed.ends(), ref=REF, now=NOW)
        return load_signed_evidence(scratch, changes, now=NOW)


def decide_signed(proposed: Proposed) -> tuple[Decision, Evidence]:
    """Return the decision from what signatures say, and that."""
    evidence = read_signed(proposed)
    (decision,) = decide_evidence(proposed.root, evidence).decisions
    return decision, evidence


_WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Works"
timezone = "UTC"

[forge]
kind = "signed"
repository = "acme/works"
-- workflows/task.md --
---
title: Task
owner: ada
fields:
  cost: {type: money, approvals: [{by: [bob, cleo], count: 2}]}
states:
  todo: {category: ready}
  done: {category: done}
transitions:
  finish: {from: todo, to: done}
---
-- policies/default.md --
---
title: Whoever is accountable agrees
default: true
approvals: [{by: owner, author: true}]
---
-- policies/approvals.md --
---
title: Everybody may say what they think
applies_to: {kinds: [record]}
approvals: []
---
-- work/lathe.md --
---
id: lathe
title: A lathe
workflow: task
status: todo
owner: ada
cost: 8000
---
It turns.
"""
