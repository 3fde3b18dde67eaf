"""Attributes that make Git show, merge or store a file otherwise than its bytes are.

A forge may obey them, a scratch repository does not; so none may stand on what is judged. Format:
gitattributes(5). What is hard to match is taken to match.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import msgspec

from plainwork.analysis.globs import matches_glob

_ALTERING = frozenset({"merge", "filter", "ident", "working-tree-encoding"})
_BUILT_IN_MACROS = frozenset({"binary"})  # -diff -merge -text
_MACRO = "[attr]"
_HARD = frozenset('"[\\')


class AlteringPattern(msgspec.Struct, frozen=True):
    """A line of ``.gitattributes`` that gives an altering attribute.

    Attributes:
        folder: Where the file lies, from the repository's top, with ``/`` behind it; or ``""``.
        pattern: Which files below are meant.
        attribute: The attribute, as written.
        line: Where it stands.
    """

    folder: str
    pattern: str
    attribute: str
    line: int

    def matches(self, path: str) -> bool:
        """Tell whether it is about a file, by its path from the repository's top."""
        if not path.startswith(self.folder):
            return False
        if not _HARD.isdisjoint(self.pattern):
            return True
        inner = path.removeprefix(self.folder)
        if "/" in self.pattern:
            return matches_glob(inner, self.pattern.removeprefix("/"))
        return fnmatchcase(inner.rpartition("/")[2], self.pattern)


def parse_altering_patterns(
    data: bytes, folder: str, macros: frozenset[str] = frozenset()
) -> tuple[AlteringPattern, ...]:
    """Return the lines of a ``.gitattributes`` that alter what they match.

    Args:
        data: The file's bytes.
        folder: Where it lies, as :class:`AlteringPattern` has it.
        macros: Names of attributes that stand for altering ones; see :func:`find_macros`.
    """
    altering = _ALTERING | _BUILT_IN_MACROS | macros
    return tuple(
        AlteringPattern(folder, pattern, attribute, number)
        for number, pattern, attributes in _lines(data)
        if pattern != _MACRO
        for attribute in attributes
        if _alters(attribute, altering)
    )


def find_macros(data: bytes) -> frozenset[str]:
    """Return the macros of a ``.gitattributes`` that stand for altering attributes."""
    found: frozenset[str] = frozenset()
    for _, pattern, attributes in _lines(data):
        known = _ALTERING | _BUILT_IN_MACROS | found
        if pattern == _MACRO and any(_alters(each, known) for each in attributes[1:]):
            found |= {attributes[0]}
    return found


def _lines(data: bytes) -> list[tuple[int, str, list[str]]]:
    """Return number, pattern and attributes of each line; of a macro, its name comes first."""
    found = []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        text = line.strip().removeprefix("\ufeff")
        if not text or text.startswith("#"):
            continue
        if text.startswith(_MACRO):
            found.append((number, _MACRO, text.removeprefix(_MACRO).split() or [""]))
        elif text.startswith('"'):
            _, _, rest = text[1:].partition('"')
            found.append((number, '"', rest.split()))
        else:
            pattern, *attributes = text.split()
            found.append((number, pattern, attributes))
    return found


def _alters(attribute: str, altering: frozenset[str]) -> bool:
    """Tell whether an attribute, as written, is given: ``-merge`` merges in another way, too."""
    name = attribute.lstrip("-").partition("=")[0]
    return name in altering and (not attribute.startswith("-") or name in ("merge", "binary"))
