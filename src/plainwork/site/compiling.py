"""How Jinja2 compiles a site's templates: to less work for each value that a page shows.

What Jinja2 compiles by default bears with any object that a caller may pass: a name may be an
attribute or a key, what is called may want the context, a macro may be called in any way, and a
value is looked at once to finish and once more to escape it. Templates of a site show frozen
values, so a name is an attribute; a macro is a function, whose values are given by position; and
one function both finishes and escapes: nothing gets into a page past it.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

from plainwork import __version__
from plainwork.site.text import show_invisible

_MOST_KEPT = 4096
_LONGEST_KEPT = 200


def finish(value: Any) -> str:
    """Return what stands in a page for a value: escaped, and nothing in it that does not print."""
    if type(value) is Markup:  # it has been made safe
        return value
    if type(value) is str:
        return _finish_short(value) if len(value) <= _LONGEST_KEPT else _finish_text(value)
    return "" if value is None else escape(value)


def _finish_text(text: str) -> str:
    return escape(show_invisible(text))


_finish_short = lru_cache(_MOST_KEPT)(_finish_text)
"""Names of people, states and fields stand in most pages."""


class _Generator(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.finalize(")  # it escapes, too

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
        else:
            self.write("environment.as_macro(macro)")

    def return_buffer_contents(
        self,
        frame: Frame,
        force_unescaped: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        self.writeline(f"return environment.trust(concat({frame.buffer}))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja2's
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(")")


class SiteEnvironment(Environment):
    """An environment whose templates are compiled like that; it always escapes."""

    code_generator_class = _Generator
    trust = partial(str.__new__, Markup)
    """Marks what a template has put together of safe pieces; in C, for every macro does it."""

    @staticmethod
    def as_macro(function: FunctionType) -> Callable[..., Markup]:
        """Return what a template calls; values that are left out get their defaults."""
        function.__defaults__ = (missing,) * function.__code__.co_argcount
        return function

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template may name: a dictionary is copied faster than a chain of them."""
        return {**self.globals, **(d or {})}


_COMPILED: dict[tuple[str, str], CodeType] = {}


class CompiledTemplates(BytecodeCache):
    """Templates that have been compiled: in memory for the next site of this process, and in files.

    Compiling them takes longer than most builds, and reading them longer than a page.

    Args:
        folder: Where the files are, for the next process; None: there are none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._files = _open_files(folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if its template has been compiled as it is now."""
        bucket.code = _COMPILED.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._files is not None:
            self._files.load_bytecode(bucket)
            self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._remember(bucket)
        if self._files is not None:
            self._files.dump_bytecode(bucket)

    @staticmethod
    def _remember(bucket: Bucket) -> None:
        if bucket.code is not None:
            _COMPILED[bucket.key, bucket.checksum] = bucket.code


def _open_files(folder: Path | None) -> FileSystemBytecodeCache | None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            return FileSystemBytecodeCache(str(folder), f"{__version__}-%s")
    except OSError:  # what cannot be kept is compiled again
        pass
    return None
