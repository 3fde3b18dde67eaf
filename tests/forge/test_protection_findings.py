"""How the protection of a branch is judged: each hole by itself, in an otherwise sound one."""

import msgspec
import pytest

from plainwork.forge.client import Protection, RequiredCheck
from plainwork.forge.protection_findings import GITHUB_ACTIONS, judge_protection
from plainwork.views.setup import State

APP = "4711"
SOUND = Protection(
    "refs/heads/main",
    protected=True,
    checks=(RequiredCheck("plainwork", APP), RequiredCheck("tests")),
    up_to_date=True,
    dismisses_stale=True,
    bypass=(),
    admins_enforced=True,
    merge_queue=False,
    force_pushes=False,
    deletable=False,
    linear=False,
    pushers=(),
)


def _judge(
    protection: Protection, kind: str = "github", *, hears_queue: bool = True
) -> dict[str, State]:
    found = list(judge_protection(protection, kind, hears_queue=hears_queue))
    for finding in found:
        assert bool(finding.why) == bool(finding.remedy) == (finding.state is not State.FINE)
    return {each.topic: each.state for each in found if each.state is not State.FINE}


def test_a_sound_protection_has_no_hole() -> None:
    assert _judge(SOUND) == {}


@pytest.mark.parametrize(
    ("change", "topic", "state"),
    [
        pytest.param({"protected": False}, "protection", State.MISSING, id="unprotected"),
        pytest.param({"checks": ()}, "required-check", State.MISSING, id="no-check"),
        pytest.param(
            {"checks": (RequiredCheck("tests"),)}, "required-check", State.MISSING, id="other-check"
        ),
        pytest.param(
            {"checks": (RequiredCheck("plainwork"),)},
            "required-check",
            State.MISSING,
            id="threat-58-from-anybody",
        ),
        pytest.param(
            {"checks": (RequiredCheck("plainwork", APP), RequiredCheck("plainwork"))},
            "required-check",
            State.MISSING,
            id="threat-58-from-anybody-too",
        ),
        pytest.param(
            {"checks": (RequiredCheck("plainwork", GITHUB_ACTIONS),)},
            "required-check",
            State.ADVICE,
            id="threat-58-from-every-workflow",
        ),
        pytest.param({"up_to_date": False}, "up-to-date", State.MISSING, id="threat-56-moved"),
        pytest.param({"bypass": ("team admins",)}, "bypass", State.MISSING, id="threat-55-bypass"),
        pytest.param({"pushers": ("user ada",)}, "direct-push", State.MISSING, id="threat-55-push"),
        pytest.param(
            {"admins_enforced": False}, "administrators", State.MISSING, id="threat-55-admins"
        ),
        pytest.param({"force_pushes": True}, "force-push", State.MISSING, id="force-push"),
        pytest.param({"deletable": True}, "deletion", State.MISSING, id="deletion"),
        pytest.param({"dismisses_stale": False}, "stale-reviews", State.ADVICE, id="stale"),
        pytest.param({"unread": ("403",)}, "protection", State.UNKNOWN, id="unread"),
    ],
)
def test_a_hole_is_named(change: dict[str, object], topic: str, state: State) -> None:
    assert _judge(msgspec.structs.replace(SOUND, **change)) == {topic: state}


def test_threat_60_a_merge_queue_needs_somebody_who_decides_its_groups() -> None:
    queue = msgspec.structs.replace(SOUND, up_to_date=False, merge_queue=True)
    assert _judge(queue) == {}
    assert _judge(queue, hears_queue=False) == {"merge-queue": State.MISSING}


def test_threat_62_what_could_not_be_read_is_never_fine() -> None:
    known = list(judge_protection(Protection("refs/heads/main"), "github", hears_queue=True))
    assert known == []


@pytest.mark.parametrize("kind", ["gitlab", "gitea", "forgejo"])
def test_threat_58_elsewhere_nobody_can_pin_the_source(kind: str) -> None:
    anybody = msgspec.structs.replace(SOUND, checks=(RequiredCheck("plainwork"),))
    assert _judge(anybody, kind) == {"required-check": State.ADVICE}


def test_gitlab_requires_the_pipeline() -> None:
    pipeline = msgspec.structs.replace(SOUND, checks=(RequiredCheck("pipeline"),))
    assert _judge(pipeline, "gitlab") == {"required-check": State.ADVICE}
    assert _judge(pipeline) == {"required-check": State.MISSING}
