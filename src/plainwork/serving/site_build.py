"""Building the site of a workspace into a folder."""

from __future__ import annotations

import os
from functools import partial
from hashlib import blake2b
from pathlib import Path

from plainwork.reporting.csv import format_columns_csv
from plainwork.reporting.envelope import fill_list, format_entry, to_json_bytes
from plainwork.serving.kept_values import find_kept
from plainwork.serving.site_place import refuse_place
from plainwork.site.address import way_from_host
from plainwork.site.assets import plan_assets
from plainwork.site.building import Tell, write_site
from plainwork.site.crawling import plan_crawling
from plainwork.site.exchange import plan_exchange
from plainwork.site.gather import gather
from plainwork.site.page import finish
from plainwork.site.rendering import Renderer
from plainwork.site.report import Built, SiteProblem
from plainwork.site.sources import Sources
from plainwork.storage.cache_file import write_cache
from plainwork.storage.parallel import map_runs_to_bytes, map_to_bytes
from plainwork.storage.resources import find_resource, identify_program
from plainwork.storage.sealed import DamagedIndexError, seal, unseal

_WORTH_FORKING = 30
"""Making the page of a person or project takes milliseconds."""


class SitePlan:
    """Every file of a site; none has been made yet.

    Args:
        root: The workspace's root.
        sources: What the site is made from.
    """

    def __init__(self, root: Path, sources: Sources) -> None:
        folder = find_resource("site")
        # What takes longest first: then all cores are done at the same time.
        outputs = [*plan_assets(folder), *plan_exchange(sources, _Forms()), *gather(sources)]
        addresses = [output.address for output in outputs]
        outputs += plan_crawling(addresses, audience=sources.audience, base=sources.base_url)
        # First of all what tells of the past: one process then reads history for all of it.
        outputs.sort(key=lambda output: not output.of_past)
        self._outputs = {output.address: output for output in outputs}
        self._sources = sources
        self._kept = find_kept(root)
        self._root = root
        self._renderer = Renderer(folder, sources, self._kept and self._kept / "templates")

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of all files."""
        return frozenset(self._outputs)

    def make(self, address: str) -> bytes | None:
        """Return the file that will be at an address, or None if there will be none."""
        output = self._outputs.get(address)
        if output is None:
            return None
        made = output.make()
        if isinstance(made, bytes):
            return made
        (page,) = finish([made])
        return self._renderer.render(page)

    def write(self, output: Path, tell: Tell) -> Built:
        """Write the site; what did not change since the last build stays as it is.

        Args:
            output: The folder, made if there is none.
            tell: Is told how far it is.

        Raises:
            UsageError: If the folder is no place for a site, or has foreign files where it must be.
            StorageError: If a file could not be written.
        """
        refuse_place(output, self._root, self._sources.snapshot.settings.folder_kinds)
        return write_site(
            self._outputs.values(),
            output,
            renderer=self._renderer,
            memory=_BuildMemory(self._kept, output),
            in_parallel=partial(map_runs_to_bytes, worth=_WORTH_FORKING),
            find_work=self._sources.directory.work,
            tell=tell,
        )


class _Forms:
    """Data as commands print it."""

    json = staticmethod(to_json_bytes)
    entry = staticmethod(format_entry)
    fill = staticmethod(fill_list)
    csv = staticmethod(format_columns_csv)


def check_built(output: Path, base_url: str = "") -> tuple[SiteProblem, ...]:
    """Return what is wrong with a site that has been built: dead links, and unsound pages.

    Args:
        output: Its folder.
        base_url: Where it will be, with a slash at its end, or ``""``.
    """
    from plainwork.site.checking import check_site  # costs start-up time, and few ask for it

    return check_site(output, way_from_host(base_url), map_to_bytes)


class _BuildMemory:
    """What the last build into a folder made, kept in the Git folder.

    It would tell too much where the site is published: a digest of what is left out proves a
    guess right. Without Git every build is a full one, and so is the first of another plainwork.
    """

    def __init__(self, kept: Path | None, output: Path) -> None:
        name = blake2b(os.fsencode(os.path.realpath(output)), digest_size=8).hexdigest()
        self._file = kept / name if kept else None

    def load(self) -> bytes:
        """Return what was saved last, or ``b""``."""
        if self._file is None:
            return b""
        try:
            data = bytes(unseal(self._file.read_bytes()))
        except (OSError, DamagedIndexError):
            return b""
        program = identify_program()
        return data.removeprefix(program) if data.startswith(program) else b""

    def save(self, data: bytes) -> None:
        """Keep something for the next build."""
        if self._file is not None:
            write_cache(self._file, [seal(identify_program() + data)])
