"""Judgements: what a person decided on an annotation, an entry, an actor or a link (judgement law)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import datetime

from onrecord.errors import UsageError
from onrecord.model import Judgement
from onrecord.model.judgement import VERDICTS
from onrecord.store.database import words
from onrecord.store.items import dump
from onrecord.store.store import Store


def judge(store: Store, judgements: Iterable[Judgement]) -> int:
    """How many judgements were new. None is ever changed or removed."""
    with store.transaction():
        return sum(
            store.database.write(
                "INSERT OR IGNORE INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (j.id, *asdict(j).values())
            )
            for j in judgements
        )


def judgements(store: Store, subject: str | None = None) -> tuple[Judgement, ...]:
    """All judgements, or those on one subject, earliest first; those on ids it took over from others included."""
    columns = ", ".join(field.name for field in fields(Judgement))
    found = store.database.rows(f"SELECT {columns} FROM judgement ORDER BY decided, id")  # noqa: S608
    made = (Judgement(*(words(value) for value in row)) for row in found)  # type: ignore[arg-type]
    return tuple(j for j in made if subject is None or subject in (j.subject, store.successor(j.subject)))


def write_jsonl(store: Store) -> Iterator[str]:
    """Every judgement as one line of JSON."""
    return (dump(asdict(judgement)) + "\n" for judgement in judgements(store))


def read_jsonl(lines: Iterable[str]) -> tuple[Judgement, ...]:
    """The judgements of these lines; blank lines are passed over.

    Raises UsageError, naming the line, where one holds no judgement.
    """
    return tuple(_judgement(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _judgement(number: int, line: str) -> Judgement:
    names = [field.name for field in fields(Judgement)]
    try:
        judgement = Judgement(**json.loads(line))
        datetime.fromisoformat(judgement.decided)
        sound = judgement.verdict in VERDICTS and all(isinstance(getattr(judgement, name), str) for name in names)
    except (ValueError, TypeError) as error:
        raise _unsound(number, str(error)) from error
    if not sound:
        raise _unsound(number, f"the verdict is one of {', '.join(VERDICTS)} and every value is a string")
    return judgement


def _unsound(number: int, why: str) -> UsageError:
    return UsageError(f"line {number} holds no judgement: {why}; nothing was taken in, mend the line and import again")
