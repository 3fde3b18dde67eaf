"""What ``plainwork.toml`` says, and what it cannot say."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.diagnostic import Location, Severity
from plainwork.model.settings import DOCUMENT_FOLDERS, Calendar, Settings, View
from plainwork.parsing.public_holidays import find_public_holidays
from plainwork.parsing.settings_file import parse_settings

WHOLE = """
[workspace]
name = "Acme operations"
timezone = "Europe/Berlin"
currency = "CHF"
default_workflow = "request"
calendar = "office"

[ids]
prefix = "ops"

[folders]
items = ["work", "requests"]
projects = ["work"]
records = ["work/records"]

[calendars.office]
mon = ["13:00-17:00", "09:00-12:30"]
fri = ["20:00-24:00"]
holidays = ["2026-12-26", 2026-12-25]

[calendars.workshop]
holidays = "DE-SH"

[views.late]
query = "overdue"
sort = "due"

[workspaces]
hr = "https://git.acme.example/hr/work.git"

[forge]
kind = "gitlab"
repository = "acme/tools/operations"
url = "https://git.acme.example"

[site]
title = "How work stands"
audience = "public"
persons = "numbers"
"""


def test_every_key_is_read() -> None:
    settings, problems = parse_settings("plainwork.toml", WHOLE.encode())

    assert problems == ()
    assert settings == Settings(
        name="Acme operations",
        timezone="Europe/Berlin",
        currency="CHF",
        default_workflow="request",
        calendar="office",
        prefix="ops",
        folders={
            **DOCUMENT_FOLDERS,
            "items": ("work", "requests"),
            "projects": ("work",),
            "records": ("work/records",),
        },
        calendars={
            "office": Calendar(
                "office",
                hours=(((540, 750), (780, 1020)), (), (), (), ((1200, 1440),), (), ()),
                holidays=(date(2026, 12, 25), date(2026, 12, 26)),
            ),
            "workshop": Calendar(
                "workshop", hours=((),) * 7, holidays=find_public_holidays("DE-SH") or ()
            ),
        },
        views={"late": View("late", "overdue", "due")},
        workspaces={"hr": "https://git.acme.example/hr/work.git"},
        forge_kind="gitlab",
        forge_repository="acme/tools/operations",
        forge_url="https://git.acme.example",
        site_title="How work stands",
        site_audience="public",
        site_persons="numbers",
    )


def test_nothing_said_means_the_defaults() -> None:
    assert parse_settings("plainwork.toml", b"") == (Settings(), ())


def test_settings_survive_the_cache() -> None:
    settings, _ = parse_settings("plainwork.toml", WHOLE.encode())

    for value in (settings, Settings()):
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=Settings) == value


@pytest.mark.parametrize("template", ["minimal", "software-team", "operations", "compliance"])
def test_the_settings_of_a_template_are_right(template: str) -> None:
    file = Path(__file__).parents[2] / "templates" / template / "plainwork.toml"

    settings, problems = parse_settings("plainwork.toml", file.read_bytes())

    assert problems == ()
    assert settings.calendar in settings.calendars


@pytest.mark.parametrize(
    ("text", "place", "rule", "message", "hint"),
    [
        pytest.param(
            '[workspce]\nname = "x"',
            (1, 2),
            "unknown-field",
            "unknown field `workspce`",
            "did you mean `workspace`?",
            id="unknown-table",
        ),
        pytest.param(
            '[site]\nx-colour = "red"',
            (2, 1),
            "unknown-field",
            "unknown field `x-colour`",
            "known are title, audience, persons",
            id="unknown-key",
        ),
        pytest.param(
            'workspace.name = ["x"]',
            (1, 18),
            "wrong-type",
            "expected text, found a list",
            "",
            id="list-for-text",
        ),
        pytest.param(
            'forge = "github"',
            (1, 9),
            "wrong-type",
            "expected a map of kind, repository, url, found a lone value",
            "",
            id="text-for-table",
        ),
        pytest.param(
            '[folders]\nitems = "work"',
            (2, 9),
            "lone-value",
            "expected a list, found a lone value",
            "write it as a list: [value]",
            id="text-for-list",
        ),
        pytest.param(
            'workspace.timezone = "Europe/Berln"',
            (1, 22),
            "unknown-timezone",
            "there is no time zone `Europe/Berln`",
            "did you mean `Europe/Berlin`?",
            id="no-such-time-zone",
        ),
        pytest.param(
            'workspace.timezone = "../../etc/passwd"',
            (1, 22),
            "wrong-type",
            "`../../etc/passwd` is not a time zone",
            "write it as Europe/Berlin or UTC",
            id="time-zone-elsewhere",
        ),
        pytest.param(
            'workspace.currency = "euro"',
            (1, 22),
            "wrong-type",
            "`euro` is not a currency",
            "write it as three capitals: EUR",
            id="currency",
        ),
        pytest.param(
            '[workspace]\ncalendar = "offce"\n[calendars.office]\nmon = ["09:00-17:00"]',
            (2, 12),
            "unknown-calendar",
            "there is no calendar `offce`",
            "did you mean `office`?",
            id="calendar",
        ),
        pytest.param(
            'ids = {prefix = "Ops Team"}',
            (1, 17),
            "wrong-type",
            "`Ops Team` is not a prefix of ids",
            "write it as ops: it begins ids such as ops-7k3q9",
            id="prefix",
        ),
        pytest.param(
            '[calendars.office]\nmon = ["09:00-17:00", "17:00-09:00"]',
            (2, 23),
            "out-of-range",
            "`17:00-09:00` ends before it begins",
            "split it at midnight",
            id="backward-hours",
        ),
        pytest.param(
            '[calendars.office]\nmon = ["12:00-17:00", "09:00-12:01"]',
            (2, 8),
            "out-of-range",
            "`12:00-17:00` begins before the hours in front of it end",
            "say every hour once",
            id="overlapping-hours",
        ),
        pytest.param(
            '[calendars.office]\nmon = ["9-17"]',
            (2, 8),
            "wrong-type",
            "`9-17` is not a span of hours",
            "write it as 09:00-17:00",
            id="hours",
        ),
        pytest.param(
            '[calendars.office]\nholidays = ["2026-02-30"]',
            (2, 13),
            "wrong-type",
            "`2026-02-30` is not a date",
            "write it as YYYY-MM-DD",
            id="holiday",
        ),
        pytest.param(
            '[views.late]\nsort = "due"',
            (1, 8),
            "missing-field",
            "`query` is not set",
            "set `query` (which work is shown)",
            id="view-without-query",
        ),
        pytest.param(
            '[forge]\nkind = "githb"',
            (2, 8),
            "unknown-option",
            "`githb` is no option",
            "did you mean `github`?",
            id="forge",
        ),
        pytest.param(
            '[workspaces]\nhr = "javascript:alert(1)"',
            (2, 6),
            "wrong-type",
            "`javascript:alert(1)` is not an address",
            "write it as https://git.acme.example",
            id="address",
        ),
        pytest.param(
            "[folders]\nitems = []",
            (2, 9),
            "out-of-range",
            "`items` has no folder",
            "name one, or remove the line",
            id="no-folder",
        ),
        pytest.param(
            '[folders]\nitems = ["people"]',
            (2, 10),
            "folder-overlap",
            "`people` is already the folder of `people`",
            "name another folder",
            id="folder-of-another-kind",
        ),
        pytest.param(
            '[folders]\nitems = ["Work/a", "x", "work"]',
            (2, 10),
            "folder-overlap",
            "`Work/a` lies in `work`, which `items` has too",
            "remove it",
            id="folder-in-a-folder",
        ),
        pytest.param(
            '[workspace]\nname = "a\\u0000b"',
            (2, 8),
            "control-character",
            "character U+0000, written as an escape",
            "remove it",
            id="escaped-control-character",
        ),
        pytest.param(
            "a = 1\na = 2",
            (2, 6),
            "settings-syntax",
            "cannot overwrite a value",
            'write `[table]`, `key = "text"` or `key = ["one", "two"]`, each on its own line',
            id="twice",
        ),
    ],
)
def test_a_fault_is_reported_where_it_stands(
    text: str, place: tuple[int, int], rule: str, message: str, hint: str
) -> None:
    _, problems = parse_settings("plainwork.toml", text.encode())

    assert [
        (problem.location, problem.rule, problem.severity, problem.message, problem.hint)
        for problem in problems
    ] == [(Location("plainwork.toml", *place), rule, Severity.ERROR, message, hint)]


@pytest.mark.parametrize("zone", ["Europe", "Nowhere", "leapseconds", "Etc/../UTC"])
def test_what_is_no_time_zone_leaves_the_default(zone: str) -> None:
    settings, problems = parse_settings("p", f'workspace.timezone = "{zone}"'.encode())

    assert settings.timezone == "UTC"
    assert [problem.location.column for problem in problems] == [22]


@pytest.mark.parametrize(
    "folder",
    [
        "/abs",
        "..",
        "../work",
        "work/../../etc",
        "work/./a",
        "work/",
        "a//b",
        "a\\\\b",
        ".git",
        "_x",
        "",
    ],
)
def test_a_folder_stays_in_the_workspace(folder: str) -> None:
    settings, problems = parse_settings("p", f'folders.items = ["{folder}", "ok"]'.encode())

    assert [problem.rule for problem in problems] == ["wrong-type"]
    assert settings.folders["items"] == ("ok",)


def test_a_wrong_value_leaves_the_others_as_they_are() -> None:
    text = WHOLE.replace('"CHF"', '"francs"').replace('"13:00-17:00"', '"13"')

    settings, problems = parse_settings("plainwork.toml", text.encode())

    assert len(problems) == 2
    assert settings.currency == "EUR"
    assert settings.calendars["office"].hours[0] == ((540, 750),)
    assert settings.name == "Acme operations"


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        pytest.param(b"#" * (1024 * 1024 + 1), ["file-too-large"], id="too-large"),
        pytest.param(b'[site]\ntitle = "\xff"', ["not-utf-8"], id="not-utf-8"),
        pytest.param(b'[site]\ntitle = "\x1b[31m"', ["control-character"], id="control"),
        pytest.param("title = '\u2028'".encode(), ["control-character"], id="line-separator"),
        pytest.param(b"\xef\xbb\xbf[site]\r\n", ["byte-order-mark", "crlf"], id="mark-and-crlf"),
        pytest.param(
            '[site]\ntitle = "a\u202eb"'.encode(), ["invisible-character"], id="bidirectional"
        ),
    ],
)
def test_the_limits_of_documents_hold(data: bytes, rules: list[str]) -> None:
    _, problems = parse_settings("plainwork.toml", data)

    assert [problem.rule for problem in problems] == rules


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_no_file_is_beyond_a_diagnosis(data: bytes) -> None:
    settings, _ = parse_settings("plainwork.toml", data)

    assert isinstance(settings, Settings)


LINES = st.sampled_from([line for line in WHOLE.splitlines() if line])


@given(st.lists(LINES, max_size=30))
def test_settings_may_be_put_together_from_anything(lines: list[str]) -> None:
    settings, problems = parse_settings("plainwork.toml", "\n".join(lines).encode())

    assert settings == Settings() or not any(p.rule == "settings-syntax" for p in problems)


def test_a_hundred_thousand_faults_are_found_in_one_pass() -> None:
    folders = ",".join(f"'a{number}'" for number in range(60_000))
    names = "\n".join(f"k{number} = 1" for number in range(20_000))

    settings, problems = parse_settings("p", f"{names}\n[folders]\nitems = [{folders}]".encode())

    assert len(problems) == 20_000
    assert len(settings.folders["items"]) == 60_000
