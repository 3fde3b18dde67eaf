"""Running Git: the only module that imports GitPython.

GitPython is a runner here: lists of arguments, output in bytes. What a person has configured for
their own eyes, or what Git has set for a hook that plainwork runs in, changes no answer. Hooks that
Git runs for us inherit all of this, so nothing here may change what they do.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from plainwork.errors import RepositoryError

if TYPE_CHECKING:
    from subprocess import Popen

OPTIONS = (
    *("--no-pager", "-c", "core.fsmonitor=false", "-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "log.follow=false", "-c", "log.showRoot=true", "-c", "log.showSignature=false"),
)
ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}
FOREIGN = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""Set by Git for its hooks, they would point a command at another repository than its own."""

_NO_GIT = "Git is needed for this, and there is no `git` on the PATH; install it"
_REMEDIES = {
    "dubious ownership": "`git config --global --add safe.directory FOLDER` trusts it",
    "Please tell me who you are": "`git config --global user.email YOU@EXAMPLE.ORG` tells it",
}
_SILENT = "there is nothing to do, or a hook refused without a word"
_LONGEST_REASON = 300
_LATEST_SECOND = 253_402_128_000
"""Times after the year 9999, which a commit may claim, count as its end, in any time zone."""


class GitCommand:
    """Git, run in one folder.

    Raises:
        RepositoryError: If there is no Git; its methods, if Git refuses.
    """

    def __init__(self, directory: Path) -> None:
        try:
            import git
        except ImportError as problem:  # GitPython looks for `git` when it is imported
            raise RepositoryError(_NO_GIT) from problem
        self._git = git.Git(str(directory))
        self._git.update_environment(**ENVIRONMENT)

    def run(self, *arguments: str, allow: tuple[int, ...] = (), data: bytes = b"") -> bytes:
        """Run a command to its end and return what it printed.

        Args:
            arguments: The command and its options.
            allow: Exit codes other than 0 that are an answer, too.
            data: Its standard input.
        """
        status, output, error = self._execute(
            arguments,
            data,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
        )
        if status and status not in allow:
            raise RepositoryError(explain_refusal(arguments[0], error))
        answer: bytes = output
        return answer

    def ask(self, *arguments: str, allow: tuple[int, ...] = ()) -> str:
        """Return what a command prints, as text without blanks at its ends."""
        return self.run(*arguments, allow=allow).decode("utf-8", "surrogateescape").strip()

    @contextmanager
    def stream(self, *arguments: str, data: bytes = b"") -> Iterator[IO[bytes]]:
        """Run a command and read what it prints while it runs."""
        from threading import Thread

        running = self._execute(arguments, data, as_process=True)  # it ends when this is let go
        process: Popen[bytes] = running.proc
        errors: list[bytes] = []
        # Read on the side: if it complains at length, it would wait for us, and we for it.
        complaints = Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
        complaints.start()
        with process:
            try:
                assert process.stdout is not None  # noqa: S101 - it was asked for
                yield process.stdout
            except BaseException:
                process.kill()  # who reads has seen enough
                raise
            finally:
                complaints.join()
        if process.returncode:
            raise RepositoryError(explain_refusal(arguments[0], b"".join(errors)))

    def _execute(self, arguments: tuple[str, ...], data: bytes, **how: Any) -> Any:
        import tempfile

        import git

        with tempfile.TemporaryFile() as given, _without(FOREIGN):
            given.write(data)
            given.seek(0)
            try:
                return self._git.execute(
                    ["git", *OPTIONS, *arguments], istream=cast("BinaryIO", given), **how
                )
            except git.GitCommandNotFound as problem:
                raise RepositoryError(_NO_GIT) from problem
            except (OSError, ValueError) as problem:  # too long a name; one with a NUL
                message = f"git {arguments[0]}: {problem}"
                raise RepositoryError(message) from problem


def literal(path: str) -> str:
    """Return the pathspec of one path, whatever characters stand in it."""
    return f":(literal){path}"


def parse_time(text: str) -> int:
    """Return a time that Git printed, in seconds; a damaged commit has none: it was long ago."""
    return min(int(text), _LATEST_SECOND) if text.isdecimal() else 0


@contextmanager
def _without(names: Iterable[str]) -> Iterator[None]:
    """Run without some environment variables: GitPython passes the process's own on."""
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def explain_refusal(command: str, error: bytes | str) -> str:
    """Return in one line why Git refuses, in its own words or those of a hook."""
    text = error if isinstance(error, str) else error.decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    if not said or "by hook" in said[0]:
        said = lines
    reason = "; ".join(line.removeprefix("fatal: ").removeprefix("error: ") for line in said)
    if len(reason) > _LONGEST_REASON:
        reason = f"{reason[:_LONGEST_REASON]}…"
    remedies = [remedy for problem, remedy in _REMEDIES.items() if problem in text]
    return "; ".join([f"git {command}: {reason or _SILENT}", *remedies])
