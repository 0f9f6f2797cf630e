"""What the docs say holds."""

import re
import tomllib
from pathlib import Path

from onrecord.model import Name, Text
from onrecord.reading.page import Page

ROOT = Path(__file__).resolve().parent.parent


def test_the_example_stage_of_the_docs_runs() -> None:
    """The code of "How to add a stage" finds what it says it finds."""
    code = re.search(r"```python\n(.*?)```", (ROOT / "docs/stages.md").read_text(encoding="utf-8"), re.DOTALL)
    assert code
    space: dict[str, object] = {"__name__": "docs"}
    exec(compile(code[1], "docs/stages.md", "exec"), space)
    found = space["Rivers"]().read(Page(Text.of("The talks on the River Alda ended.")))  # type: ignore[operator]
    assert [(type(a), a.span.exact) for a in found.annotations] == [(Name, "River Alda")]


def test_every_stage_stands_in_the_docs() -> None:
    """The table of stages names each stage with what it needs."""
    from onrecord.plugins import load_stages

    docs = (ROOT / "docs/stages.md").read_text(encoding="utf-8")
    for stage in load_stages():
        row = next((line for line in docs.splitlines() if line.startswith(f"| {stage.name} |")), "")
        assert row, f"docs/stages.md has no row for {stage.name}"
        assert all(need in row for need in stage.needs)


def test_every_dependency_has_its_sentence() -> None:
    """Each base dependency stands in docs/dependencies.md."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    docs = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        library = re.split(r"[<>=\[]", requirement)[0]
        assert f"| {library} |" in docs, f"docs/dependencies.md says nothing of {library}"


def test_every_format_and_flag_stands_in_the_docs() -> None:
    """docs/formats.md names the endings of all readers, the flags of articles and the exporters."""
    from onrecord.faces.commands.writing import FLAGS
    from onrecord.faces.exports import BUILT_IN
    from onrecord.intake import READERS

    docs = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    endings = ("txt", "text", "md", "markdown", "html", "htm", "xhtml", "shtml", "jsonl", "ndjson", "json")
    for ending in (*endings, "rss", "atom", "rdf", "xml"):
        assert any(reader.claims(f"a.{ending}", b"") for reader in READERS)
        assert f"`.{ending}`" in docs
    for flag in FLAGS:
        assert f"`{flag}`" in docs
    for name in BUILT_IN:
        assert f"--format {name}`" in docs or f"record.{name}" in docs


def test_every_link_in_the_docs_leads_somewhere() -> None:
    """No page of the docs points to a file that is not there."""
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} points to {target}"
