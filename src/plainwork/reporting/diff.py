"""Changes of files as Git prints them, for people to read and for ``git apply``."""

from collections.abc import Iterable, Iterator, Sequence

from plainwork.reporting.text import Style, escape_line, style

_CONTEXT = 3
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}
_COLORS: dict[str, Style] = {"@": "cyan", "+": "green", "-": "red"}


def format_unified_diff(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """Yield the lines of a file's change, without the line feeds at their ends.

    The lines are exact: a carriage return stays one, and bytes that are no UTF-8 are lone
    surrogates (``surrogateescape``), so that what is written the same way can be applied.

    Args:
        path: Relative to the root of the repository, with slashes.
        before: None if the file is new.
        after: None if the file is deleted.
    """
    if before == after:
        return
    old, new = _quote(f"a/{path}"), _quote(f"b/{path}")
    yield f"diff --git {old} {new}"
    if before is None:
        yield "new file mode 100644"
    if after is None:
        yield "deleted file mode 100644"
    if before or after:
        yield f"--- {'/dev/null' if before is None else _ended(old)}"
        yield f"+++ {'/dev/null' if after is None else _ended(new)}"
        yield from _hunks(_lines(before or b""), _lines(after or b""))


def format_for_terminal(lines: Iterable[str], *, color: bool) -> Iterator[str]:
    r"""Yield the lines of a diff as people see them: carriage returns and the like as ``\r``."""
    header = False
    for line in lines:
        # Only a header begins with `d`, and `--- ` may also be a deleted line.
        header = line.startswith("diff ") or (header and not line.startswith("@@"))
        shown = "\t".join(map(escape_line, line.split("\t")))
        yield style(shown, "bold" if header else _COLORS.get(line[:1], "dim"), on=color)


def _hunks(before: Sequence[bytes], after: Sequence[bytes]) -> Iterator[str]:
    import difflib

    # Most changes are one line of a file: what is the same at both ends is not compared.
    start = _common(before, after)
    limit = min(len(before), len(after)) - start  # a line belongs to one end only
    end = min(_common(before[::-1], after[::-1]), limit)
    matcher = difflib.SequenceMatcher(
        None, before[start : len(before) - end], after[start : len(after) - end]
    )
    operations = [
        ("equal", 0, start, 0, start),
        *(
            (operation, i + start, j + start, k + start, m + start)
            for operation, i, j, k, m in matcher.get_opcodes()
        ),
        ("equal", len(before) - end, len(before), len(after) - end, len(after)),
    ]
    # Grouped by difflib, which looks here first; then both ends are context as all else is.
    vars(matcher)["opcodes"] = [
        each for each in operations if each[1] < each[2] or each[3] < each[4]
    ]
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        _, old_from, _, new_from, _ = group[0]
        _, _, old_to, _, new_to = group[-1]
        yield f"@@ -{_span(old_from, old_to)} +{_span(new_from, new_to)} @@"
        for operation, i, j, k, m in group:
            if operation == "equal":
                yield from _marked(" ", before[i:j])
            else:
                yield from _marked("-", before[i:j])
                yield from _marked("+", after[k:m])


def _common(left: Sequence[bytes], right: Sequence[bytes]) -> int:
    """Return how many lines at the start are the same."""
    count = 0
    for ours, theirs in zip(left, right, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _marked(mark: str, lines: Sequence[bytes]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix(b"\n").decode("utf-8", "surrogateescape")
        if not line.endswith(b"\n"):
            yield r"\ No newline at end of file"


def _lines(content: bytes) -> list[bytes]:
    """Return the lines with their ends; a line feed ends one and nothing else does."""
    *lines, last = content.split(b"\n")
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _span(start: int, end: int) -> str:
    """Return lines counted from 1 as a hunk names them; an empty span by the line before it."""
    count = end - start
    first = start + 1 if count else start
    return str(first) if count == 1 else f"{first},{count}"


def _quote(path: str) -> str:
    """Return a path as Git quotes it: in C's escapes where it has control characters or quotes."""
    quoted = "".join(map(_quoted_character, path))
    return path if quoted == path else f'"{quoted}"'


def _quoted_character(character: str) -> str:
    code = ord(character)
    if code in _ESCAPES:
        return f"\\{_ESCAPES[code]}"
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def _ended(name: str) -> str:
    """Return a name as it stands in a line of its own: a tab ends one that has blanks."""
    return f"{name}\t" if " " in name else name
