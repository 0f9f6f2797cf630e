"""Write an example's gold.json: find the words of gold_source.txt in the articles and note where they stand.

    python examples/make_gold.py examples/sabel-strait

Bodies come from ``onrecord.intake``, so the offsets count where the record's do. Words that are not found, or
found more often than the source says, stop the run with the line of the source; nothing is written then.

The source, line by line (blank lines and lines that start with ``#`` are skipped; fields are parted by `` | ``)::

    @issue NAME | by | to | topic           what a demand asks for; `issue=NAME` on a demand or an answer fills it in
    @paper NAME | doc | from | to           a paper; `paper=NAME` on a document fills it in
    @article ID | FILE | key=value ...      the items below stand in it; `title=` picks one of several in a file
    KIND[#label] [@n] [xn] | words | ...    an item; `@2`: the second place, `x3`: one item at each of the three places
    @overlap ID | what | labels             the same thing, told by several articles
    @difference ID | slot | what | labels   tellings that exclude each other
    @never claim                            what no record may say, with the checks in the lines below it
    CHECK | key=value ...                   `words=` stands for start and end

``words`` may be shortened to ``first words [..] last words``. ``x3`` leaves out places inside an item of the same kind.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.intake import find_sources, take_in
from onrecord.model import When

Row = dict[str, Any]

EXHAUSTIVE = ("quote", "paraphrase", "demand", "answer", "meeting", "document", "commitment")
LISTS = ("parties", "by", "to", "groups", "status")
NUMBERS = ("pages", "year", "count")
FLAGS = ("soft", "any")
NAMED = {"person": "person", "organisation": "org", "place": "place"}


class SourceError(Exception):
    """A line of the source that cannot be turned into gold."""


@dataclass(frozen=True, slots=True)
class Found:
    """One article as intake gives it."""

    file: str
    title: str | None
    outlet: str | None
    published: When | None
    body: str


@dataclass
class Gold:
    """What has been read of the source so far."""

    found: list[Found]
    issues: dict[str, Row] = field(default_factory=dict)
    papers: dict[str, Row] = field(default_factory=dict)
    articles: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    overlaps: list[Row] = field(default_factory=list)
    differences: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)

    def as_json(self) -> Row:
        """The file that the scorer reads."""
        counts = Counter(item["kind"] for item in self.items)
        return {
            "schema": "seed-gold/1",
            "offsets": "unicode code points into the article's text, end exclusive",
            "dates_policy": "value only where the text, its metadata or another article of the exchange gives it",
            "exhaustive": list(EXHAUSTIVE),
            "articles": self.articles,
            "counts": dict(sorted(counts.items())),
            "total": len(self.items),
            "items": self.items,
            "overlaps": self.overlaps,
            "differences": self.differences,
            "must_not_emit": self.claims,
        }


def read_articles(folder: Path) -> list[Found]:
    """Every article under ``folder`` with the body the record counts on.

    Raises SourceError where intake sets something aside.
    """
    found = []
    sources, left_out = find_sources([folder])
    for source in sources:
        intake = take_in(source)
        left_out += intake.set_aside
        for article, text in intake.articles:
            found.append(Found(Path(article.file).name, article.title, article.outlet, article.published, text.body))
    if left_out:
        raise SourceError("set aside: " + "; ".join(f"{item.file} {item.reason}" for item in left_out))
    return found


def read_source(path: Path, found: list[Found]) -> Gold:
    """The gold that the source at ``path`` describes.

    Raises SourceError with file and line where a line or its words do not hold.
    """
    gold = Gold(found)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            _read_line(gold, [part.strip() for part in line.split(" | ")])
        except SourceError as error:
            raise SourceError(f"{path.name}, line {number}: {error}") from error
    _check_labels(gold)
    return gold


def _read_line(gold: Gold, parts: list[str]) -> None:
    head, rest = parts[0], parts[1:]
    if head.startswith("@issue "):
        gold.issues[head.split()[1]] = dict(zip(("by", "to", "topic"), rest, strict=True))
    elif head.startswith("@paper "):
        gold.papers[head.split()[1]] = dict(zip(("doc", "from_", "to"), rest, strict=True))
    elif head.startswith("@article "):
        gold.articles.append(_article(gold, head.split()[1], rest))
    elif head.startswith("@overlap "):
        gold.overlaps.append({"id": head.split()[1], "what": rest[0], "members": rest[1].split()})
    elif head.startswith("@difference "):
        row = {"id": head.split()[1], "slot": rest[0], "what": rest[1], "members": rest[2].split()}
        gold.differences.append(row)
    elif head.startswith("@never "):
        gold.claims.append({"claim": head.removeprefix("@never "), "checks": []})
    elif gold.claims:
        gold.claims[-1]["checks"].append(_check(gold, head, _fields(rest)))
    else:
        gold.items.extend(_items(gold, head, rest))


def _article(gold: Gold, name: str, rest: list[str]) -> Row:
    """A row of the gold's articles; its outlet and date must be those that intake found."""
    file, wanted = rest[0], _fields(rest[1:])
    candidates = [f for f in gold.found if f.file == file and wanted.get("title", f.title) == f.title]
    if len(candidates) != 1:
        titles = [f.title for f in gold.found if f.file == file]
        raise SourceError(f"{file} holds {len(candidates)} articles of that title; its titles are {titles}")
    found = candidates[0]
    published = found.published.edtf if found.published else None
    for key, value in (("outlet", found.outlet), ("published", published)):
        if wanted.get(key) != value:
            raise SourceError(f"{file}: intake gives the {key} {value!r}, the source {wanted.get(key)!r}")
    return {
        "id": name,
        "file": file,
        "outlet": found.outlet,
        "published": published,
        "text_sha256": hashlib.sha256(found.body.encode("utf-8")).hexdigest(),
        "text": found.body,
    }


