"""What the server answers, to whom, and what nobody gets from it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork.serving.preview.live_site import LiveSite, Notice
from plainwork.serving.preview.server import SiteServer
from plainwork.storage.resources import find_resource
from support.preview import PATIENCE, Answer, ServedSite, serve_site
from support.site import read_site
from support.small import make_small_workspace

FOREIGN = "nobody may read this"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    root = make_small_workspace(tmp_path_factory.mktemp("served") / "ws")
    with serve_site(root, "--audience", "restricted") as served:
        (root / "_site/foreign.html").write_text(FOREIGN)
        (root / "secret.html").write_text(FOREIGN)
        yield served


def _types(site: ServedSite) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for address in read_site(site.root / "_site"):
        if address != "foreign.html":
            answer = site.ask(f"/{address}")
            assert answer.status == 200, address
            found.setdefault(address.rpartition(".")[2], set()).add(answer.headers["Content-Type"])
    return found


def test_every_file_is_served_as_what_it_is(site: ServedSite) -> None:
    assert _types(site) == {
        "atom": {"application/atom+xml; charset=utf-8"},
        "css": {"text/css; charset=utf-8"},
        "csv": {"text/csv; charset=utf-8"},
        "html": {"text/html; charset=utf-8"},
        "ics": {"text/calendar; charset=utf-8"},
        "js": {"text/javascript; charset=utf-8"},
        "json": {"application/json"},
        "svg": {"image/svg+xml"},
        "txt": {"text/plain; charset=utf-8"},
    }


def test_what_is_no_page_is_served_to_the_byte(site: ServedSite) -> None:
    for address, data in read_site(site.root / "_site").items():
        if not address.endswith(".html"):
            assert site.ask(f"/{address}").body == data, address


def test_every_page_listens_and_is_otherwise_as_it_was_built(site: ServedSite) -> None:
    for address, data in read_site(site.root / "_site").items():
        if address.endswith(".html") and address != "foreign.html":
            served = site.ask(f"/{address}").text
            assert served.count("connect-src 'self'") == 1, address
            head, _, body = served.partition("</head>")
            assert head.count("/-/live.js") == head.count("/-/live.css") == 1, address
            assert body == data.decode().partition("</head>")[2]


def test_no_file_of_a_build_has_what_serving_adds(site: ServedSite) -> None:
    for address, data in read_site(site.root / "_site").items():
        assert b"/-/" not in data, address
        assert b"connect-src" not in data, address


@pytest.mark.parametrize("name", ["live.js", "live.css"])
def test_what_pages_are_given_is_there(name: str, site: ServedSite) -> None:
    data = (find_resource("site") / "serve" / name).read_bytes()
    assert site.ask(f"/-/{name}").body == data


def test_a_query_changes_nothing(site: ServedSite) -> None:
    assert site.ask("/index.html?x=/../y").body == site.ask("/").body


def test_head_says_what_get_would(site: ServedSite) -> None:
    get, head = site.ask("/"), site.ask("/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(method: str, site: ServedSite) -> None:
    answer = site.ask("/", method=method)
    assert answer.status == 501
    assert "<" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/../plainwork.toml", id="up"),
        pytest.param("/../secret.html", id="up to a page"),
        pytest.param("/work/../../secret.html", id="up twice"),
        pytest.param("/%2e%2e/secret.html", id="encoded dots"),
        pytest.param("/..%2fsecret.html", id="encoded slash"),
        pytest.param("/%252e%252e/secret.html", id="encoded twice"),
        pytest.param("/..\\secret.html", id="backslash"),
        pytest.param("/./index.html", id="here"),
        pytest.param("//etc/passwd", id="two slashes"),
        pytest.param("/etc/passwd", id="absolute"),
        pytest.param("/%2fetc/passwd", id="absolute, encoded"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("http://127.0.0.1/index.html", id="absolute form"),
        pytest.param("/index.html%00.txt", id="zero"),
        pytest.param("/%ff%fe.html", id="no text"),
        pytest.param("/work", id="folder"),
        pytest.param("/work/", id="folder with a slash"),
        pytest.param("/assets/", id="assets"),
        pytest.param("/.plainwork-files", id="list of files"),
        pytest.param("/.gitignore", id="hidden"),
        pytest.param("/foreign.html", id="not built"),
        pytest.param("/-/", id="own folder"),
        pytest.param("/-/../live.js", id="own folder, up"),
        pytest.param("/-/live.html", id="no file of its own"),
        pytest.param("/<script>alert(1)</script>", id="markup"),
        pytest.param(f"/{'a' * 10_000}.html", id="long"),
    ],
)
def test_nothing_else_can_be_had(path: str, site: ServedSite) -> None:
    answer = _ask_as_it_is(site, path)
    assert answer.status == 404
    assert FOREIGN not in answer.text
    assert "root:" not in answer.text
    assert "<script>alert" not in answer.text
    assert "Not on this site" in answer.text


def _ask_as_it_is(site: ServedSite, path: str) -> Answer:
    """Ask by hand, for what a careful client would not send."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as connection:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        data = b"".join(iter(lambda: connection.recv(65_536), b""))
    first, _, rest = data.partition(b"\r\n")
    return Answer(int(first.split()[1]), {}, rest.partition(b"\r\n\r\n")[2])


