"""What a commit says that it did, without what forges write around it."""

import pytest

from plainwork.parsing.commit_message import parse_headline


@pytest.mark.parametrize(
    ("subject", "body", "told"),
    [
        pytest.param("Renew the certificate", "", "Renew the certificate", id="own-words"),
        pytest.param("Renew it (#921)", "It ends.", "Renew it", id="squashed"),
        pytest.param("Renew it (see #9)", "", "Renew it (see #9)", id="own-brackets"),
        pytest.param("Merge the two lists", "Why", "Merge the two lists", id="merging-as-work"),
        pytest.param(
            "Merge pull request #12 from ada/x", "Renew it\n\nMore", "Renew it", id="github"
        ),
        pytest.param(
            "Merge pull request #6 from a/b", "KEP-5: renamed\n", "KEP-5: renamed", id="with-an-id"
        ),
        pytest.param(
            "Merge branch 'x' into 'main'",
            "Renew it\n\nSee merge request acme/work!12",
            "Renew it",
            id="gitlab",
        ),
        pytest.param(
            "Merge branch 'x' into 'main'", "See merge request a/w!12", "", id="gitlab-untitled"
        ),
        pytest.param(
            "Merge pull request 'Renew it' (#12) from ada/x into main",
            "Reviewed-on: https://forge.example/12",
            "Renew it",
            id="forgejo",
        ),
        pytest.param("Merged in ada/x (pull request #12)", "Renew it", "Renew it", id="bitbucket"),
        pytest.param("Merge branch 'x'", "", "", id="local"),
        pytest.param("Merge branch 'x'", "Signed-off-by: Ada <a@w>", "", id="only-a-trailer"),
        pytest.param("Merge branch 'x'", "* x:\n  One\n  Two", "", id="with-a-log"),
        pytest.param("Merge remote-tracking branch 'origin/main'", "", "", id="pulled"),
    ],
)
def test_a_headline_says_what_was_done(subject: str, body: str, told: str) -> None:
    assert parse_headline(subject, body) == told
