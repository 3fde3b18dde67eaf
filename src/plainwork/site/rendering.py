"""Pages as HTML: one environment of Jinja2 over the templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork.site.address import way_to_root
from plainwork.site.digest import digest
from plainwork.site.filters import make_filters
from plainwork.site.links import ROOT
from plainwork.site.menu import MENU
from plainwork.site.page import Page
from plainwork.site.sources import Sources
from plainwork.site.text import show_invisible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = "templates"
ASSETS = "assets"


class Renderer:
    """Renders the pages of one site.

    Args:
        folder: The folder `site` that plainwork brings with it.
        sources: What the site is made from.
    """

    def __init__(self, folder: Path, sources: Sources) -> None:
        self._folder = folder / TEMPLATES
        self._sources = sources
        self._environment: Environment | None = None

    def identify(self) -> bytes:
        """Return a digest of all templates."""
        files = sorted(self._folder.glob("*.html"))
        return digest(*(part for file in files for part in (file.name, file.read_bytes())))

    def render(self, page: Page) -> bytes:
        """Return a page as UTF-8."""
        if self._environment is None:
            self._environment = _make_environment(self._folder, self._sources)
        template = self._environment.get_template(page.template)
        text = template.render(page=page, model=page.model)
        text = text.replace(ROOT, way_to_root(page.address))
        return text.encode("utf-8", "backslashreplace")


def _make_environment(folder: Path, sources: Sources) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # costs start-up time

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=_finalize,
    )
    environment.filters |= make_filters(sources.directory)
    environment.globals |= {
        "site_title": sources.title,
        "workspace": sources.snapshot.settings.name,
        "audience": sources.audience,
        "base_url": sources.base_url,
        "menu": MENU,
    }
    return environment


def _finalize(value: Any) -> Any:
    """Show what does not print, whatever a template puts into a page."""
    if type(value) is str:  # what has been made safe is of a class of its own
        return show_invisible(value)
    return "" if value is None else value
