"""How long a site takes, beside bare pages of Hugo: `python tests/benchmarks/site_builds.py`.

Hugo (Debian's package `hugo`) gets a file a work with the same title and body, and a theme that
shows nothing else; plainwork makes everything: pages, pictures, feeds, data. For each size the
site is looked at first: that all of it is there, that no page is too large, and that a build after
a change equals one into an empty folder. Then whole processes are measured in turn. Exits with 1
if something is wrong; a missed target is shown, not failed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.cases import DAY, PROGRAM, PYTHON
from benchmarks.measure import Case, Figure, measure
from benchmarks.workspace import Expected, write_workspace

HUGO = "hugo, bare pages"
FULL = "site build"
COLD = "site build, without an index"
CHANGED = "site build, one work changed"
SAME = "site build, nothing changed"

_TIMES_HUGO = {FULL: 1.3}
_TIMES_PYTHON = {CHANGED: 80.0}
_PROMISED = 10_000
_MOST_BYTES = 100_000
_MOST_STYLE = 20_000
_SETTLED = 2.5

_CONFIG = """\
baseURL = "https://example.org/"
title = "Bare"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]
"""
_LAYOUT = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1>
{{ .Content }}</body></html>
"""


def write_bare_site(root: Path, bare: Path) -> int:
    """Write what Hugo makes pages of, a file a work of a workspace; return how many."""
    layouts, content = bare / "layouts/_default", bare / "content/work"
    layouts.mkdir(parents=True)
    content.mkdir(parents=True)
    (bare / "config.toml").write_text(_CONFIG)
    (layouts / "single.html").write_text(_LAYOUT)
    files = [*root.glob("work/**/*.md"), *root.glob("projects/*.md")]
    for file in files:
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        title = next(line for line in front.splitlines() if line.startswith("title: "))
        text = f'---\ntitle: "{title.removeprefix("title: ")}"\n---\n{body}'
        (content / file.name).write_text(text, encoding="utf-8")
    return len(files)


def build(root: Path, site: Path) -> None:
    """Build the site of a workspace."""
    subprocess.run(_command(site), cwd=root, check=True, stdout=subprocess.DEVNULL)


def find_wrong(root: Path, folder: Path, expected: Expected) -> Iterator[str]:
    """Yield what is wrong with a site; nothing means that figures mean something."""
    site, anew = folder / "site", folder / "anew"
    build(root, site)
    pages = [*site.glob("work/*.html"), *site.glob("project/*.html")]
    if len(pages) != expected.work:
        yield f"{len(pages)} pages of work instead of {expected.work}"
    listed = json.loads((site / "data/work.json").read_text(encoding="utf-8"))["works"]
    if len(listed) != expected.work:
        yield f"{len(listed)} works in the data instead of {expected.work}"
    shown = (site / f"work/{expected.sample_id}.html").read_text(encoding="utf-8")
    if "The change is measured before and after" not in shown:
        yield f"{expected.sample_id}: its text is not on its page"
    yield from _find_large(site)
    _grow(root / expected.sample_path)
    build(root, site)
    build(root, anew)
    yield from _compare(site, anew)


def _find_large(site: Path) -> Iterator[str]:
    for page in site.rglob("*.html"):
        if page.stat().st_size > _MOST_BYTES:
            yield f"{page.relative_to(site)}: {page.stat().st_size} bytes"
    style = sum(file.stat().st_size for file in site.rglob("*.css"))
    if style > _MOST_STYLE:
        yield f"{style} bytes of CSS"


def _compare(site: Path, other: Path) -> Iterator[str]:
    files, others = _list(site), _list(other)
    yield from (f"{name}: on one of two sites only" for name in sorted(files ^ others))
    for name in sorted(files & others):
        if (site / name).read_bytes() != (other / name).read_bytes():
            yield f"{name}: differs from a full build"


def _list(site: Path) -> set[Path]:
    return {file.relative_to(site) for file in site.rglob("*") if file.is_file()}