def _items(gold: Gold, head: str, rest: list[str]) -> Iterator[Row]:
    match = re.fullmatch(r"(\w+)(?:#([\w-]+))?(?: @(\d+))?(?: x(\d+))?", head)
    if not match or not rest or not gold.articles:
        raise SourceError(f"{head!r} is no kind with words; write KIND[#label] [@n] [xn] | words | key=value")
    kind, label, nth, times = match[1], match[2], int(match[3] or 0), int(match[4] or 0)
    article = gold.articles[-1]
    for start, end in _places(gold, kind, rest[0], nth, times):
        normalised = _normalised(gold, kind, _fields(rest[1:]))
        group = normalised.pop("group", None)
        note = normalised.pop("note", None)
        item = {
            "id": f"{article['id']}-{label or f'{kind[:4]}-{len(gold.items) + 1:03}'}",
            "kind": kind,
            "article": article["id"],
            "evidence": article["text"][start:end],
            "start": start,
            "end": end,
            "normalised": normalised,
        }
        if any(other["id"] == item["id"] for other in gold.items):
            raise SourceError(f"the label {label!r} is taken in this article")
        yield {**item, **({"group": group} if group else {}), **({"note": note} if note else {})}


def _places(gold: Gold, kind: str, words: str, nth: int, times: int) -> list[tuple[int, int]]:
    """Where the words stand: once, at their ``nth`` place, or at ``times`` places outside items of the same kind."""
    article = gold.articles[-1]
    places = list(_find(article["text"], words))
    if times:
        taken = [(i["start"], i["end"]) for i in gold.items if i["article"] == article["id"] and i["kind"] == kind]
        places = [(s, e) for s, e in places if not any(s < right and left < e for left, right in taken)]
        if len(places) != times:
            raise SourceError(f"{words!r} stands at {len(places)} free places in {article['id']}, not at {times}")
        return places
    if nth:
        if nth > len(places):
            raise SourceError(f"{words!r} stands at {len(places)} places in {article['id']}, not at place {nth}")
        return [places[nth - 1]]
    if len(places) != 1:
        raise SourceError(f"{words!r} stands at {len(places)} places in {article['id']}, not at one")
    return places


