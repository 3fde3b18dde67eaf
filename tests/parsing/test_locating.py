"""Lines of diagnostics that know their field only."""

import pytest

from plainwork.model.diagnostic import Diagnostic, FieldPath, Location, Severity
from plainwork.parsing.locating import locate_diagnostics

DOCUMENT = b"""\
---
title: A
assignees: [ada, bob]
depends_on:
  - {on: b, lag: 2d}
by: ada
---
"""
SETTINGS = b"""\
[workspace]
default_workflow = "task"

[views]
late = {query = "overdue"}
"""


def _diagnostic(path: str, field: FieldPath, line: int = 0) -> Diagnostic:
    return Diagnostic(Location(path, line), "rule", Severity.ERROR, "wrong", field=field)


@pytest.mark.parametrize(
    ("path", "data", "field", "place"),
    [
        pytest.param("work/a.md", DOCUMENT, ("title",), (2, 8), id="value"),
        pytest.param("work/a.md", DOCUMENT, ("assignees", 1), (3, 18), id="entry-of-a-list"),
        pytest.param("work/a.md", DOCUMENT, ("depends_on", 0, "lag"), (5, 18), id="deep"),
        pytest.param("work/a.md", DOCUMENT, ("depends_on", 0, "type"), (5, 5), id="nearest"),
        pytest.param("work/a.md", DOCUMENT, ("by", 0), (6, 5), id="lone-value-for-a-list"),
        pytest.param("work/a.md", DOCUMENT, ("owner",), (0, 0), id="nowhere"),
        pytest.param("work/a.md", DOCUMENT, (), (0, 0), id="file-as-a-whole"),
        pytest.param("work/a.md", b"title: A", ("title",), (0, 0), id="unreadable"),
        pytest.param(
            "plainwork.toml", SETTINGS, ("workspace", "default_workflow"), (2, 20), id="setting"
        ),
        pytest.param("plainwork.toml", SETTINGS, ("views", "late", "query"), (5, 17), id="inline"),
        pytest.param("plainwork.toml", b"[", ("views",), (0, 0), id="unreadable-settings"),
    ],
)
def test_a_field_is_located(
    path: str, data: bytes, field: FieldPath, place: tuple[int, int]
) -> None:
    (found,) = locate_diagnostics(path, data, [_diagnostic(path, field)])

    assert found.location == Location(path, *place)


def test_a_line_that_is_known_stays() -> None:
    given = _diagnostic("work/a.md", ("title",), line=9)

    assert locate_diagnostics("work/a.md", DOCUMENT, [given]) == (given,)
