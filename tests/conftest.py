"""What holds for all tests: one environment, and how hard properties are tried."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No deadline anywhere: a busy machine is no defect.
settings.register_profile("fast", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("deep", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile("fast")

_SURPRISING = ("GIT_", "PLAINWORK_", "XDG_", "LC_", "PYTHON")
_SURPRISING_NAMES = frozenset(
    # The last three let the terminal libraries believe in a terminal, or in another width.
    {"LANG", "LANGUAGE", "CI", "NO_COLOR", "GITHUB_ACTIONS", "FORCE_COLOR", "COLUMNS"}
)
_DATE = "2026-01-05T09:00:00+00:00"


@pytest.fixture(scope="session", autouse=True)
def git_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give Git and plainwork the same, empty surroundings everywhere; yields the home folder."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(_SURPRISING) or name in _SURPRISING_NAMES:
                patch.delenv(name)
        for name, value in _environment(home).items():
            patch.setenv(name, value)
        yield home


@pytest.fixture(scope="session", autouse=True)
def one_core_a_worker() -> Iterator[None]:
    """Leave other cores to other workers, who are busy: another process here would only cost.

    Tests of what several processes do together say how many cores there are.
    """
    with pytest.MonkeyPatch.context() as patch:
        if "PYTEST_XDIST_WORKER" in os.environ:
            patch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
        yield


def _environment(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "TZ": "UTC",
        "TERM": "dumb",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Ada Test",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_AUTHOR_DATE": _DATE,
        "GIT_COMMITTER_NAME": "Ada Test",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_COMMITTER_DATE": _DATE,
    }