def test_a_link_out_of_the_folder_leads_nowhere(tmp_path: Path) -> None:
    root = make_small_workspace(tmp_path / "ws")
    (tmp_path / "secret.html").write_text(FOREIGN)
    with serve_site(root, "--audience", "restricted") as site:
        page = root / "_site/work/a.html"
        page.unlink()
        page.symlink_to(tmp_path / "secret.html")
        assert site.ask("/work/a.html").status == 404
        (root / "_site/person").rename(tmp_path / "person")
        (root / "_site/person").symlink_to(tmp_path / "person")
        assert site.ask("/person/ada.html").status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "localhost:8000"}, 200, id="localhost"),
        pytest.param({"Host": "LocalHost"}, 200, id="upper case"),
        pytest.param({"Host": "127.0.0.1:1"}, 200, id="through a tunnel"),
        pytest.param({"Host": "[::1]:8000"}, 200, id="IPv6"),
        pytest.param({"Host": "attacker.example"}, 403, id="another name"),
        pytest.param({"Host": "attacker.example:8000"}, 403, id="with a port"),
        pytest.param({"Host": "localhost.attacker.example"}, 403, id="begins alike"),
        pytest.param({"Host": "attacker.example@localhost"}, 403, id="ends alike"),
        pytest.param({"Host": "127.0.0.1.nip.example"}, 403, id="begins with the address"),
        pytest.param({"Host": "10.0.0.1"}, 403, id="another address"),
        pytest.param({"Host": ""}, 403, id="none"),
        pytest.param({"Host": "localhost\tx"}, 403, id="more than a name"),
        pytest.param({"Host": "localhost", "Origin": "http://localhost"}, 200, id="own page"),
        pytest.param({"Host": "localhost", "Origin": "https://evil.example"}, 403, id="other page"),
        pytest.param({"Host": "localhost", "Origin": "http://localhost:3000"}, 403, id="neighbour"),
        pytest.param({"Host": "localhost", "Origin": "null"}, 403, id="page without origin"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/data/work.json", "/-/events?page=index.html&version="])
def test_it_answers_its_own_pages_only(
    headers: dict[str, str], status: int, path: str, site: ServedSite
) -> None:
    answer = site.ask(path, headers)
    assert answer.status == status
    assert status == 200 or "Small" not in answer.text


def test_two_hosts_are_no_host(site: ServedSite) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 403 ")


def test_other_sites_can_embed_nothing(site: ServedSite) -> None:
    for path in ("/", "/assets/site.css", "/data/work.json", "/no-such.html", "/-/live.js"):
        headers = site.ask(path).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def test_it_listens_on_the_loopback_only(site: ServedSite) -> None:
    # Every address of 127.0.0.0/8 leads to this machine, and to nobody who listens on 127.0.0.1.
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", site.port), timeout=PATIENCE)


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    (tmp_path / "index.html").write_text("<head>default-src 'none';</head>")
    live = LiveSite(tmp_path)
    live.settle(frozenset({"index.html"}))
    return live


def _connect(server: SiteServer, request: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.server_port), timeout=PATIENCE)
    connection.sendall(request)
    return connection


def test_connections_are_bounded_and_come_free_again(live: LiveSite) -> None:
    listen = b"GET /-/events?page=index.html&version=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
    listen %= live.identify("index.html").encode()
    with SiteServer(live, find_resource("site") / "serve", 0) as server, server.running():
        pages = [_connect(server, listen) for _ in range(64)]
        for page in pages:
            assert page.recv(15) == b"HTTP/1.1 200 OK"
        with _connect(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") as more:
            assert more.recv(12) == b"HTTP/1.1 503"
        assert live.open_pages == {"index.html"}
        live.tell(Notice("Something"))
        live.offer({"index.html": b"newer"})  # all load again, and leave
        for page in pages:
            while page.recv(4_096):
                pass
            page.close()
        answer = b""
        while not answer.startswith(b"HTTP/1.1 200"):  # threads end a moment after connections
            with _connect(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") as more:
                answer = more.recv(12)
    assert live.open_pages == frozenset()


def test_a_page_is_told_what_it_missed(live: LiveSite) -> None:
    listen = b"GET /-/events?page=index.html&version=older HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with (
        SiteServer(live, find_resource("site") / "serve", 0) as server,
        server.running(),
        _connect(server, listen) as page,
    ):
        data = b"".join(iter(lambda: page.recv(4_096), b""))
    assert data.endswith(b"event: reload\ndata: {}\n\n")
