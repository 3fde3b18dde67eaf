"""The words of a query, before anybody knows what they mean.

``CLI.md`` gives the grammar: ``field:a,b``, ``field<v``, ``<=``, ``>``, ``>=``, a minus before a
word, quotation marks around what holds a blank.
"""

import re

import msgspec

MAX_LENGTH = 10_000
"""Characters of a query."""

_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_FIELD = re.compile(
    r"(?P<field>[A-Za-z][A-Za-z0-9_-]*)(?P<operator>:|<=|>=|<|>)(?P<values>.*)", re.S
)
_VALUE = re.compile(r'(?:[^,"]|"[^"]*")+')


class QueryProblem(msgspec.Struct, frozen=True):
    """Why a query cannot be understood, and what to do about it (or ``""``)."""

    message: str
    hint: str = ""


class Word(msgspec.Struct, frozen=True):
    """One word.

    Attributes:
        text: The text without quotation marks; without the minus, too.
        negated: Whether a minus stands before it.
        quoted: Whether it is meant as text, whatever it looks like.
        field: The field that it speaks of, or ``""``.
        operator: ``:``, ``<``, ``<=``, ``>`` or ``>=``, if there is a field.
        values: What follows the operator, at least one.
    """

    text: str
    negated: bool = False
    quoted: bool = False
    field: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()


def parse_words(query: str) -> tuple[Word, ...] | QueryProblem:
    """Split a query into its words."""
    if len(query) > MAX_LENGTH:
        return QueryProblem(f"the query is longer than {MAX_LENGTH:,} characters")
    if query.count('"') % 2:
        return QueryProblem('a quotation mark `"` is not closed')
    words = []
    for found in _WORD.finditer(query):
        word = _parse_word(found.group())
        if isinstance(word, QueryProblem):
            return word
        words.append(word)
    return tuple(words)


def _parse_word(text: str) -> Word | QueryProblem:
    negated = text.startswith("-") and len(text) > 1
    bare = text[1:] if negated else text
    if bare.startswith('"'):
        return Word(_unquote(bare), negated, quoted=True)
    found = _FIELD.fullmatch(bare)
    if found is None:
        return Word(_unquote(bare), negated)
    values = tuple(_unquote(value) for value in _VALUE.findall(found["values"]))
    if not values:
        field = found["field"]
        return QueryProblem(f"`{bare}` has no value", f"`{field}:none` finds work without it")
    field, operator = found["field"], found["operator"]
    return Word(_unquote(bare), negated, field=field, operator=operator, values=values)


def _unquote(text: str) -> str:
    return text.replace('"', "")
