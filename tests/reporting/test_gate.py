"""How decisions are shown: as text, as Markdown, beside the changed lines."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainwork.model.decision import DecidedDocument, Decision, NotCountedReason, Objection, Reason
from plainwork.reporting.display_width import display_width
from plainwork.reporting.gate_annotations import format_annotations
from plainwork.reporting.gate_markdown import MOST_CHARACTERS, render_decision
from plainwork.reporting.gate_text import format_decision
from plainwork.views.next_steps import find_way
from plainwork.views.remarks import compute_remarks
from plainwork.views.shown_decision import Occasion, describe_decision
from reporting.decisions import DECISIONS, GITHUB, NAMES, NOW, NOWHERE, WAITING

GOLDEN = Path(__file__).parent / "gate"
WIDTH = 80


def _text(decision: Decision, occasion: Occasion = GITHUB) -> str:
    shown = describe_decision(decision, occasion)
    return "\n".join([*format_decision(shown, width=WIDTH, color=False), ""])


def _markdown(decision: Decision) -> str:
    return render_decision(describe_decision(decision, GITHUB))


def _commands(decision: Decision) -> list[str]:
    return list(format_annotations(compute_remarks(describe_decision(decision, GITHUB))))


@pytest.mark.parametrize("name", DECISIONS)
def test_text(name: str) -> None:
    assert _text(DECISIONS[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DECISIONS)
def test_markdown(name: str) -> None:
    assert _markdown(DECISIONS[name]) == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_without_a_pull_request_people_will_be_asked() -> None:
    decision = msgspec.structs.replace(WAITING, pull="")
    assert "Bo Lindqvist or Cleo Marti: will be asked" in _text(decision, NOWHERE)


@pytest.mark.parametrize("forge", ["github", "gitlab", "gitea", "forgejo"])
def test_the_button_is_named_in_the_words_of_the_forge(forge: str) -> None:
    (document, _) = WAITING.documents
    (need, _) = document.requirements
    plain = msgspec.structs.replace(need, consent="review")
    decision = msgspec.structs.replace(
        WAITING, documents=(msgspec.structs.replace(document, requirements=(plain,)),)
    )
    way = find_way(forge, "12")
    assert way.button
    shown = _text(decision, msgspec.structs.replace(GITHUB, way=way))
    assert way.button in " ".join(shown.split())


def test_who_fills_another_place_is_not_reproached() -> None:
    (document, _) = WAITING.documents
    board, cfo = document.requirements
    elsewhere = msgspec.structs.replace(
        board.not_counted[0], who="bo", reason=NotCountedReason.NOT_IN_ROLE, review="6"
    )
    stranger = msgspec.structs.replace(elsewhere, review="9", who="ada")
    need = msgspec.structs.replace(board, not_counted=(elsewhere, stranger))
    decision = msgspec.structs.replace(
        WAITING, documents=(msgspec.structs.replace(document, requirements=(need, cfo)),)
    )
    ignored = describe_decision(decision, GITHUB).ignored
    assert [each.who for each in ignored] == ["Ada Nowak"]


def test_whose_review_counts_no_more_is_not_told_of_roles_that_they_never_had() -> None:
    (document, _) = WAITING.documents
    board, cfo = document.requirements
    stale = msgspec.structs.replace(
        board.not_counted[0], who="cleo", reason=NotCountedReason.STALE_DIGEST, review="6"
    )
    stranger = msgspec.structs.replace(stale, reason=NotCountedReason.NOT_IN_ROLE)
    unmet = (
        msgspec.structs.replace(board, not_counted=(stranger,)),
        msgspec.structs.replace(cfo, met=False, given=(), missing=1, not_counted=(stale,)),
    )
    decision = msgspec.structs.replace(
        WAITING, documents=(msgspec.structs.replace(document, requirements=unmet),)
    )
    ignored = describe_decision(decision, GITHUB).ignored
    assert [(each.who, each.reason.value) for each in ignored] == [("Cleo Marti", "stale-digest")]


def test_whoever_asked_for_changes_without_blocking_is_named_beside_it_and_in_next() -> None:
    (document, _) = WAITING.documents
    (need, other) = document.requirements
    objected = msgspec.structs.replace(need, objections=(Objection("bo", NOW),), note="")
    changed = msgspec.structs.replace(document, requirements=(objected, other))
    shown = describe_decision(msgspec.structs.replace(WAITING, documents=(changed,)), GITHUB)
    words = f"Bo Lindqvist asked for changes on {NOW:%Y-%m-%d}"
    assert [each.note for each in shown.documents[0].needs] == [words, ""]
    assert shown.steps[0].what == f"settle this first: {words}"


def test_whoever_made_a_change_without_a_forge_is_asked_to_sign_it() -> None:
    decision = msgspec.structs.replace(WAITING, unattributed=("commit 1, which nobody signed",))
    signed = describe_decision(decision, Occasion(names=NAMES, way=find_way("signed", "")))
    assert "signs the commits of the change" in " ".join(signed.alarms)
    assert "sign the commits of the change" in signed.steps[0].what
    elsewhere = describe_decision(decision, GITHUB)
    said = " ".join([*elsewhere.alarms, *(each.what for each in elsewhere.steps)])
    assert "the commits of the change" not in said


def test_one_review_that_serves_several_rules_is_counted_once() -> None:
    (document, _) = WAITING.documents
    decision = msgspec.structs.replace(WAITING, documents=(document, document))
    assert describe_decision(decision, GITHUB).summary == "1 approval is missing"


def test_annotations_stand_at_the_changed_line() -> None:
    assert _commands(WAITING) == [
        "::warning file=work/ws-lathe.md,line=4,title=needs approval::"
        "status: review → ordering%0Aamount: 8000 → 61000%0A"
        "2 of board (transition approve): Bo Lindqvist or Cleo Marti"
    ]


def test_reasons_of_a_rejection_are_annotated() -> None:
    assert _commands(DECISIONS["invalid"]) == [
        "::error title=conflict::it conflicts with main%0Aupdate the branch",
        "::error file=work/a.md,line=3,title=forbidden-transition::"
        "nothing leads from draft to received",
    ]


HOSTILE = "x\n::error::\r\x1b[2J%0A @all <img src=x> `` [a](http://x) \u202e"


def _hostile(text: str) -> Decision:
    document = DecidedDocument(
        kind="work",
        id=text,
        path=text,
        title=text,
        changes=(text, text),
        fields=(),
        digest="ab" * 32,
        requirements=WAITING.documents[0].requirements,
        line=3,
    )
    return msgspec.structs.replace(
        WAITING,
        author=text,
        documents=(document,),
        unattributed=(text,),
        reasons=(Reason("rule", text, text, text, 3),),
    )


def test_threat_63_hostile_text_moves_no_cursor() -> None:
    assert all(line.isprintable() for line in _text(_hostile(HOSTILE)).splitlines())


def test_threat_63_hostile_text_begins_no_workflow_command() -> None:
    commands = _commands(_hostile(HOSTILE))
    assert len(commands) == 2
    for command in commands:
        assert command.isprintable()
        level, properties, message = command[2:].split("::", 2)
        assert level.startswith(("error ", "warning ")) or properties
        assert message


_ACTING = (
    *("[a](http://x)", "![a](x)", "<img src=x>", "<a href=x>", "https://x.y", "# ", "> "),
    *("| a |", "|-|", "- [x] ", "```", "***", "==", "\n", "\n\n", "    "),
)
_NASTY = st.lists(
    st.sampled_from(_ACTING) | st.characters(exclude_categories=["Cs"]), max_size=12
).map("".join)


@given(_NASTY)
@example("\n\n# [a](http://x) <img src=x>")
def test_threat_63_hostile_text_makes_no_link_and_no_heading(text: str) -> None:
    from comrak import ExtensionOptions, render_markdown

    options = ExtensionOptions()
    options.autolink = True
    rendered = render_markdown(_markdown(_hostile(text)), extension_options=options)
    usual = render_markdown(_markdown(_hostile("x")), extension_options=options)
    tags = ("<a", "<img", "<h1", "<h2", "<h3", "<script", "<table", "<blockquote", "<hr", "<pre")
    assert [rendered.count(tag) for tag in tags] == [usual.count(tag) for tag in tags]


def test_a_page_fits_the_forge_and_says_what_is_cut() -> None:
    (document, _) = WAITING.documents
    many = tuple(
        msgspec.structs.replace(document, id=f"ws-{number}", title="y" * 200)
        for number in range(300)
    )
    page = _markdown(msgspec.structs.replace(WAITING, documents=many))
    assert len(page) <= MOST_CHARACTERS
    assert "The rest is cut off here" in page


def test_threat_66_nobody_is_named_but_by_the_base() -> None:
    """A member of a secret team of the forge has no name here: only ids of base are looked up."""
    text = _text(WAITING, Occasion({}, find_way("github", "12")))
    assert not [name for name in NAMES.values() if name in text]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_text_stays_within_the_screen(text: str) -> None:
    spaced = " ".join(text[at : at + 20] for at in range(0, len(text), 20))
    for line in _text(_hostile(spaced)).splitlines():
        escaped = any(display_width(word) > 30 for word in line.split())
        assert escaped or display_width(line) <= WIDTH


def test_threat_54_a_waiver_is_loud_in_every_report() -> None:
    said = "A waiver of policy legal-tests takes effect for ws-lathe until 2026-06-30"
    assert f"! {said}" in " ".join(_text(DECISIONS["loud"]).split())
    assert f"> **{said}" in _markdown(DECISIONS["loud"])


def test_what_was_not_taken_into_account_is_told() -> None:
    gap = "the approval in 0123456789 does not count: no key of the base has signed it"
    shown = describe_decision(WAITING, msgspec.structs.replace(GITHUB, gaps=(gap,)))
    assert gap in " ".join(" ".join(format_decision(shown, width=WIDTH, color=False)).split())
    assert "no key of the base has signed it" in render_decision(shown)


def test_of_many_documents_those_that_wait_come_first_and_the_rest_is_counted() -> None:
    (document, _) = WAITING.documents
    (agreed,) = DECISIONS["approved"].documents
    met = tuple(msgspec.structs.replace(agreed, id=f"met-{number}") for number in range(30))
    text = _text(msgspec.structs.replace(WAITING, documents=(*met, document)))
    assert text.index("ws-lathe") < text.index("met-0")
    assert "and 11 more documents; `--format json` shows all of them" in text
    assert "met-19" not in text
