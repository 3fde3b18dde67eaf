"""What ``plainwork.toml`` says."""

from datetime import date

import msgspec

DOCUMENT_FOLDERS: dict[str, tuple[str, ...]] = {
    "items": ("work",),
    "projects": ("projects",),
    "routines": ("routines",),
    "workflows": ("workflows",),
    "people": ("people",),
    "teams": ("teams",),
    "agents": ("agents",),
    "policies": ("policies",),
    "records": ("records",),
}
"""The default folders of each kind of document, by the name that ``[folders]`` uses."""

FOLDER_KINDS = {
    "items": "work",
    "projects": "work",
    "routines": "work",
    "workflows": "workflow",
    "people": "person",
    "teams": "team",
    "agents": "agent",
    "policies": "policy",
    "records": "record",
}
"""The kind of document that a folder of ``[folders]`` holds."""

FOLDER_OF_WORK = {"item": "items", "project": "projects", "routine": "routines"}
"""The name in ``[folders]`` of where new work of a kind is put: in the first of its folders."""


class Calendar(msgspec.Struct, frozen=True):
    """Working hours: seven tuples of (start, end) in minutes after midnight, Monday first."""

    name: str
    hours: tuple[tuple[tuple[int, int], ...], ...]
    holidays: tuple[date, ...] = ()


class View(msgspec.Struct, frozen=True):
    """A saved query."""

    name: str
    query: str
    sort: str = ""


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """The workspace's own settings, defaults filled in."""

    name: str = ""
    timezone: str = "UTC"
    currency: str = "EUR"
    default_workflow: str = "task"
    calendar: str = ""
    prefix: str = "w"
    folders: dict[str, tuple[str, ...]] = msgspec.field(default_factory=DOCUMENT_FOLDERS.copy)
    calendars: dict[str, Calendar] = {}
    views: dict[str, View] = {}
    workspaces: dict[str, str] = {}
    forge_kind: str = ""
    forge_repository: str = ""
    forge_url: str = ""
    site_title: str = ""
    site_audience: str = "internal"
    site_persons: str = "duties"

    @property
    def folder_kinds(self) -> dict[str, str]:
        """The kind of document that each folder holds, unless a deeper one holds another."""
        return {
            folder: FOLDER_KINDS[name]
            for name, folders in self.folders.items()
            for folder in folders
        }
