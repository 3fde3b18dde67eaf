"""Changes and evidence from texts in memory, as the gate would load them from Git and a forge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from plainwork.approvals.changed_fields import (
    Reading,
    compute_changed_fields,
    find_lines,
    make_reading,
)
from plainwork.approvals.decision import decide
from plainwork.approvals.document_pairs import pair_documents
from plainwork.model.change import (
    Change,
    ChangedDocument,
    Contributor,
    Fault,
    FileState,
    SeenDocument,
)
from plainwork.model.decision import Decision
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.evidence import (
    EVIDENCE_SCHEMA,
    AccountKind,
    Evidence,
    ForgeAccount,
    Review,
    ReviewState,
    SeenHead,
)
from plainwork.model.snapshot import Snapshot
from plainwork.model.step_makers import StepMakers
from plainwork.model.work import Work
from plainwork.parsing.settings_file import parse_settings
from plainwork.storage.document_groups import read_groups
from plainwork.storage.reading import SourceFile
from plainwork.storage.repository import TreeEntry
from plainwork.storage.snapshots import build_snapshot
from plainwork.storage.tree_scan import select_documents
from plainwork.storage.work_columns import KnownColumns

Files = Mapping[str, str]
Key = tuple[str, str]

MARKER = "plainwork.toml"
NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
REPOSITORY, REF = "acme/operations", "refs/heads/main"
BASE, HEAD, TREE = "b" * 40, "e" * 40, "f" * 40


class Side:
    """One state of a workspace: its snapshot and its documents by path."""

    def __init__(self, files: Files) -> None:
        self.files = files
        data = {path: text.encode() for path, text in files.items()}
        self.data = data
        settings, diagnostics = parse_settings(MARKER, data.get(MARKER, b""))
        found: list[Diagnostic] = list(diagnostics)
        entries = [TreeEntry("100644", "0" * 40, path) for path in sorted(data)]
        documents = list(select_documents(entries, settings, found))
        self.kinds = dict(documents)

        def open_files(chosen: Sequence[tuple[str, str]]) -> Iterator[SourceFile]:
            return (SourceFile(path, kind, data[path]) for path, kind in chosen)

        groups = read_groups(open_files, documents, settings, None)
        self.snapshot: Snapshot = build_snapshot(
            settings=settings,
            diagnostics=found,
            groups=groups.documents(),
            known=KnownColumns(groups.written),
            read_bytes=lambda path: data[path],
        )
        self.documents = {
            each.path: each for group in groups.documents().values() for each in group
        }
        self.works = {work.path: work for work in self.snapshot.works}

    def state(self, path: str) -> FileState | None:
        data = self.data.get(path)
        return None if data is None else FileState(path, "100644", sha256(data).hexdigest())

    def reading(self, document: Document | None) -> Reading | None:
        return make_reading(document, self.data[document.path]) if document else None

    def value(self, document: Document | None) -> Work | Document | None:
        if document is None or not document.readable:
            return None
        return self.works[document.path] if document.kind == "work" else document


def _side(files: Files) -> Side:
    return _read_side(tuple(sorted(files.items())))


@lru_cache(maxsize=64)
def _read_side(files: tuple[tuple[str, str], ...]) -> Side:
    return Side(dict(files))


def make_change(
    before: Files,
    after: Files,
    *,
    contributors: Iterable[tuple[str, str, str]] = (),
    faults: Iterable[Fault] = (),
    first: bool = False,
    governed: bool = True,
) -> Change:
    """Build the change from one state to another.

    Args:
        contributors: Role, name and e-mail of whom its commits name.
    """
    old, new = _side(before), _side(after)
    documents = tuple(_changed(old, new)) if governed else tuple(_changed(_side({}), new))
    return Change(
        repository=f"github:{REPOSITORY}",
        ref=REF,
        base=BASE,
        head=HEAD,
        tree=TREE,
        workspace="",
        before=old.snapshot,
        after=new.snapshot,
        documents=documents,
        faults=tuple(faults),
        contributors=tuple(Contributor(*each, commit=HEAD) for each in contributors),
        commits=1,
        files=len(documents),
        first=first,
        governed=governed,
    )


def _changed(old: Side, new: Side) -> Iterator[ChangedDocument]:
    paths = old.data.keys() | new.data.keys()
    differing = {path for path in paths if old.data.get(path) != new.data.get(path)}
    for before, after in pair_documents(
        (old.documents[path] for path in sorted(differing & old.documents.keys())),
        (new.documents[path] for path in sorted(differing & new.documents.keys())),
    ):
        former, latter = old.reading(before), new.reading(after)
        fields = compute_changed_fields(former, latter)
        either = after or before
        assert either is not None
        yield ChangedDocument(
            either.kind,
            either.id,
            old.state(before.path) if before else None,
            new.state(after.path) if after else None,
            old.value(before),
            new.value(after),
            fields,
            find_lines(fields, latter) if latter else {},
        )
    for path in sorted(differing - old.documents.keys() - new.documents.keys()):
        kind = "settings" if path == MARKER else "file"
        yield ChangedDocument(
            kind, path, old.state(path), new.state(path), fields=frozenset({"file"})
        )


def seen_documents(before: Files, after: Files) -> dict[Key, SeenDocument]:
    """Return what stood where, for every document and file of two states, with every rule."""
    old, new = _side(before), _side(after)
    rules = {
        (document.kind, document.id.lower()): _front_matter_digest(before[path])
        for path, document in old.documents.items()
        if document.kind in ("workflow", "policy")
    }
    found: dict[Key, SeenDocument] = {}
    for document in (*old.documents.values(), *new.documents.values()):
        key = (document.kind, document.id.lower())
        found[key] = SeenDocument(_state_of(old, key), _state_of(new, key), rules)
    for path in (old.data.keys() | new.data.keys()) - old.documents.keys() - new.documents.keys():
        kind = "settings" if path == MARKER else "file"
        found[kind, path.lower()] = SeenDocument(old.state(path), new.state(path), rules)
    return found


def _state_of(side: Side, key: Key) -> FileState | None:
    paths = (path for path, each in side.documents.items() if (each.kind, each.id.lower()) == key)
    return next((side.state(path) for path in paths), None)


def _front_matter_digest(text: str) -> str:
    return sha256(text.split("---")[1].encode()).hexdigest()


def at(time: str) -> datetime:
    """Return a moment: a time of the day of the decision, or a date and a time, in UTC."""
    text = time if "T" in time else f"2026-05-20T{time}"
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ACCOUNTS: dict[str, int] = {}
"""Login to number; a login that is not here has a number that nobody has."""


def account(login: str, *, number: int | None = None) -> ForgeAccount:
    kind = AccountKind.BOT if login.endswith("[bot]") else AccountKind.USER
    known = number if number is not None else ACCOUNTS.get(login, 9_000 + len(login))
    return ForgeAccount(str(known), login, kind)


def review(login: str, state: str, time: str, **more: Any) -> Review:
    """Build a review by an account; its id says who and when unless one is given."""
    values: dict[str, Any] = {"account": account(login), "draft": False, **more}
    name = values.pop("id", f"{login}-{time}")
    return Review(name, ReviewState(state), at(time), **values)


def make_evidence(reviews: Iterable[Review] = (), **more: Any) -> Evidence:
    """Build evidence about a change that :func:`make_change` builds: one head, seen at 09:00."""
    values: dict[str, Any] = {
        "author": account("bob"),
        "heads": (SeenHead(HEAD, at("09:00")),),
        "heads_known": True,
        "reviews": tuple(reviews),
        "complete": True,
        "pull": "7",
        **more,
    }
    return Evidence(
        schema=EVIDENCE_SCHEMA,
        forge=values.pop("forge", "github"),
        repository=values.pop("repository", REPOSITORY),
        ref=values.pop("ref", REF),
        base=values.pop("base", BASE),
        head=values.pop("head", HEAD),
        read_at=values.pop("read_at", NOW),
        **values,
    )


def decide_texts(
    before: Files,
    after: Files,
    evidence: Evidence,
    *,
    states: Mapping[str, tuple[Files, Files]] | None = None,
    makers: Mapping[tuple[str, str], StepMakers] | None = None,
    derived: frozenset[Key] = frozenset(),
    now: datetime | None = None,
    change: Change | None = None,
) -> Decision:
    """Decide a change of texts.

    Args:
        states: What stood at the merge base and at each head; by default the only head is the
            result, on the base.
    """
    known = {HEAD: (before, after)} if states is None else states
    asked = seen_documents(before, after)
    return decide(
        change or make_change(before, after),
        evidence,
        seen={commit: seen_documents(*sides) for commit, sides in known.items()},
        asked=asked,
        makers=makers or {},
        derived=derived,
        now=now or evidence.read_at,
        version="1",
    )