def make_cases(root: Path, folder: Path, sample: Path) -> list[Case]:
    """Return the cases for a workspace, in the order in which a round runs them."""
    site, fresh, bare = folder / "site", folder / "fresh", folder / "bare"
    # In a copy: what is kept for the next build is removed there.
    copy = shutil.copytree(root, folder / "cold", symlinks=True)

    def forget() -> None:
        set_aside(fresh)
        set_aside(copy / ".git/plainwork")

    return [
        Case(PYTHON, (sys.executable, "-c", "pass")),
        Case(
            HUGO,
            ("hugo", "--quiet", "--source", str(bare), "--destination", str(fresh)),
            prepare=lambda: set_aside(fresh),
        ),
        Case(FULL, _command(fresh), prepare=lambda: set_aside(fresh)),
        Case(CHANGED, _command(site), prepare=lambda: _grow(sample)),
        Case(SAME, _command(site)),
        Case(COLD, _command(fresh, "-C", str(copy)), prepare=forget),
    ]


def set_aside(folder: Path) -> None:
    """Make room for a folder.

    The old one is kept: for minutes after files were removed, ext4 looks at each of them again
    whenever it makes a new one.
    """
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-{time.monotonic_ns()}"))
    os.sync()


def format_figures(size: int, cases: Sequence[Case], figures: Sequence[Figure]) -> str:
    """Return a Markdown table: each case as multiples of Hugo's time and of Python's start."""
    seconds = {case.name: figure.seconds for case, figure in zip(cases, figures, strict=True)}
    lines = [
        f"\n{size:,} documents\n",
        "| | seconds | of a core | × Hugo | × Python's start | to reach | peak MiB |",
        "|---|--:|--:|--:|--:|---|--:|",
    ]
    for case, figure in zip(cases, figures, strict=True):
        hugo, python = (figure.seconds / seconds[name] for name in (HUGO, PYTHON))
        lines.append(
            f"| {case.name} | {figure.seconds:.2f} | {figure.busy:.2f} | {hugo:.2f} | {python:.0f} "
            f"| {_promise(size, case.name, hugo, python)} | {figure.peak:.0f} |"
        )
    return "\n".join(lines)


def _promise(size: int, name: str, hugo: float, python: float) -> str:
    if size != _PROMISED:
        return ""
    for promised, ratio, unit in (
        (_TIMES_HUGO.get(name), hugo, "× Hugo"),
        (_TIMES_PYTHON.get(name), python, "× Python"),
    ):
        if promised is not None:
            return f"{promised:g} {unit}{', missed' if ratio > promised else ''}"
    return ""


def _command(site: Path, *place: str) -> tuple[str, ...]:
    return (PROGRAM, *place, "site", "build", "--output", str(site), *DAY)


def _grow(file: Path) -> None:
    with file.open("a", encoding="utf-8") as body:
        body.write("One line more.\n")


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure sites.")
    parser.add_argument("--sizes", type=_sizes, default=(1_000, 10_000))
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if shutil.which("hugo") is None:
        parser.error("there is no hugo to compare with: apt-get install hugo")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="plainwork-sites-") as name:
            folder, root = Path(name), Path(name) / "workspace"
            # In a process of their own: what this one holds would count as memory of those that
            # it starts.
            with ProcessPoolExecutor(max_workers=1) as other:
                expected = other.submit(write_workspace, root, size).result()
                other.submit(write_bare_site, root, folder / "bare").result()
                time.sleep(_SETTLED)
                wrong = other.submit(_list_wrong, root, folder, expected).result()
            if wrong:
                sys.stderr.write("\n".join(wrong) + "\n")
                return 1
            cases = make_cases(root, folder, root / expected.sample_path)
            figures = measure(cases, root, arguments.rounds)
            sys.stdout.write(format_figures(size, cases, figures) + "\n")
            sys.stdout.flush()
    return 0


def _list_wrong(root: Path, folder: Path, expected: Expected) -> list[str]:
    return list(find_wrong(root, folder, expected))


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
