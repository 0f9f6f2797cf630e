"""The generated help: docs/commands.md and the door's help.txt are what the commands say."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.faces import docs
from onrecord.faces.commands import onrecord

ROOT = Path(__file__).resolve().parent.parent


def test_generated_help_is_fresh(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/commands.md and help.txt are what `python -m onrecord.faces.docs` would write now."""
    monkeypatch.chdir(ROOT)
    assert docs.main(["--check"]) == 0, capsys.readouterr().err


def test_every_command_is_in_the_docs() -> None:
    """No command is left out."""
    text = (ROOT / docs.COMMANDS).read_text(encoding="utf-8")
    for name in onrecord.commands:
        assert f"## onrecord {name}\n" in text


def test_stale_docs_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where docs/commands.md differs, the check names it and the command that writes it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / docs.COMMANDS).write_text("old", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert docs.main(["--check"]) == 1
    assert "docs/commands.md is stale" in capsys.readouterr().err
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0


def test_other_words_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The generator knows two words."""
    assert docs.main(["--chekc"]) == 2
