"""What an audience may not see is in no byte of its site, names included."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork.errors import UsageError
from support.archive import unpack, write_files
from support.git import commit_files, make_repository, run_git
from support.site import build, read_site

WORKSPACE = unpack("""\
-- plainwork.toml --
[workspace]
name = "Small"
[forge]
kind = "github"
repository = "acme/work"
-- workflows/task.md --
---
title: Task
owner: ada
fields:
  price: {type: money, visibility: restricted}
  proof: {type: work}
  labels: {visibility: restricted}
  due: {visibility: restricted}
states:
  todo: {category: ready, creates: [{key: check, workflow: zanzibar-flow, title: Zanzibar}]}
  doing: {category: active, wip_limit: 1}
  done: {category: done}
transitions:
  start: {from: todo, to: doing}
  finish: {from: doing, to: done, children: closed, depends_on: closed}
clocks:
  first: {start: [todo], stop: [doing], targets: [{within: 79h}]}
  dear: {start: [todo], stop: [done], targets: [{within: 77h, when: "due != null"}]}
---
-- workflows/project.md --
---
title: Project
kind: project
owner: bob
states:
  running: {category: active}
---
-- workflows/zanzibar-flow.md --
---
title: Zanzibar flow
visibility: restricted
owner: ada
states:
  zanzibar-state: {category: ready}
---
The zanzibar way.
-- people/ada.md --
---
name: Ada
emails: [ada@example.org]
delegates:
  - {to: bob, workflows: [zanzibar-flow]}
leave:
  - {from: 2026-02-27, until: 2026-03-07}
---
-- people/bob.md --
---
name: Bob
delegates:
  - {to: ada, from: 2026-02-27, until: 2026-03-07}
