"""Forms of one person's name within a text: which is the fullest."""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import OSA

_MANY = 32  # people of one surname that are told apart; no report has more


def choose_full_forms(forms: list[tuple[str, bool]]) -> dict[str, str]:
    """For each form the fullest form of the same person's name; the flag says that the form stood beside a title.

    Forms with one surname whose given names may be one name ("S.", "Sergei", "Segrgey") are one person; of these the
    one beside a title wins, then the most frequent, then the first. A surname that two people share stays as it is.

    >>> choose_full_forms([("Anna Berg", True), ("Berg", False)])["Berg"]
    'Anna Berg'
    """
    counts = Counter(form for form, _ in forms)
    titled = {form for form, beside in forms if beside}
    order = {form: place for place, (form, _) in reversed(list(enumerate(forms)))}
    full = sorted(
        (form for form in counts if " " in form),
        key=lambda form: (_initials(form), form not in titled, -counts[form], order[form]),
    )
    people: list[list[str]] = []
    by_surname: dict[str, list[list[str]]] = {}
    for form in full:
        alike = by_surname.setdefault(form.split()[-1].casefold(), [])
        group = next((group for group in alike[:_MANY] if _may_be_one(group[0], form)), None)
        if group is None:
            alike.append([form])
            people.append(alike[-1])
        else:
            group.append(form)
    chosen = {form: group[0] for group in people for form in group}
    whole: dict[str, set[str]] = {}
    for group in people:
        for form in group:
            words = form.casefold().split()
            # The surname, with its particles ("Van der Holm"), or a family name printed first ("Xi").
            # or half of a double surname: "Marbacher" for "Egon Marbacher-Stolz".
            ends = {" ".join(words[start:]) for start in range(1, len(words))}
            # or the first of two surnames: "Quintián" for "Rosaura Quintián Belmonte".
            for short in {*words, *ends, *words[-1].split("-")}:
                whole.setdefault(short, set()).add(group[0])
    for form in counts:
        fuller = whole.get(form.casefold(), set()) - {form}
        if len(fuller) == 1 and chosen.get(form, form) == form:
            chosen[form] = next(iter(fuller))
    return chosen


def _initials(form: str) -> bool:
    """Whether a given name is only an initial: "A. Berg"."""
    return any(len(part.strip(".")) == 1 for part in form.split()[:-1])


def _may_be_one(one: str, other: str) -> bool:
    """Whether two full forms may name one person: equal surnames, given names equal, an initial or a slip apart."""
    first, second = one.split(), other.split()
    if first[-1] != second[-1]:
        return False
    left, right = first[0].strip(".").lower(), second[0].strip(".").lower()
    if not left or not right:
        return False
    if left[0] != right[0] and not {left[0], right[0]} <= {"j", "y", "i", "e"}:
        return False
    if 1 in (len(left), len(right)):
        return True
    # "Segrgey" for "Sergei". Source: optimal string alignment (Damerau, 1964).
    return int(OSA.distance(left, right)) <= max(1, min(len(left), len(right)) // 3)
