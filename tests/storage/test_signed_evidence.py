"""Approvals without a forge: signed with real keys, in real commits."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork.forge.file import format_evidence, parse_evidence
from plainwork.model.decision import Verdict
from plainwork.model.evidence import ReviewState
from plainwork.storage import signed_evidence
from support.proposals import Proposed
from support.signing import (
    Keyring,
    approve,
    decide_signed,
    make_proposal,
    make_ssh_key,
    read_signed,
    sign_last,
)


class Office:
    """A proposal, and the keys of those who decide it."""

    def __init__(self, folder: Path) -> None:
        made = {who: make_ssh_key(folder / "keys", who) for who in ("ada", "bob", "cleo", "eve")}
        self.keys = {who: str(file) for who, (file, _) in made.items()}
        self.public = {who: key for who, (_, key) in made.items()}
        base = {who: self.public[who] for who in ("ada", "bob", "cleo")}
        self.proposed = make_proposal(folder / "repository", base, {})
        sign_last(self.proposed, "ada", self.keys["ada"])


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def keyring() -> Iterator[Keyring]:
    with tempfile.TemporaryDirectory(prefix="pw") as folder:
        ring = Keyring(Path(folder, "g"))
        yield ring
        ring.close()


def lathe(office: Office) -> str:
    return (office.proposed.root / "work/lathe.md").read_text()


def remarks(proposed: Proposed) -> str:
    evidence = read_signed(proposed)
    assert evidence.reviews == ()
    assert evidence.complete
    return "\n".join(evidence.gaps)


def test_signed_approvals_of_two_people_decide_a_change(office: Office) -> None:
    digest = decide_signed(office.proposed)[0].digest
    approve(office.proposed, "bob", office.keys["bob"])
    decision, _ = decide_signed(office.proposed)
    assert decision.verdict is Verdict.WAITING
    approve(office.proposed, "cleo", office.keys["cleo"])

    decision, evidence = decide_signed(office.proposed)

    assert decision.verdict is Verdict.APPROVED, decision
    assert decision.digest == digest
    assert [review.state for review in evidence.reviews] == [ReviewState.APPROVED] * 2
    assert parse_evidence(format_evidence(evidence)) == evidence


def test_a_signed_rejection_is_a_request_for_changes(office: Office) -> None:
    approve(office.proposed, "bob", office.keys["bob"], vote="reject")

    (review,) = read_signed(office.proposed).reviews

    assert review.state is ReviewState.CHANGES_REQUESTED


def test_an_approval_without_signature_does_not_count(office: Office) -> None:
    approve(office.proposed, "bob", "")

    assert "no key of the base has signed it" in remarks(office.proposed)


def test_a_key_that_the_change_brings_does_not_count(office: Office) -> None:
    keys = f'signing_keys: ["{office.public["eve"]}"]'
    added = f"---\nname: Bob\nemails: [bob@example.org]\n{keys}\n---\n"
    office.proposed.commit({"people/bob.md": added}, message="My new key")
    approve(office.proposed, "bob", office.keys["eve"])

    assert "no key of the base has signed it" in remarks(office.proposed)


def test_nobody_signs_for_somebody_else(office: Office) -> None:
    approve(office.proposed, "cleo", office.keys["bob"])

    assert "it is cleo's, the signature bob's" in remarks(office.proposed)


def test_an_approval_that_names_no_digest_approves_nothing(office: Office) -> None:
    approve(office.proposed, "bob", office.keys["bob"], digest="yes")

    assert "names no digest" in remarks(office.proposed)


def test_an_approval_of_an_earlier_state_does_not_count(office: Office) -> None:
    approve(office.proposed, "bob", office.keys["bob"])
    approve(office.proposed, "cleo", office.keys["cleo"])
    text = (office.proposed.root / "work/lathe.md").read_text()
    office.proposed.git("config", "commit.gpgsign", "false")
    office.proposed.git("config", "user.email", "ada@example.org")
    office.proposed.commit({"work/lathe.md": text.replace("9000", "90000")})

    decision, evidence = decide_signed(office.proposed)

    assert len(evidence.reviews) == 2
    assert decision.verdict is Verdict.WAITING


def test_a_commit_that_does_more_than_approve_is_no_approval(office: Office) -> None:
    more = {"work/saw.md": "---\ntitle: A saw\nworkflow: task\nstatus: todo\nowner: ada\n---\n"}
    approve(office.proposed, "bob", office.keys["bob"], extra=more)

    assert "does something else, too" in remarks(office.proposed)


def test_a_record_that_was_changed_after_it_was_signed_does_not_count(office: Office) -> None:
    approve(office.proposed, "bob", office.keys["bob"])
    path = office.proposed.root / "records/bob-approve.md"
    office.proposed.git("config", "commit.gpgsign", "false")
    office.proposed.commit({"records/bob-approve.md": path.read_text() + "And more.\n"})

    assert "changed after it was signed" in remarks(office.proposed)


def test_an_openpgp_key_of_the_base_counts(tmp_path: Path, keyring: Keyring) -> None:
    fingerprint = keyring.make("bob@example.org")
    files = {"people/bob.asc": keyring.export(fingerprint)}
    proposed = make_proposal(tmp_path / "repository", {"bob": fingerprint}, files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GNUPGHOME", str(keyring.home))
        approve(proposed, "bob", fingerprint, form="openpgp")

    (review,) = read_signed(proposed).reviews

    assert review.key == fingerprint


def test_an_openpgp_key_whose_text_is_not_in_the_base_does_not_count(
    tmp_path: Path, keyring: Keyring
) -> None:
    fingerprint = keyring.make("bob@example.org")
    proposed = make_proposal(tmp_path / "repository", {"bob": fingerprint}, {})
    proposed.commit({"people/bob.asc": keyring.export(fingerprint)}, message="My key")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GNUPGHOME", str(keyring.home))
        approve(proposed, "bob", fingerprint, form="openpgp")

    assert "no key of the base has signed it" in remarks(proposed)


def test_another_openpgp_key_beside_the_people_does_not_count(
    tmp_path: Path, keyring: Keyring
) -> None:
    known, other = keyring.make("bob@example.org"), keyring.make("eve@example.org")
    files = {"people/eve.asc": keyring.export(other)}
    proposed = make_proposal(tmp_path / "repository", {"bob": known}, files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GNUPGHOME", str(keyring.home))
        approve(proposed, "bob", other, form="openpgp")

    assert "no key of the base has signed it" in remarks(proposed)


def test_whoever_signed_the_change_has_made_it(office: Office) -> None:
    sign_last(office.proposed, "ada", office.keys["ada"])
    approve(office.proposed, "bob", office.keys["bob"])
    approve(office.proposed, "cleo", office.keys["cleo"])

    decision, evidence = decide_signed(office.proposed)

    assert evidence.author_key == office.public["ada"]
    assert decision.author == "ada"
    assert decision.verdict is Verdict.APPROVED


def test_what_is_signed_is_its_signers_consent_where_the_rule_says_so(office: Office) -> None:
    text = (office.proposed.root / "work/lathe.md").read_text()
    office.proposed.commit({"work/lathe.md": text.replace("cost: 9000", "cost: 8000") + "Fast.\n"})
    sign_last(office.proposed, "ada", "")
    assert decide_signed(office.proposed)[0].verdict is Verdict.WAITING

    sign_last(office.proposed, "ada", office.keys["ada"])

    decision, _ = decide_signed(office.proposed)
    (need,) = (need for document in decision.documents for need in document.requirements)
    assert (decision.verdict, [each.person for each in need.given]) == (Verdict.APPROVED, ["ada"])


def test_threat_38_whoever_signed_the_change_does_not_approve_it(office: Office) -> None:
    """The commit says that ada wrote it; the signature says that it was bob."""
    sign_last(office.proposed, "ada", office.keys["bob"])
    approve(office.proposed, "bob", office.keys["bob"])
    approve(office.proposed, "cleo", office.keys["cleo"])

    decision, _ = decide_signed(office.proposed)

    assert (decision.author, decision.verdict) == ("bob", Verdict.WAITING)


@pytest.mark.parametrize("who", ["", "eve"])
def test_a_change_that_no_key_of_the_base_signed_is_nobodys(office: Office, who: str) -> None:
    sign_last(office.proposed, "ada", office.keys.get(who, ""))

    assert read_signed(office.proposed).author_key == ""
    assert decide_signed(office.proposed)[0].author == ""


@pytest.mark.parametrize("who", ["", "eve"])
def test_threat_40_a_change_without_a_signature_needs_one_person_more(
    office: Office, who: str
) -> None:
    """Bob made it, and its commit says that it was ada: he would be the second of two himself."""
    sign_last(office.proposed, "ada", office.keys.get(who, ""))
    approve(office.proposed, "bob", office.keys["bob"])
    approve(office.proposed, "cleo", office.keys["cleo"])

    decision, evidence = decide_signed(office.proposed)

    (need,) = (need for document in decision.documents for need in document.requirements)
    assert (need.count, decision.verdict) == (3, Verdict.WAITING)
    (commit,) = evidence.unsigned
    assert decision.unattributed == (f"commit {commit[:10]}, which no key of the base has signed",)


def test_threat_40_an_earlier_commit_without_a_signature_raises_every_count(
    office: Office,
) -> None:
    """Ada signs a word on top of what bob has written in her name."""
    sign_last(office.proposed, "ada", "")
    office.proposed.commit({"work/lathe.md": lathe(office).replace("turns", "spins")})
    sign_last(office.proposed, "ada", office.keys["ada"])
    approve(office.proposed, "bob", office.keys["bob"])
    approve(office.proposed, "cleo", office.keys["cleo"])

    decision, _ = decide_signed(office.proposed)

    assert (decision.author, decision.verdict) == ("ada", Verdict.WAITING)
    assert len(decision.unattributed) == 1


def test_threat_39_whoever_signed_an_earlier_commit_has_a_hand_in_it(office: Office) -> None:
    """It bears ada's name all the same; bob neither approves, nor is it ada's own change."""
    sign_last(office.proposed, "ada", office.keys["bob"])
    office.proposed.commit({"work/lathe.md": lathe(office).replace("turns", "spins")})
    sign_last(office.proposed, "ada", office.keys["ada"])
    approve(office.proposed, "bob", office.keys["bob"])
    approve(office.proposed, "cleo", office.keys["cleo"])

    decision, _ = decide_signed(office.proposed)

    needs = {need.source: need for each in decision.documents for need in each.requirements}
    assert (decision.author, decision.unattributed) == ("ada", ())
    assert [each.person for each in needs["field cost"].given] == ["cleo"]
    assert [each.reason for each in needs["field cost"].not_counted] == ["contributor"]
    assert needs["policy default"].given == ()


def test_threat_64_commits_of_which_too_many_are_signed_count_as_not_signed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.proposed.commit({"work/lathe.md": lathe(office).replace("turns", "spins")})
    sign_last(office.proposed, "ada", office.keys["ada"])
    assert read_signed(office.proposed).unsigned == ()

    monkeypatch.setattr(signed_evidence, "MOST_SIGNED", 1)

    assert read_signed(office.proposed).unsigned == (office.proposed.commit_of("HEAD^"),)


def test_who_signed_an_earlier_commit_has_not_made_the_change(office: Office) -> None:
    sign_last(office.proposed, "ada", office.keys["ada"])
    office.proposed.commit({"work/lathe.md": "More of it.\n"})

    assert read_signed(office.proposed).author_key == ""


def test_who_signed_the_base_has_not_made_what_only_approves(office: Office) -> None:
    office.proposed.git("checkout", "--quiet", "main")
    sign_last(office.proposed, "ada", office.keys["ada"])
    office.proposed.git("checkout", "--quiet", "-B", "topic", "main")
    approve(office.proposed, "bob", office.keys["bob"], digest="a" * 64)

    assert read_signed(office.proposed).author_key == ""
