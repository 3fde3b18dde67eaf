"""The visibility site: what everybody needs to see, as plain files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plainwork.cli.context import AtOption, FormatOption, TodayOption, choose_format
from plainwork.cli.output import Progress, write_lines
from plainwork.cli.viewing import Sight
from plainwork.model.diagnostic import Severity
from plainwork.model.work import VISIBILITIES
from plainwork.reporting.text import plural

OutputOption = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="The folder that the site is written to.")
]
AudienceOption = Annotated[
    str,
    typer.Option(
        "--audience", metavar="|".join(VISIBILITIES), help="Who will read it; others see less."
    ),
]
BaseUrlOption = Annotated[
    str, typer.Option("--base-url", metavar="URL", help="Where the site will be, for feeds.")
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Look afterwards whether every link leads somewhere.")
]


def build(
    context: typer.Context,
    *,
    output: OutputOption = Path("_site"),
    audience: AudienceOption = "",
    base_url: BaseUrlOption = "",
    check: CheckOption = False,
    format_: FormatOption = "text",
    at: AtOption = "",
    today: TodayOption = "",
) -> int:
    """Write the site; what did not change since the last build is left as it is.

    It is made of the workspace, the day, the audience and the version of plainwork, and of
    nothing else. The exit code is 1 if `plainwork check` finds errors: the site is written, and
    says where.

    For example: plainwork site build --audience public --output public
    """
    choose_format(format_, "text", "json")
    from plainwork.serving.site_build import build_site
    from plainwork.serving.site_sources import Moment, load_sources

    sight = Sight(context, at=at, today=today)
    findings = sight.check()
    moment = Moment(sight.snapshot, findings, sight.today, sight.zone, sight.commit)
    sources = load_sources(sight.call.root, moment, audience=audience, base_url=base_url)
    built = build_site(sight.call.root, sources, output, Progress("Building the site"))
    write_lines([f"{output}: {plural(built.files, 'file')}, {built.written} written"])
    return int(any(found.severity is Severity.ERROR for found in findings))


COMMAND = {"build": build}
