"""Commits of a pull request that the clone has not got: fetched beside it, never into it.

They come into a bare repository of their own that borrows the objects of the clone. So nothing of
a pull request gets a name, a hook, a submodule or a file there, and nothing stays behind.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from plainwork.errors import ForgeUnavailableError, RepositoryError
from plainwork.storage.git_command import ENVIRONMENT, FOREIGN, explain_refusal
from plainwork.storage.notes import NOTES
from plainwork.storage.source_repository import HASH, find_objects, find_tip

_SECONDS = 120.0
"""For all that is fetched at once; a first fetch of a large repository takes its time."""

_OPTIONS = (
    *("-c", "core.hooksPath=/dev/null", "-c", "fetch.fsckObjects=true"),
    *("-c", "protocol.allow=never", "-c", "protocol.https.allow=always"),
    *("-c", "http.followRedirects=false"),  # to another host the token would go along
)
_FETCH = (
    *("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"),
    *("--no-auto-maintenance", "--end-of-options"),
)

_COMMANDS = ("init", "fetch", "cat-file", "update-ref")


class Remote(msgspec.Struct, frozen=True):
    """Where commits are fetched from.

    Attributes:
        address: ``https://forge.example/acme/work.git``; http on this machine only.
        user: The name that the token goes with.
        token: What the forge knows us by, or ``""``: Git asks as it is configured to.
    """

    address: str
    user: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"Remote({self.address!r})"  # no message may hold the token


@contextmanager
def open_objects(source: Path) -> Iterator[FetchedObjects]:
    """Make a repository that has the objects and notes of another, and what is fetched besides.

    Args:
        source: A folder of the repository that holds the whole history of the base.

    Raises:
        RepositoryError: If there is none, or some history may be missing there.
    """
    objects = find_objects(source)
    with tempfile.TemporaryDirectory(prefix="plainwork-") as folder:
        found = FetchedObjects(Path(folder))
        found.borrow(objects)
        found.follow_notes(find_tip(source, NOTES))
        yield found


class FetchedObjects:
    """A bare repository without references, but for that of the notes.

    Attributes:
        folder: Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def borrow(self, objects: Path) -> None:
        """Begin with the objects of another repository."""
        self._run("init", "--quiet", "--bare", "--template=", str(self.folder))
        info = self.folder / "objects" / "info"
        info.mkdir(exist_ok=True)
        (info / "alternates").write_bytes(os.fsencode(objects) + b"\n")

    def follow_notes(self, tip: str) -> None:
        """Point at the notes that are borrowed, if there are any: they tell who made what."""
        if tip:
            self._run("update-ref", NOTES, tip)

    def find_missing(self, commits: Iterable[str]) -> tuple[str, ...]:
        """Return which commits are not there, each once, in order."""
        asked = [commit for commit in dict.fromkeys(commits) if HASH.fullmatch(commit)]
        lines = "".join(f"{commit}^{{commit}}\n" for commit in asked).encode()
        answer = self._run("cat-file", "--batch-check", "--buffer", data=lines).splitlines()
        return tuple(
            commit for commit, line in zip(asked, answer, strict=True) if line.endswith(b" missing")
        )

    def fetch(self, remote: Remote, commits: Sequence[str]) -> None:
        """Fetch commits with their history, by all their digits.

        Raises:
            ForgeUnavailableError: If they cannot be had.
        """
        if not commits:
            return
        options = list(_OPTIONS)
        if remote.address.startswith("http://"):
            # It is this machine, which no proxy leads to.
            options += ["-c", "protocol.http.allow=always", "-c", "http.proxy="]
        try:
            self._run(*options, *_FETCH, remote.address, *commits, settings=_settings(remote))
        except RepositoryError as problem:
            message = f"{remote.address}: {problem}"
            raise ForgeUnavailableError(message) from None

    def fetch_old(self, remote: Remote, commits: Sequence[str]) -> None:
        """Fetch commits that may be gone, such as heads that were pushed over.

        What is gone stays missing: whoever looked at it then has to look again.
        """
        try:
            self.fetch(remote, commits)
        except ForgeUnavailableError:
            half = len(commits) // 2
            if half:  # one that is gone keeps no other from being found
                self.fetch_old(remote, commits[:half])
                self.fetch_old(remote, commits[half:])

    def _run(
        self, *arguments: str, data: bytes = b"", settings: Mapping[str, str] | None = None
    ) -> bytes:
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        environment = {**kept, **ENVIRONMENT, **(settings or {}), "GIT_DIR": str(self.folder)}
        name = next(each for each in arguments if each in _COMMANDS)
        try:
            answer = subprocess.run(  # noqa: S603 - a list of arguments, no shell
                ["git", *arguments],  # noqa: S607 - Git is found where the user has it
                cwd=self.folder,
                env=environment,
                input=data,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
            message = f"git {name}: {type(problem).__name__}"
            raise RepositoryError(message) from None
        if answer.returncode:
            raise RepositoryError(explain_refusal(name, answer.stderr))
        return answer.stdout


def _settings(remote: Remote) -> dict[str, str]:
    """Return what tells Git the token: in the environment, where no list of processes shows it.

    With a token of ours no other configuration counts, or two would be sent.
    """
    if not remote.token:
        return {}
    basic = b64encode(f"{remote.user}:{remote.token}".encode()).decode()
    return {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }
