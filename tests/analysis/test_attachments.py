"""Where the path of an attachment leads."""

import pytest

from plainwork.analysis.attachments import resolve_attachment


@pytest.mark.parametrize(
    ("document", "written", "path"),
    [
        pytest.param("work/plan.md", "quote.pdf", "work/quote.pdf", id="beside"),
        pytest.param("work/moves/plan.md", "../quote.pdf", "work/quote.pdf", id="above"),
        pytest.param("work/plan.md", "/docs/map.svg", "docs/map.svg", id="from-the-root"),
        pytest.param("work/plan.md", "//docs/map.svg", "docs/map.svg", id="two-slashes"),
        pytest.param("work/plan.md", "../docs/./a//b", "docs/a/b", id="roundabout"),
        pytest.param("work/plan.md", "../../secret", "", id="out"),
        pytest.param("work/plan.md", "/../secret", "", id="out-from-the-root"),
        pytest.param("work/plan.md", "../..", "", id="the-folder-above"),
        pytest.param("work/plan.md", "..quote.pdf", "work/..quote.pdf", id="two-dots-in-a-name"),
    ],
)
def test_a_path_is_resolved(document: str, written: str, path: str) -> None:
    assert resolve_attachment(document, written) == path
