"""One Chromium a process, one build of a site for all of them, and a page that reports all it does.

Whatever a test is about, its page asks nothing of other places, runs nothing that it should not
and complains of nothing.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.chromium import open_chromium
from plainwork.cli.app import run
from support.git import make_repository
from support.hostile import TITLES, hostile_files
from support.site import TODAY, build


class OpenPage(Protocol):
    """Opens an empty page: the options are those of a new context."""

    def __call__(self, **options: Any) -> Page: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_(**options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        watch(page, problems)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's site."""
    return build_once(tmp_path_factory, "demo", make_demo)


@pytest.fixture(scope="package")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site whose titles and bodies want to be more than text."""
    return build_once(tmp_path_factory, "hostile", make_hostile)


def watch(page: Page, problems: list[str]) -> None:
    """Note whatever a page should not do, on each address that it opens."""

    def note_request(address: str) -> None:
        if not address.startswith("file:"):
            problems.append(f"{page.url} asks for {address}")

    page.on("request", lambda request: note_request(request.url))
    page.on("console", lambda message: problems.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: problems.append(f"{page.url} says {dialog.message}"))


def build_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of a site that the first process in need of it builds."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, site = shared / f"{name}-workspace", shared / f"{name}-site"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            make(folder)
            build(folder, site)
    return site


def make_demo(folder: Path) -> None:
    assert run(["demo", str(folder), "--today", TODAY.isoformat()]) == 0


def make_hostile(folder: Path) -> None:
    make_repository(hostile_files() | {"work/body.md": hostile_work()}, folder)


def hostile_work() -> str:
    """Return work with everything that may be hostile in it, but for its title."""
    columns = 2_000
    body = (
        *(
            f"# {title}\n\n{title} [{key}]({title}) ![{key}]({title})"
            for key, title in TITLES.items()
        ),
        "<script>alert(1)</script><style>* { display: none }</style><iframe src='//x.example'>",
        "<svg onload=alert(1)><a href='data:text/html,<script>alert(1)</script>'>data</a></svg>",
        "[one](javascript:alert(1)) [two](&#106;avascript:alert(1)) <javascript:alert(1)>",
        "[three](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) ![](https://x.example/a.png)",
        "|" + "a|" * columns + "\n|" + "-|" * columns + "\n|" + "<b>1|" * columns,
        "x" * 10_000,
        "    " + "code " * 2_000,
        "> " * 30 + "deep",
        "- " * 50 + "deep",
    )
    fields = (
        f"status: todo\nowner: ada\nlabels: ['<b>', '{'y' * 2_000}']\nx-{'z' * 500}: {'w' * 10_000}"
    )
    return f"---\ntitle: Body\nworkflow: task\n{fields}\n---\n" + "\n\n".join(body) + "\n"
