"""One Chromium a process, one build of a site for all of them, and a page that reports all it does.

Whatever a test is about, its page asks nothing of other places, runs nothing that it should not
and complains of nothing.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from browser.chromium import NoChromiumError, open_chromium
from plainwork.cli.app import run
from support.git import make_repository
from support.hostile import TITLES, hostile_files
from support.site import TODAY, build


class Tab(NamedTuple):
    """A page that is used again, for a new one costs more than most tests."""

    page: Page
    problems: list[str]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    try:
        with open_chromium() as browser:
            yield browser
    except NoChromiumError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="package")
def tab(browser: Browser) -> Tab:
    return open_tab(browser.new_context(offline=True))


@pytest.fixture(scope="package")
def bare_tab(browser: Browser) -> Tab:
    return open_tab(browser.new_context(offline=True, java_script_enabled=False))


@pytest.fixture
def page(tab: Tab) -> Iterator[Page]:
    """An empty page."""
    yield from look(tab)


@pytest.fixture
def bare_page(bare_tab: Tab) -> Iterator[Page]:
    """An empty page in a browser without scripts."""
    yield from look(bare_tab)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's site."""
    return build_once(tmp_path_factory, "demo", make_demo)


@pytest.fixture(scope="package")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site whose titles and bodies want to be more than text."""
    return build_once(tmp_path_factory, "hostile", make_hostile)


def open_tab(context: BrowserContext) -> Tab:
    page = context.new_page()
    return Tab(page, note_problems(page, "file:"))


def note_problems(page: Page, origin: str) -> list[str]:
    """Return a list to which whatever a page should not do is added.

    Args:
        page: It may open any address.
        origin: What each address that it asks for begins with.
    """
    problems: list[str] = []

    def note(problem: object) -> None:
        problems.append(f"{page.url}: {problem}")

    def note_request(request: Request) -> None:
        if not request.url.startswith(origin):
            note(f"it asks for {request.url}")

    page.on("request", note_request)
    page.on("console", lambda message: note(message.text))
    page.on("pageerror", note)
    page.on("dialog", lambda dialog: note(f"a script ran: {dialog.message}"))
    return problems


def look(tab: Tab) -> Iterator[Page]:
    tab.page.goto("about:blank")
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    tab.page.emulate_media(media="null", color_scheme="light")
    tab.problems.clear()
    yield tab.page
    assert tab.problems == []


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
