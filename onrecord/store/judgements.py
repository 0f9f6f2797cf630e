"""Judgements: what a person decided on an annotation, an entry, an actor or a link (judgement law)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Literal

from onrecord.errors import UsageError
from onrecord.model import digest
from onrecord.store.database import words
from onrecord.store.items import dump
from onrecord.store.store import Store

_VERDICTS = ("yes", "no", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: ``who`` decided, at ``decided`` (ISO 8601), that the claim with the id ``subject`` holds or not."""

    subject: str
    verdict: Literal["yes", "no", "unsure"]
    who: str
    decided: str
    why: str = ""

    @property
    def id(self) -> str:
        """Equal for the same decision, so that importing twice keeps one."""
        return digest("judgement", self.subject, self.verdict, self.who, self.decided, self.why)


def judge(store: Store, judgements: Iterable[Judgement]) -> int:
    """How many judgements were new. None is ever changed or removed."""
    with store.transaction():
        return sum(
            store.database.write(
                "INSERT OR IGNORE INTO judgement VALUES (?, ?, ?, ?, ?, ?)", (j.id, *asdict(j).values())
            )
            for j in judgements
        )


def judgements(store: Store, subject: str | None = None) -> tuple[Judgement, ...]:
    """All judgements, or those on one subject, earliest first; those on ids it took over from others included."""
    found = store.database.rows("SELECT subject, verdict, who, decided, why FROM judgement ORDER BY decided, id")
    made = (Judgement(*(words(value) for value in row)) for row in found)  # type: ignore[arg-type]
    return tuple(j for j in made if subject is None or subject in (j.subject, store.successor(j.subject)))


def write_jsonl(store: Store) -> Iterator[str]:
    """Every judgement as one line of JSON."""
    return (dump(asdict(judgement)) + "\n" for judgement in judgements(store))


def read_jsonl(store: Store, lines: Iterable[str]) -> int:
    """How many judgements of these lines were new, in any order and once or twice; blank lines are passed over.

    Raises UsageError, naming the line, and keeps none where one line holds no judgement.
    """
    return judge(store, [_judgement(number, line) for number, line in enumerate(lines, 1) if line.strip()])


def _judgement(number: int, line: str) -> Judgement:
    names = [field.name for field in fields(Judgement)]
    try:
        judgement = Judgement(**json.loads(line))
        datetime.fromisoformat(judgement.decided)
        sound = judgement.verdict in _VERDICTS and all(isinstance(getattr(judgement, name), str) for name in names)
    except (ValueError, TypeError) as error:
        raise _unsound(number, str(error)) from error
    if not sound:
        raise _unsound(number, f"the verdict is one of {', '.join(_VERDICTS)} and every value is a string")
    return judgement


def _unsound(number: int, why: str) -> UsageError:
    return UsageError(f"line {number} holds no judgement: {why}; nothing was taken in, mend the line and import again")