def _find(body: str, words: str) -> Iterator[tuple[int, int]]:
    """Every place of the words, whole words only; ``[..]`` runs to the first place of what follows it."""
    first, _, last = (part.strip() for part in words.partition("[..]"))
    left = r"(?<!\w)" if first[0].isalnum() else ""
    right = r"(?!\w)" if first[-1].isalnum() and not last else ""
    for match in re.finditer(left + re.escape(first) + right, body):
        if not last:
            yield match.span()
        elif (at := body.find(last, match.end())) >= 0:
            yield match.start(), at + len(last)


def _fields(parts: list[str]) -> Row:
    """``key=value`` parts as a row; lists are joined by ``;``, ``null`` is None."""
    row: Row = {}
    for part in parts:
        key, sign, value = part.partition("=")
        if not sign:
            raise SourceError(f"{part!r} is no key=value")
        if key in LISTS and ";" in value:
            row[key] = [entry.strip() for entry in value.split(";")]
        elif key in NUMBERS:
            row[key] = int(value)
        elif key in FLAGS:
            row[key] = value == "yes"
        else:
            row[key] = None if value == "null" else value
    return row


def _normalised(gold: Gold, kind: str, row: Row) -> Row:
    """The item's slots, with what its kind, issue or paper fills in; a slot given in the line wins."""
    if kind in ("quote", "paraphrase"):
        return {**row, "direct": kind == "quote"}
    if kind in NAMED:
        return {**row, "group": f"{NAMED[kind]}:{row['name']}"}
    if kind == "variant":
        return {**row, "group": f"variant:{row['canonical']}"}
    if kind == "demand":
        return {"plover": "REQUEST", **_of_issue(gold, row, "demand"), **row}
    if kind == "answer":
        status = row.pop("status")
        filled = _of_issue(gold, row, "answer")
        return {**filled, **row, "status_code": status, "status_detail": row.get("status_detail", status)}
    if kind == "document" and "paper" in row:
        name = row.pop("paper")
        if name not in gold.papers:
            raise SourceError(f"no @paper {name}")
        return {**gold.papers[name], "group": f"doc:{name}", **row}
    return row


def _of_issue(gold: Gold, row: Row, kind: str) -> Row:
    name = row.pop("issue", None)
    if name is None:
        return {}
    if name not in gold.issues:
        raise SourceError(f"no @issue {name}")
    issue = gold.issues[name]
    if kind == "answer":
        return {"by": issue["to"], "to": issue["by"], "group": f"answer:{name}"}
    return {**issue, "group": f"demand:{name}"}


def _check(gold: Gold, kind: str, row: Row) -> Row:
    """A mechanical check; ``words`` in its article become start and end."""
    for key in ("by", "status", "groups"):
        if isinstance(row.get(key), str):
            row[key] = [row[key]]
    if "words" in row:
        words, nth = row.pop("words"), int(row.pop("nth", 0))
        body = next((a["text"] for a in gold.articles if a["id"] == row["article"]), "")
        places = list(_find(body, words))
        if len(places) != 1 and not 0 < nth <= len(places):
            raise SourceError(f"{words!r} stands at {len(places)} places in {row['article']}, not at one")
        row["start"], row["end"] = places[nth - 1 if nth else 0]
    return {"type": kind, **row}


def _check_labels(gold: Gold) -> None:
    known = {item["id"] for item in gold.items}
    for row in (*gold.overlaps, *gold.differences):
        missing = [member for member in row["members"] if member not in known]
        if missing:
            raise SourceError(f"{row['id']} names items that do not exist: {', '.join(missing)}")


def main(argv: list[str]) -> int:
    """Read the example's source and write its gold; 1 where a line does not hold."""
    if len(argv) != 1:
        sys.stderr.write("usage: python examples/make_gold.py EXAMPLE_FOLDER\n")
        return 2
    folder = Path(argv[0])
    try:
        gold = read_source(folder / "gold_source.txt", read_articles(folder / "articles"))
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = json.dumps(gold.as_json(), ensure_ascii=False, indent=1) + "\n"
    (folder / "gold.json").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(gold.items)} items in {len(gold.articles)} articles\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
