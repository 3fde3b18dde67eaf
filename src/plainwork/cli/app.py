"""The command line: the door, and the only place where an error becomes an exit code.

Start-up is most of a command's time, so ``--help`` and ``--version`` load next to nothing and
a command loads its own module only.
"""

from __future__ import annotations

import gc
import os
import sys

from plainwork import __version__
from plainwork.cli.commands import find_command, format_help

INTERRUPTED = 130
_COULD_NOT_RUN = 2


def main() -> None:
    """Run the command that the process was started with, and exit."""
    # It ends before its garbage matters, and looking for that among 100,000 documents takes a
    # quarter of the time.
    gc.disable()
    code = run(sys.argv[1:])
    _finish_output()  # what was said before an error or an interruption, too
    sys.stderr.flush()
    # Nothing is left to do: everything is written and closed. Taking all documents apart, object
    # by object, would be a tenth of the time.
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run a command.

    Args:
        arguments: What was typed after ``plainwork``.

    Returns:
        0: fine. 1: something was found, or is refused. 2: it could not run. 3: the forge was not
        reached. 130: interrupted.
    """
    _make_output_robust()
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _finish_output()  # whoever read it has gone: stop quietly, as other tools do
        return 0
    except OSError as error:
        _finish_output()
        return _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:
        return _failed(error)
    return code


def _dispatch(arguments: list[str]) -> int:
    directory, mapping = ".", ""
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option == "-C":
            if not rest:
                return _say("-C needs a folder: plainwork -C DIR COMMAND")
            directory = os.path.join(directory, rest.pop(0))  # noqa: PTH118 - pathlib costs time
        elif option == "--mapping":
            if not rest:
                return _say("--mapping needs a file or a name: plainwork --mapping FILE COMMAND")
            mapping = rest.pop(0)
        elif option in ("--help", "-h"):
            rest = ["help"]
        elif option == "--version":
            sys.stdout.write(f"plainwork {__version__}\n")
            return 0
        else:
            return _say(f"no option `{option}`; see `plainwork --help`")
    return _run_named(rest, directory, mapping)


def _run_named(rest: list[str], directory: str, mapping: str) -> int:
    if not rest or rest == ["help"]:
        sys.stdout.write(format_help())
        return 0
    if rest[0] == "help":
        rest = [*rest[1:], "--help"]
    module = find_command(rest[0])
    if module is None:
        return _say(f"no command `{rest[0]}`; {_advise(rest[0])}")
    from plainwork.cli.runner import run_command

    return run_command(module, rest[0], rest[1:], directory, mapping)


def _advise(name: str) -> str:
    from plainwork.cli.other_names import suggest_command  # only for a diagnostic

    meant = suggest_command(name)
    if meant:
        return f"did you mean `{meant}`? see `plainwork {meant} --help`"
    return "see `plainwork --help`"


def _failed(error: Exception) -> int:
    from plainwork.errors import PlainworkError

    if isinstance(error, PlainworkError):
        _say(str(error))
        return error.exit_code
    if os.environ.get("PLAINWORK_DEBUG"):
        raise error
    kind = type(error).__name__
    return _say(
        f"internal error ({kind}: {error}); nothing more was done."
        " PLAINWORK_DEBUG=1 shows where; please report it"
    )


def _say(message: str) -> int:
    """Print one line on standard error, whatever the message holds."""
    if sys.stderr is not None:
        line = "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode()
            for character in message
        )
        sys.stderr.write(f"plainwork: {line}\n")
    return _COULD_NOT_RUN


def _finish_output() -> None:
    """Write what waits to be written; throw away what cannot be, so that nobody tries again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _make_output_robust() -> None:
    """No terminal's encoding may stop a command: what it cannot show is escaped."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
