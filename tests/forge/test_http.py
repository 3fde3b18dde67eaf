"""Speaking HTTP: bounded in time and size, to one host, and the token to nobody else."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from plainwork.errors import ForgeUnavailableError, UsageError
from plainwork.forge.address import join_path, read_origin
from plainwork.forge.answer import Answer, compute_wait, find_next
from plainwork.forge.http import JsonApi
from plainwork.forge.limits import Limits
from support.interrupts import interrupted_after, timers_that_are_waited_for
from support.relay import Fault, Relay


class Thing(msgspec.Struct):
    name: str


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay().serve() as relay:
        yield relay


def connect(relay: Relay, limits: Limits | None = None) -> JsonApi:
    return JsonApi(relay.url, {"Authorization": "Bearer t"}, limits=limits or Limits(pause=0))


@contextmanager
def dripping(head: bytes, drop: bytes) -> Iterator[str]:
    """Serve an answer that begins, and then goes on a drop at a time, without end."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(head)
            while not over.wait(0.02):
                try:
                    connection.sendall(drop)
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        server.close()


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x", id="body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x", id="header"),
    ],
)
def test_threat_64_an_answer_that_drips_is_not_waited_for(head: bytes, drop: bytes) -> None:
    with dripping(head, drop) as root:
        api = JsonApi(root, {}, limits=Limits(total=0.3, pause=0))
        with pytest.raises(ForgeUnavailableError, match="did not answer within"):
            api.get("/thing", Thing, needs="nothing")


def test_who_interrupts_a_question_does_not_wait_for_its_limit(relay: Relay) -> None:
    with interrupted_after(threading.Timer.start):
        connect(relay).get("/thing", Thing, needs="nothing")
    assert timers_that_are_waited_for() == []


def test_nobody_at_home_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    api = JsonApi(f"http://127.0.0.1:{port}", {}, limits=Limits(pause=0, attempts=2))

    with pytest.raises(ForgeUnavailableError, match=r"not reached: .*refused") as said:
        api.get("/thing", Thing, needs="nothing")
    assert "\n" not in str(said.value)


def test_what_changes_something_is_sent_once(relay: Relay) -> None:
    relay.faults.append(Fault("", 502))

    with pytest.raises(ForgeUnavailableError, match="502"):
        connect(relay).send("POST", "/things", {"name": "x"}, Thing, needs="things: write")
    assert len(relay.exchanges) == 1


def test_what_was_refused_for_its_rate_is_sent_again(relay: Relay) -> None:
    relay.faults.append(Fault("", 429, times=1, headers={"Retry-After": "0"}))
    relay.faults.append(Fault("", 201, body=b'{"name": "x"}'))

    assert connect(relay).send("POST", "/", {}, Thing, needs="-") == Thing("x")


def test_a_redirect_on_the_same_host_is_followed(relay: Relay) -> None:
    relay.faults.append(Fault("/old", 301, headers={"Location": "/new"}))
    relay.faults.append(Fault("/new", 200, body=b'{"name": "x"}'))

    assert connect(relay).get("/old", Thing, needs="-") == Thing("x")


def test_pages_in_a_circle_come_to_an_end(relay: Relay) -> None:
    fault = Fault("", 200, body=b'[{"name": "x"}]')
    fault.headers = {"Link": f'<{relay.url}/things>; rel="next"'}
    relay.faults.append(fault)

    found = connect(relay).list("/things", Thing, needs="-")

    assert (len(found.items), found.gap) == (1, "/things: its next page leads elsewhere")


def test_a_list_that_is_shorter_than_the_forge_counts_is_said(relay: Relay) -> None:
    relay.faults.append(Fault("", 200, body=b'[{"name": "x"}]', headers={"X-Total": "2"}))

    found = connect(relay).list("/things", Thing, needs="-")

    assert found.gap == "/things: 1 entries came, the forge counts 2"


def test_a_forge_without_a_clock_decides_nothing(relay: Relay) -> None:
    relay.faults.append(Fault("", 200, body=b'{"name": "x"}', headers={"Date": ""}))
    api = connect(relay)
    api.get("/thing", Thing, needs="-")

    with pytest.raises(ForgeUnavailableError, match="does not say what time it is"):
        _ = api.server_time


@pytest.mark.parametrize(
    "address",
    [
        "http://git.acme.example",
        "https://token@git.acme.example",
        "ftp://git.acme.example",
        "https://",
        "git.acme.example",
        "https://git.acme.example:port",
    ],
)
def test_a_token_is_not_sent_where_it_can_be_read(address: str) -> None:
    with pytest.raises(UsageError):
        JsonApi(address, {"Authorization": "Bearer t"})


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://git.acme.example/api/v4", "https://git.acme.example"),
        ("https://git.acme.example:8443/", "https://git.acme.example:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("http://[::1]:4711/api", "http://[::1]:4711"),
    ],
)
def test_the_origin_of_an_address(address: str, origin: str) -> None:
    assert read_origin(address) == origin


def test_no_part_of_a_path_leads_to_another_one() -> None:
    assert join_path("repos", "a/b", "x?y#z%", 7) == "/repos/a%2Fb/x%3Fy%23z%25/7"
    for part in ("", ".", ".."):
        with pytest.raises(UsageError):
            join_path("repos", part)


DATE = {"date": "Mon, 04 May 2026 09:00:00 GMT"}


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        pytest.param(200, {}, None, id="fine"),
        pytest.param(404, {}, None, id="a refusal"),
        pytest.param(403, {}, None, id="forbidden"),
        pytest.param(500, {}, 1.0, id="broken"),
        pytest.param(0, {}, 1.0, id="not reached"),
        pytest.param(429, {"retry-after": "7"}, 7.0, id="seconds"),
        pytest.param(403, {"retry-after": "7"}, 7.0, id="secondary limit"),
        pytest.param(
            429, {**DATE, "retry-after": "Mon, 04 May 2026 09:00:09 GMT"}, 9.0, id="a date"
        ),
        pytest.param(
            403,
            {**DATE, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1777885205"},
            5.0,
            id="GitHub's reset",
        ),
        pytest.param(
            429,
            {**DATE, "ratelimit-remaining": "0", "ratelimit-reset": "1777885205"},
            5.0,
            id="GitLab's reset",
        ),
        pytest.param(
            429,
            {**DATE, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "9" * 30},
            1.0,
            id="no time at all",
        ),
    ],
)
def test_how_long_to_wait(status: int, headers: dict[str, str], wait: float | None) -> None:
    answer = Answer(status, "", headers)

    assert compute_wait(answer, 0, Limits(), repeatable=True) == wait


@pytest.mark.parametrize(
    ("link", "found"),
    [
        (
            '<https://a/x?page=2>; rel="next", <https://a/x?page=9>; rel="last"',
            "https://a/x?page=2",
        ),
        ('<https://a/x?page=1>; rel="prev"', ""),
        ("<https://a/x>", ""),
        ("", ""),
        ('</x?page=2>; rel="next"', "https://a/x?page=2"),
    ],
)
def test_the_next_page(link: str, found: str) -> None:
    assert find_next(Answer(200, "", {"link": link}), "https://a/x") == found


def test_nobody_else_asks_the_network() -> None:
    source = Path(__file__).parents[2] / "src/plainwork"
    speaks = re.compile(r"^\s*(import|from) (urllib\.request|http\.client|socket)\b", re.MULTILINE)
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if speaks.search(path.read_text(encoding="utf-8"))
    }
    serving = {"serving/preview/server.py"}  # answers this machine only
    assert found - serving == {"forge/http.py", "forge/opener.py"}
