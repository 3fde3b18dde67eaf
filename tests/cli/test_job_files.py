"""What a CI job hands on, whatever stands in it."""

from pathlib import Path

import pytest

from plainwork.cli.job_files import write_job_files


def _outputs(text: str) -> dict[str, str]:
    """Read outputs as the runner does: name, delimiter, lines up to the delimiter."""
    lines = iter(text.splitlines())
    found = {}
    for line in lines:
        name, delimiter = line.split("<<", 1)
        value = []
        for each in lines:
            if each == delimiter:
                break
            value.append(each)
        found[name] = "\n".join(value)
    return found


def test_threat_63_no_value_sets_another_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "output"
    monkeypatch.setenv("GITHUB_OUTPUT", str(path))
    hostile = "waiting\nend\nend-0\nverdict<<x\napproved\nx"
    write_job_files("", {"verdict": hostile, "digest": "ab"})
    assert _outputs(path.read_text(encoding="utf-8")) == {"verdict": hostile, "digest": "ab"}


def test_threat_63_the_word_that_ends_an_output_is_another_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "output"
    monkeypatch.setenv("GITHUB_OUTPUT", str(path))
    write_job_files("", {"a": "1", "b": "2"})
    ends = [line for line in path.read_text(encoding="utf-8").splitlines() if "end-" in line]
    assert len({each.rpartition("<<")[2] for each in ends}) == 2


def test_the_summary_is_added_to_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary.md"
    path.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    write_job_files("After \udcff\n", {})
    assert path.read_text(encoding="utf-8") == "# Before\nAfter \\udcff\n"


def test_without_a_runner_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(tmp_path)
    write_job_files("x", {"a": "b"})
    assert list(tmp_path.iterdir()) == []
