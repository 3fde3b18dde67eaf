import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.editing.editable import data_of_node
from plainwork.editing.new_document import ID_CHARACTERS, file_name, make_id, render_document
from plainwork.editing.yaml_text import Value
from plainwork.errors import UsageError
from plainwork.parsing.front_matter import parse_front_matter


def test_a_new_document_reads_like_one_written_by_hand() -> None:
    fields: dict[str, Value] = {
        "id": "ops-7k3q9",
        "title": "Renew: the certificate",
        "status": "todo",
        "assignees": ["nils", "sara"],
        "due": "2026-05-01",
        "objective": "No outage.\nNo surprise.\n",
        "links": {"relates": ["ops-1", "https://acme.example/?a,b"]},
    }
    assert render_document(fields, "\nBody.") == (
        "---\n"
        "id: ops-7k3q9\n"
        'title: "Renew: the certificate"\n'
        "status: todo\n"
        "assignees: [nils, sara]\n"
        "due: 2026-05-01\n"
        "objective: |\n"
        "  No outage.\n"
        "  No surprise.\n"
        'links: {relates: [ops-1, "https://acme.example/?a,b"]}\n'
        "---\n"
        "\nBody."
    )


@given(
    st.dictionaries(
        st.text("abx- ?:#'\"\n", min_size=1, max_size=8),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"])),
    ),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_what_is_rendered_is_read_back(fields: dict[str, str], body: str) -> None:
    front_matter, _ = parse_front_matter("new.md", render_document(fields, body).encode())
    assert front_matter is not None
    assert data_of_node(front_matter.root) == fields
    assert front_matter.body == body


@pytest.mark.parametrize("piece", ["\n", "\n\t", " ", "a\n", "'", ": ", "[", "\\"])
def test_long_values_take_no_longer_for_each_character(piece: str) -> None:
    fields = {"title": "a" + piece * 100_000 + "\t"}
    front_matter, _ = parse_front_matter("new.md", render_document(fields, "").encode())
    assert front_matter is not None
    assert data_of_node(front_matter.root) == fields


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param(
            "Renew the TLS certificate!", "ops-1-renew-the-tls-certificate.md", id="words"
        ),
        pytest.param("Straße nach Ångström", "ops-1-strasse-nach-angstrom.md", id="accents"),
        pytest.param("  ../../etc/passwd\x00. ", "ops-1-etc-passwd.md", id="hostile"),
        pytest.param("更新证书", "ops-1.md", id="no-latin-letter"),
        pytest.param("", "ops-1.md", id="empty"),
        pytest.param("word " * 40, f"ops-1-{'-'.join(['word'] * 12)}.md", id="long"),
        pytest.param("w" * 400, f"ops-1-{'w' * 60}.md", id="one-long-word"),
    ],
)
def test_the_title_names_the_file(title: str, name: str) -> None:
    assert file_name("ops-1", title) == name


@pytest.mark.parametrize("id_", ["con", "nul.2026-05", "com1", "readme"])
def test_reserved_names_are_avoided(id_: str) -> None:
    assert file_name(id_, "").startswith(f"{id_}-")


@given(st.text())
def test_every_title_gives_a_name_for_every_file_system(title: str) -> None:
    assert re.fullmatch(r"ops-1(-[a-z0-9]+)*\.md", file_name("ops-1", title))
    assert len(file_name("ops-1", title)) <= 5 + 1 + 60 + 3


@given(st.integers())
def test_ids_are_short_and_free(seed: int) -> None:
    first = make_id("ops", random.Random(seed).randrange, set())
    assert re.fullmatch(f"ops-[{ID_CHARACTERS}]{{5}}", first)
    assert make_id("ops", random.Random(seed).randrange, {first}) != first


def test_no_free_id_is_said() -> None:
    with pytest.raises(UsageError, match="choose another `prefix`"):
        make_id("ops", lambda _: 0, {"ops-00000"})
