"""Pages as HTML: one environment of Jinja2 over the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork.site.address import way_to_root
from plainwork.site.digest import digest
from plainwork.site.filters import make_filters
from plainwork.site.links import ROOT
from plainwork.site.menu import MenuGroup, find_menu
from plainwork.site.other_forms import find_other_forms
from plainwork.site.page import Page
from plainwork.site.sources import Sources

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

TEMPLATES = "templates"
_MOST_REMEMBERED = 50_000
_ROOT = ROOT.encode()


class Renderer:
    """Renders the pages of one site.

    Args:
        folder: The folder `site` that plainwork brings with it.
        sources: What the site is made from.
        compiled: Where compiled templates are kept between builds, or None: nowhere.
    """

    def __init__(self, folder: Path, sources: Sources, compiled: Path | None = None) -> None:
        self._folder = folder / TEMPLATES
        self._sources = sources
        self._compiled = compiled

    def identify(self) -> bytes:
        """Return a digest of all templates."""
        files = sorted(self._folder.glob("*.html"))
        return digest(*(part for file in files for part in (file.name, file.read_bytes())))

    @cached_property
    def looked_up(self) -> bytes:
        """A digest of what a page is rendered with beside its own values."""
        return digest(self.identify(), self._sources.keys.names)

    def prepare(self) -> None:
        """Load every template, so that processes that are started next have them."""
        _ = self.looked_up
        for name in self._environment.list_templates():
            self._template(name)

    def render(self, page: Page) -> bytes:
        """Return a page as UTF-8."""
        text = self._template(page.template).render(page=page, model=page.model)
        data = text.encode("utf-8", "backslashreplace")  # bytes are searched faster
        root = escape(page.root) or way_to_root(page.address)
        return data.replace(_ROOT, root.encode())

    @cached_property
    def _template(self) -> Callable[[str], Template]:
        return cache(self._environment.get_template)

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import FileSystemLoader, StrictUndefined  # costs start-up time

        from plainwork.site.compiling import CompiledTemplates, SiteEnvironment, finish

        sources = self._sources
        environment = SiteEnvironment(
            loader=FileSystemLoader(self._folder),
            bytecode_cache=CompiledTemplates(self._compiled),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            finalize=finish,
        )
        environment.filters |= make_filters(sources.directory)
        environment.globals |= {
            "site_title": sources.title,
            "workspace": sources.snapshot.settings.name,
            "audience": sources.audience,
            "base_url": sources.base_url,
            "cut_off": sources.log.shallow,
            "menu": _make_menu(environment, find_menu(sources.snapshot)),
            "other_forms": find_other_forms,
            "lines": _make_lines(),
        }
        return environment


def _make_lines() -> Callable[..., Markup]:
    """Return what makes a line of each of some values by a macro, once for all pages."""
    from markupsafe import Markup  # costs start-up time

    kept: dict[Callable[..., Markup], dict[Any, Markup]] = {}

    def render(macro: Callable[..., Markup], values: Iterable[Any]) -> Markup:
        known = kept.setdefault(macro, {})
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        lines = []
        for value in values:
            line = known.get(value)
            if line is None:
                line = known[value] = macro(value)
            lines.append(line)
        return Markup("\n".join(lines))  # noqa: S704 - macros escape

    return render


def _make_menu(environment: Environment, groups: Sequence[MenuGroup]) -> Callable[[Page], Markup]:
    """Return what renders the menu of a page: the same for all that belong to one entry."""
    from markupsafe import Markup  # costs start-up time

    @cache
    def render(section: str, address: str) -> Markup:
        template = environment.get_template("menu.html")
        # A template escapes what it is given.
        return Markup(template.render(groups=groups, section=section, address=address))  # noqa: S704

    own = {entry.address for group in groups for entry in group.entries}
    return lambda page: render(page.section, page.address if page.address in own else "")
