"""The visibility site: what everybody needs to see, as plain files."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from plainwork.cli.context import (
    AtOption,
    FormatOption,
    TodayOption,
    choose_format,
    invocation,
)
from plainwork.cli.output import Progress, write_json, write_lines, write_notice
from plainwork.cli.viewing import Sight
from plainwork.model.diagnostic import Severity
from plainwork.model.work import VISIBILITIES
from plainwork.reporting.text import escape_line, plural
from plainwork.site.report import SiteReport

SITE = "_site"
"""The folder of the site, in the workspace."""

OutputOption = Annotated[
    str,
    typer.Option(
        "--output", metavar="DIR", help="The folder of the site; `_site` in the workspace if none."
    ),
]
AudienceOption = Annotated[
    str,
    typer.Option(
        "--audience", metavar="|".join(VISIBILITIES), help="Who will read it; others see less."
    ),
]
BaseUrlOption = Annotated[
    str,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="Where the site will be: for feeds, search engines, and a page for what is missing.",
    ),
]
PortOption = Annotated[
    int, typer.Option("--port", metavar="N", min=0, max=65535, help="Where; 0: any that is free.")
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Look afterwards whether every link leads somewhere.")
]


def build(
    context: typer.Context,
    *,
    output: OutputOption = "",
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
    marks what they are about.

    For example: plainwork site build --audience public --output public
    """
    choose_format(format_, "text", "json")
    from plainwork.serving.site_build import SitePlan, check_built
    from plainwork.serving.site_sources import Moment, load_sources

    sight = Sight(context, at=at, today=today)
    root, findings = sight.call.root, sight.check()
    moment = Moment(sight.snapshot, findings, sight.today, sight.zone, sight.commit)
    sources = load_sources(root, moment, audience=audience, base_url=base_url)
    folder = sight.call.directory / output if output else root / SITE
    report = SiteReport(
        output=output or SITE,
        audience=sources.audience,
        built=SitePlan(root, sources).write(folder, Progress("Building the site")),
        errors=sum(found.severity is Severity.ERROR for found in findings),
        problems=check_built(folder, sources.base_url) if check else (),
    )
    _show(report, as_json=format_ == "json")
    if sources.log.shallow:
        write_notice(
            "this clone is shallow: what the site tells of the past begins late;"
            " `git fetch --unshallow`, or in CI `fetch-depth: 0`"
        )
    return int(bool(report.errors or report.problems))


def serve(
    context: typer.Context,
    *,
    port: PortOption = 8000,
    output: OutputOption = "",
    audience: AudienceOption = "",
    today: TodayOption = "",
) -> int:
    """Show the site on this machine, and build it again whenever something is saved.

    A page that changes is loaded again by the browser. A save that brings errors is not shown:
    they are named here and on every page, and the site stays as it was. The folder has the site
    as `plainwork site build` would write it. Ctrl-C ends it.

    For example: plainwork site serve --audience public
    """
    from plainwork.cli.live import serve_site
    from plainwork.serving.preview.rebuilding import Subject

    call = invocation(context)
    folder = call.directory / output if output else call.root / SITE
    serve_site(Subject(call.root, folder, audience, partial(call.today, today)), port)
    return 0


def _show(report: SiteReport, *, as_json: bool) -> None:
    if as_json:
        write_json("site-build", report)
        return
    built = report.built
    write_lines(
        [
            f"{report.output}: {plural(built.files, 'file')} for {report.audience} readers,"
            f" {built.written} written, {built.removed} removed",
            *(f"{each.page}: {escape_line(each.problem)}" for each in report.problems),
        ]
    )
    if report.errors:
        found = plural(report.errors, "error")
        write_notice(f"the workspace has {found}: `plainwork check` says where")


COMMAND = {"build": build, "serve": serve}
