"""Making a document worse: bytes, lines, and the YAML in it."""

import re
from collections.abc import Callable
from random import Random

_TIMES = (1, 1, 1, 1, 2, 2, 3, 6)  # often one: the rest of the document is then still read
_LONGEST_RUN = 2_000

_FRAGMENTS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *("[", "]", "{", "}", "[[", "- ", ": ", "? ", "| ", ">-\n", "|2+\n", "#", " #", ",", "\t"),
        *(
            "&a ",
            "*a",
            "<<: *a",
            "!!str ",
            "!x ",
            "%YAML 1.2\n",
            "...\n",
            "---\n",
            "---",
            "--- x\n",
        ),
        *("'", '"', "`", "@", "\\", '"\\x00"', '"\\ud800"', '"\\u2028"', '"\\U00110000"', "\\"),
        *("\r", "\r\n", "\n", "\n\n", "\0", "\x07", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff"),
        *("\u200b", "\u202e", "\u200d", "e\u0301", "\u0661", "\U0001f4e6", "\U000e0041", "\ufffe"),
        *("\ud800", "ﬀ", "ß", "\xa0", "{{ x }}", "{% for %}", "- [ ] ", "- [x] ", "## Template\n"),
        *("```\n", "<!--", "-->", "# ", "## Acceptance\n", "[a](b)", "=" * 5, "key = 1\n", '"""\n'),
    )
)
_VALUES = tuple(
    text.encode()
    for text in (
        *("", "null", "~", "true", "no", "0", "-0", "1e999", "-1", "0x10", "1_000", ".inf", "NaN"),
        *("9" * 400, "1." + "0" * 400, "12:30:45", "2026-02-30", "0000-01-01", "9999-12-31"),
        *("2026-05-01T25:00:00Z", "2026-05-01T10:00:00+99:99", "3bd", "-3d", "9999999999w", "50%"),
        *(
            "1840.50 USD",
            "1 usd",
            "date + 3bd",
            "date - 99999999bd",
            "١٢٣",
            "a" * 200,
            "A.B.C",
            ".",
        ),
        *(
            "https://",
            "http://[::1",
            "mailto:@",
            "file:///etc/passwd",
            "../../x",
            "C:\\x",
            "owner.x",
        ),
        *(
            "[]",
            "{}",
            "[a, [b, [c]]]",
            "{a: {b: {c: d}}}",
            "[,]",
            "{a}",
            "- a",
            "? a",
            '"',
            "'a",
            "|",
        ),
        *("FREQ=DAILY;INTERVAL=0", "FREQ=X", "true && ", "a.b(", "(" * 50, "!x", "&a b", "*a", "%"),
    )
)
_LINE_WITH_VALUE = re.compile(rb"^([ \t-]*[\w-]+:)[ \t]*(.*)$", re.MULTILINE)

Mutation = Callable[[Random, bytes, bytes], bytes]


def mutate(random: Random, data: bytes, other: bytes) -> bytes:
    """Return a document made worse some times over; ``other`` lends its parts."""
    for _ in range(random.choice(_TIMES)):
        [change] = random.choices(_MUTATIONS, _WEIGHTS)
        data = change(random, data, other)
    return data


def _flip_bit(random: Random, data: bytes, _: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return (
        data[:at]
        + bytes(byte ^ (1 << random.randrange(8)) for byte in data[at : at + 1])
        + (data[at + 1 :])
    )


def _insert_byte(random: Random, data: bytes, _: bytes) -> bytes:
    return _insert(random, data, random.randbytes(1))


def _insert_fragment(random: Random, data: bytes, _: bytes) -> bytes:
    return _insert(random, data, random.choice(_FRAGMENTS))


def _insert_run(random: Random, data: bytes, _: bytes) -> bytes:
    return _insert(random, data, random.choice(_FRAGMENTS) * random.randint(2, _LONGEST_RUN))


def _remove_slice(random: Random, data: bytes, _: bytes) -> bytes:
    start, end = _slice(random, data)
    return data[:start] + data[end:]


def _repeat_slice(random: Random, data: bytes, _: bytes) -> bytes:
    start, end = _slice(random, data)
    return data[:end] + data[start:]


def _truncate(random: Random, data: bytes, _: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _splice(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _slice(random, other)
    return _insert(random, data, other[start:end])


def _swap_lines(random: Random, data: bytes, _: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _repeat_line(random: Random, data: bytes, _: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return b"".join(lines)


def _indent_line(random: Random, data: bytes, _: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = random.randrange(len(lines))
    lines[at] = random.choice((b" ", b"  ", b"\t", b"- ", b"# ")) + lines[at]
    return b"".join(lines)


def _replace_value(random: Random, data: bytes, _: bytes) -> bytes:
    return _with_value(random, data, lambda _: random.choice(_VALUES))


def _wrap_value(random: Random, data: bytes, _: bytes) -> bytes:
    depth = random.choice((1, 2, 15, 16, 17, 500))
    before, after = random.choice(((b"[", b"]"), (b"{a: ", b"}"), (b'"', b'"'), (b"{", b"}")))
    return _with_value(random, data, lambda value: before * depth + value + after * depth)


def _move_value(random: Random, data: bytes, other: bytes) -> bytes:
    values = [match[2] for match in _LINE_WITH_VALUE.finditer(other)] or [b""]
    return _with_value(random, data, lambda _: random.choice(values))


def _with_value(random: Random, data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    matches = list(_LINE_WITH_VALUE.finditer(data))
    if not matches:
        return data
    match = random.choice(matches)
    return data[: match.end(1)] + b" " + change(match[2]) + data[match.end() :]


def _insert(random: Random, data: bytes, inserted: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + inserted + data[at:]


def _slice(random: Random, data: bytes) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 2, 5, 20, 100, 1_000)))


_MUTATIONS: tuple[Mutation, ...] = (
    _flip_bit,
    _insert_byte,
    _insert_fragment,
    _insert_run,
    _remove_slice,
    _repeat_slice,
    _truncate,
    _splice,
    _swap_lines,
    _repeat_line,
    _indent_line,
    _replace_value,
    _wrap_value,
    _move_value,
)
_WEIGHTS = [4 if change in (_replace_value, _move_value) else 1 for change in _MUTATIONS]
