"""Who is behind an account, an address or a key."""

import pytest

from plainwork.approvals.identities import Identities, normalise_key
from plainwork.model.evidence import AccountKind, ForgeAccount
from plainwork.model.party import Account, Agent
from support.builders import make_person, make_team

ADA = make_person(
    "ada",
    accounts={"github": Account("ada", 1), "forgejo": Account("ada", 9)},
    signing_keys=(
        "ssh-ed25519 AAAAada ada@laptop",
        "0123 4567 89AB CDEF 0123 4567 89ab cdef 0123 4567",
    ),
)
BOB = make_person("bob", emails=("Bob@Example.org",), accounts={"github": Account("bob")})
ROBOT = Agent(
    "robot", "agents/robot.md", "Reply Robot", accounts={"github": Account("robot[bot]", 7)}
)
PARTIES = (ADA, BOB, ROBOT, make_team("crew", accounts={"github": Account("crew", 1)}))
GITHUB = Identities(PARTIES, "github")


@pytest.mark.parametrize(
    ("account", "person"),
    [
        (ForgeAccount("1", "renamed"), ADA),
        (ForgeAccount("9", "ada"), None),
        (ForgeAccount("", "ada"), None),
        (ForgeAccount("", "bob"), None),
        (ForgeAccount("1", "ada", AccountKind.BOT), None),
        (ForgeAccount("7", "robot[bot]"), None),
    ],
)
def test_an_account_is_its_number_on_its_forge(account: ForgeAccount, person: object) -> None:
    assert GITHUB.person_of(account) is person


def test_accounts_of_other_forges_are_other_accounts() -> None:
    forgejo = Identities(PARTIES, "forgejo")
    assert forgejo.person_of(ForgeAccount("9", "ada")) is ADA
    assert Identities(PARTIES, "gitea").person_of(ForgeAccount("9", "ada")) is None
    assert Identities(PARTIES, "").person_of(ForgeAccount("1", "ada")) is None


@pytest.mark.parametrize(
    ("email", "party"),
    [
        ("bob@example.ORG", BOB),
        ("1+whoever@users.noreply.github.com", ADA),
        ("1-whoever@users.noreply.gitlab.example.org", ADA),
        ("7+robot[bot]@users.noreply.github.com", ROBOT),
        ("01+ada@users.noreply.github.com", None),
        ("1+ada@evil@users.noreply.github.com", None),
        ("1+ada@users.noreply.github.com\n", None),
        ("ada@users.noreply.github.com", None),
        ("", None),
    ],
)
def test_whom_an_address_means(email: str, party: object) -> None:
    assert GITHUB.behind_email(email) == ((party,) if party else ())


@pytest.mark.parametrize("email", ["ada@users.noreply.github.com", "ADA@noreply.codeberg.org"])
def test_a_login_in_an_address_is_a_hint(email: str) -> None:
    assert GITHUB.hinted_by(email) == (ADA,)


@pytest.mark.parametrize("name", ["robot", "reply  robot", "Robot[bot]"])
def test_an_agent_is_known_by_its_names(name: str) -> None:
    assert GITHUB.agent_named(name) is ROBOT


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("ssh-ed25519 AAAAada", True),
        ("ssh-ed25519 AAAAada somebody@else", True),
        ("ssh-ed25519  AAAAada", True),
        ("ssh-ed25519 AAAAADA", False),
        ("AAAAada", False),
        ("0123456789ABCDEF0123456789ABCDEF01234567", True),
        ("0123456789abcdef0123456789abcdef01234567", True),
        ("89ABCDEF01234567", False),
    ],
)
def test_a_key_is_compared_without_comment(key: str, known: bool) -> None:
    assert GITHUB.person_of_key(key) is (ADA if known else None)


def test_a_key_that_two_people_claim_is_nobodys() -> None:
    twins = Identities((ADA, make_person("eve", signing_keys=("ssh-ed25519 AAAAada",))), "github")
    assert twins.person_of_key("ssh-ed25519 AAAAada") is None
    assert normalise_key(" ssh-ed25519 AAAA== me ") == "ssh-ed25519 AAAA=="
