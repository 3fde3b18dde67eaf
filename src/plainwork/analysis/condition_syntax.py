"""The words of a condition, and the limits that keep its evaluation short.

The limits are ``FORMAT.md``'s: four nested ``all`` over sixty elements take seconds, and a regular
expression is a program of its own. They are read off the words, so a text within them may still
be no CEL; the compiler says so.
"""

import re
from itertools import pairwise

import msgspec

MAX_LENGTH = 1_000
"""Characters of a condition."""

MAX_DEPTH = 20
"""How deep brackets may nest."""

_LOOPS = frozenset({"all", "exists", "exists_one", "existsOne", "map", "filter"})
"""The macros that go through a list; a condition may use one, once."""

# In the order in which CEL's own lexer decides: the longest string first, and in raw strings a
# backslash is a character like any other.
_TOKEN = re.compile(
    r"""
      (?P<string>
          [bB]?[rR](?:\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}|"[^"\n\r]*"|'[^'\n\r]*')
        | [bB]?(?:\"{3}(?:\\[\s\S]|[^\\])*?\"{3}|'{3}(?:\\[\s\S]|[^\\])*?'{3}
                 |"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
      )
    | (?P<comment>//[^\n]*)
    | (?P<number>(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)[uU]?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)


class Token(msgspec.Struct, frozen=True):
    """One word: its kind is ``string``, ``number``, ``name`` or ``mark``."""

    kind: str
    text: str


def parse_tokens(text: str) -> tuple[Token, ...]:
    """Split a condition into its words, without comments."""
    return tuple(
        Token(found.lastgroup or "", found.group())
        for found in _TOKEN.finditer(text)
        if found.lastgroup != "comment"
    )


def find_excess(text: str) -> tuple[str, ...]:
    """Return what is too long, too deep or too costly in a condition."""
    if len(text) > MAX_LENGTH:
        return (f"longer than {MAX_LENGTH:,} characters",)
    tokens = parse_tokens(text)
    found = []
    if _depth(tokens) > MAX_DEPTH:
        found.append(f"brackets nest deeper than {MAX_DEPTH}")
    calls = _calls(tokens)
    loops = [name for name in calls if name in _LOOPS]
    if len(loops) > 1:
        found.append(
            f"more than one of all, exists, exists_one, map and filter: {', '.join(loops)}"
        )
    if "matches" in calls:
        found.append("`matches` is not available; contains, startsWith and endsWith are")
    return tuple(found)


def find_loop_variables(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return the names that a loop gives to the elements of its list."""
    texts = [token.text for token in tokens]
    return frozenset(
        texts[index + 2]
        for index, text in enumerate(texts[:-2])
        if text in _LOOPS and texts[index + 1] == "("
    )


def find_members(tokens: tuple[Token, ...], of: str) -> tuple[str, ...]:
    """Return the names that follow ``of.``, each once, in the order of the text."""
    texts = [token.text for token in tokens]
    return tuple(
        dict.fromkeys(
            texts[index + 2]
            for index, text in enumerate(texts[:-2])
            if text == of and texts[index + 1] == "." and tokens[index + 2].kind == "name"
        )
    )


def find_keys(tokens: tuple[Token, ...], of: str) -> tuple[str, ...]:
    """Return what is looked up in a map, each once: ``of["key"]``, ``of.key``, ``"key" in of``."""
    found: dict[str, None] = dict.fromkeys(find_members(tokens, of))
    for before, between, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.text == of and between.text == "[" and after.kind == "string":
            found[unquote(after.text)] = None
        elif after.text == of and between.text == "in" and before.kind == "string":
            found[unquote(before.text)] = None
    return tuple(found)


def unquote(text: str) -> str:
    """Return what stands between the quotes of a string; escapes stay as they are."""
    bare = text.lstrip("bBrR")
    width = 3 if bare[:3] in ('"""', "'''") else 1
    return bare[width:-width]


def _depth(tokens: tuple[Token, ...]) -> int:
    depth = deepest = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            deepest = max(deepest, depth)
    return deepest


def _calls(tokens: tuple[Token, ...]) -> list[str]:
    return [
        token.text
        for token, following in pairwise(tokens)
        if token.kind == "name" and following.text == "("
    ]