---
-- teams/platform.md --
---
name: Platform
lead: bob
members: [ada]
---
-- agents/drafter.md --
---
name: Drafter
owner: ada
may: {create: [zanzibar-flow], move: [zanzibar-flow.zanzibar-step]}
---
-- policies/default.md --
---
title: Default
default: true
approvals: [{by: [owner, team.lead]}]
---
-- policies/zanzibar-policy.md --
---
title: Zanzibar policy
applies_to: {workflows: [zanzibar-flow]}
approvals: [{by: ada}]
---
-- work/open.md --
---
title: Open
workflow: task
status: todo
visibility: public
project: apollo
milestone: zanzibar-1
depends_on: [{on: zanzibar-1, lag: 2d}, zanzibar-alias, other]
links: {relates: [zanzibar-1], causes: [zanzibar-1, other]}
price: 4242 USD
proof: zanzibar-1
labels: [zanzibar-label]
due: 2031-12-24
assignees: [ada]
---
See [there](../zanzibar/zanzibar-1.md).
-- work/other.md --
---
title: Other
workflow: task
status: doing
visibility: public
project: apollo
price: nonsense 4242
team: platform
---
-- projects/apollo.md --
---
title: Apollo
workflow: project
status: running
objective: To land
visibility: public
---
-- projects/zanzibar-project.md --
---
title: Zanzibar project
workflow: project
status: running
objective: Zanzibar objective
visibility: restricted
---
-- work/inside.md --
---
title: Zanzibar inside
workflow: task
status: todo
visibility: public
project: zanzibar-project
---
-- work/zanzibar/zanzibar-1-title.md --
---
id: zanzibar-1
title: Zanzibar title
workflow: task
status: doing
visibility: restricted
aliases: [zanzibar-alias]
assignees: [ada]
depends_on: [open]
team: platform
blocked: Zanzibar storm
---
The zanzibar body.
-- work/zanzibar-parent.md --
---
title: Zanzibar parent
workflow: zanzibar-flow
status: zanzibar-state
---
-- work/zanzibar-broken.md --
---
title: Zanzibar broken
visibility: [
---
-- work/double.md --
---
id: zanzibar-1
title: Zanzibar double
workflow: task
status: nowhere
visibility: restricted
---
-- records/zanzibar-record.md --
---
record: update
about: [apollo, zanzibar-1]
by: ada
at: 2026-03-01
health: off-track
headline: Zanzibar news
---
The zanzibar text.
-- records/plain.md --
---
record: update
about: [apollo]
by: ada
at: 2026-02-01
health: on-track
headline: All is well
---
""")

SECRETS = (b"zanzibar", b"4242", b"2031-12-24", b"24 dec 2031", b"dec 24")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_repository(WORKSPACE, tmp_path_factory.mktemp("ws") / "ws")
    open_ = WORKSPACE["work/open.md"]
    # Words of a commit that changed nothing but what everybody sees, of one that did not, of a
    # branch, and a document that was hidden, moved and removed.
    commit_files({"work/open.md": f"{open_}More.\n"}, root, "Wait for zanzibar-1.")
    commit_files(
        {
            "work/open.md": f"{open_}More and more.\n",
            "work/zanzibar/zanzibar-2.md": WORKSPACE["work/zanzibar-parent.md"],
        },
        root,
        "Plan the zanzibar trip",
    )
    run_git("mv", "work/zanzibar/zanzibar-2.md", "work/zanzibar/zanzibar-3.md", cwd=root)
    commit_files({}, root, "Move to Zanzibar")
    run_git("checkout", "--quiet", "-b", "zanzibar-branch", cwd=root)
    run_git("rm", "--quiet", "work/zanzibar/zanzibar-3.md", cwd=root)
    commit_files({"work/other.md": f"{WORKSPACE['work/other.md']}Text.\n"}, root, "Leave zanzibar")
    run_git("checkout", "--quiet", "main", cwd=root)
    run_git("merge", "--quiet", "--no-ff", "zanzibar-branch", cwd=root)
    commit_files({"work/other.md": f"{WORKSPACE['work/other.md']}More.\n"}, root, "Say more")
    return root


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_no_byte_tells_of_what_is_left_out(workspace: Path, tmp_path: Path, audience: str) -> None:
    build(workspace, tmp_path / "site", audience=audience, base_url="https://acme.example/work")
    assert list(_find_secrets(tmp_path / "site")) == []


def test_the_secrets_are_there_for_those_who_may_see_them(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "site", audience="restricted")
    found = dict.fromkeys(secret for _, secret in _find_secrets(tmp_path / "site"))
    assert {b"zanzibar", b"4242"} <= found.keys()


def test_what_may_be_seen_is_told(workspace: Path, tmp_path: Path) -> None:
    build(workspace, tmp_path / "site", audience="public")
    files = read_site(tmp_path / "site")
    assert {"work/open.html", "work/other.html", "project/apollo.html"} <= files.keys()
    assert b"Say more" in files["work/other.html"]
    assert b"All is well" in files["project/apollo.html"]
    assert b"left out" in files["about.html"]


def test_what_is_wrong_is_told_without_what_is_left_out(tmp_path: Path) -> None:
    title = WORKSPACE["work/other.md"]
    faulty = {**WORKSPACE, "work/other.md": title.replace("---\n", "---\ndue: zanzibar\n", 1)}
    root = make_repository(faulty, tmp_path / "ws")
    build(root, tmp_path / "site", audience="public")
    page = read_site(tmp_path / "site")["work/other.html"]
    assert b"it breaks the rule that a value is what its field can hold" in page
    assert b"zanzibar" not in page


@pytest.mark.parametrize(
    "address",
    [
        *("acme.example", "ftp://a.example/", "mailto:a@a.example", "https://a.example/ b"),
        *("https://a.example/?q", "https://a.example/#b", "https://ada:secret@a.example/"),
    ],
)
def test_where_no_site_can_be(workspace: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="--base-url"):
        build(workspace, tmp_path / "site", base_url=address)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://a.example/work//", "https://a.example/work/"),
        ("http://[::1]:8000/%7Ea/über", "http://[::1]:8000/%7Ea/%C3%BCber/"),
    ],
)
def test_where_a_site_is(workspace: Path, tmp_path: Path, address: str, place: str) -> None:
    build(workspace, tmp_path / "site", base_url=address)
    assert f"<loc>{place}index.html</loc>".encode() in read_site(tmp_path / "site")["sitemap.xml"]


def test_the_public_is_not_told_who_is_away(workspace: Path, tmp_path: Path) -> None:
    told = {}
    for audience in ("public", "internal"):
        build(workspace, tmp_path / audience, audience=audience)
        site = read_site(tmp_path / audience)
        words = (b"7 Mar 2026", b"2026-03-07", b"</a> stands in", b"away until")
        told[audience] = {word for data in site.values() for word in words if word in data}
    assert told["public"] == set()
    assert set(words) <= told["internal"]


@pytest.mark.parametrize(
    ("audience", "promised"),
    [("public", [b"79 hours"]), ("restricted", [b"77 hours", b"79 hours"])],
)
def test_a_promise_that_rests_on_a_field_is_shown_with_it_only(
    audience: str, promised: list[bytes], workspace: Path, tmp_path: Path
) -> None:
    build(workspace, tmp_path / "site", audience=audience)
    page = read_site(tmp_path / "site")["work/open.html"]
    assert [
        within for within in (b"77 hours", b"79 hours") if b"within " + within in page
    ] == promised


def test_nothing_that_was_built_for_others_stays(workspace: Path, tmp_path: Path) -> None:
    for audience in ("restricted", "public"):
        build(workspace, tmp_path / "site", audience=audience)
    assert list(_find_secrets(tmp_path / "site")) == []


def test_a_site_does_not_depend_on_what_it_leaves_out(workspace: Path, tmp_path: Path) -> None:
    """Counts, orders and findings included: only what stands beside the commits may differ."""
    files = {path: text for path, text in WORKSPACE.items() if "zanzibar" not in path}
    for name, other in (("less", {}), ("more", _hidden_files())):
        root = write_files({**files, **other}, tmp_path / name)
        build(root, tmp_path / f"{name}-site", audience="public")
    less, more = read_site(tmp_path / "less-site"), read_site(tmp_path / "more-site")
    differing = {
        address for address in less.keys() | more.keys() if less.get(address) != more.get(address)
    }
    assert differing == set()


def _hidden_files() -> dict[str, str]:
    text = WORKSPACE["work/zanzibar-parent.md"].replace("zanzibar-state", "todo")
    hidden = text.replace("workflow: zanzibar-flow", "workflow: task\nvisibility: restricted")
    return {f"work/more-{number}.md": hidden for number in range(3)}


def _find_secrets(site: Path) -> Iterator[tuple[str, bytes]]:
    for file in site.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        name = file.relative_to(site).as_posix()
        for secret in SECRETS:
            if secret in data.lower() or secret in name.encode().lower():
                yield name, secret
