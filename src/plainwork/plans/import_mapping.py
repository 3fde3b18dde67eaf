"""What a mapping says: how the files of another tool become work, people and teams."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dictionary

import msgspec

from plainwork.analysis.globs import matches_glob
from plainwork.model.field_type import Either, FieldType, Many
from plainwork.model.workflow import Workflow


class Form(msgspec.Struct, frozen=True):
    r"""One way in which something is written, and what is read from it.

    Attributes:
        pattern: For the whole text, whatever its case.
        is_: What is read, with ``\1`` for what the first group matched.
    """

    pattern: re.Pattern[str]
    is_: str

    def read(self, text: str) -> str | None:
        """Return what a text of this form means, or None if it has another."""
        match = self.pattern.fullmatch(text.strip())
        return match.expand(self.is_) if match else None


def read_form(text: str, forms: tuple[Form, ...]) -> str | None:
    """Return what the first form that a text has makes of it, or None if it has none."""
    return next((found for form in forms if (found := form.read(text)) is not None), None)


class IdForm(msgspec.Struct, frozen=True):
    """A form of an id, and the field that holds it; ``""``: the path of the file."""

    field: str
    form: Form


class FieldRule(msgspec.Struct, frozen=True):
    """What becomes of one field of the source.

    Attributes:
        to: The fields that it becomes; ``links.relates`` is one.
        values: What a word of the source is called here.
        usual: The words of ``values`` that need not be kept: one for each word here.
        forms: If there are any, only what has one of them is read.
    """

    to: tuple[str, ...]
    values: dict[str, str] = {}
    usual: frozenset[str] = frozenset()
    forms: tuple[Form, ...] = ()


class WorkRule(msgspec.Struct, frozen=True):
    """How one kind of file becomes work.

    Attributes:
        workflow: The workflow that it gets.
        status: The state that it gets if its file names none that is known.
        ids: Where its id is found; the first that gives one counts.
        aliases: Where further ids are found; all count.
        fields: What becomes of the fields of the source, by their names there.
        targets: What the fields here may hold.
    """

    workflow: Workflow
    status: str
    ids: tuple[IdForm, ...]
    aliases: tuple[IdForm, ...]
    fields: dict[str, FieldRule]
    targets: dict[str, FieldType]


class FileRule(msgspec.Struct, frozen=True):
    """What becomes of some of the files; exactly one of the last four is set.

    Attributes:
        match: Globs, from the folder that is imported.
        work: They become work.
        teams: They define teams: the key of the map from names to people.
        copy: They are copied as they are.
        skip: They are no work; why.
    """

    match: tuple[str, ...]
    work: WorkRule | None = None
    teams: str = ""
    copy: bool = False
    skip: str = ""


class PartyRules(msgspec.Struct, frozen=True):
    """How people, teams and agents are written; what is read is a login or a team's id.

    Attributes:
        forge: Where the logins are accounts.
    """

    forge: str = ""
    teams: tuple[Form, ...] = ()
    agents: tuple[Form, ...] = ()
    people: tuple[Form, ...] = ()


class Mapping(msgspec.Struct, frozen=True):
    """How a folder becomes work.

    Attributes:
        title: What is imported, for people.
        root: The folder below the given one that holds the files, if it is there.
        owner: Who answers for new workflows and for agents; ``""``: whoever imports.
        timezone: In which days begin, if the past is looked at.
        parties: How people are found.
        workflows: The text of workflows that are made if the workspace has none of that id.
        files: The first that matches counts.
    """

    title: str
    root: str
    owner: str
    timezone: str
    parties: PartyRules
    workflows: Dictionary[str, str]
    files: tuple[FileRule, ...]

    def find_rule(self, path: str) -> FileRule | None:
        """Return what becomes of a file, or None if nothing is said about it."""
        for rule in self.files:
            if any(matches_glob(path, glob) for glob in rule.match):
                return rule
        return None


def find_single(type_: FieldType) -> FieldType:
    """Return the type of the entries of a list, and of other values their own."""
    if isinstance(type_, Many):
        return find_single(type_.item)
    if isinstance(type_, Either) and type_.scalar is not None:
        return type_.scalar
    return type_
