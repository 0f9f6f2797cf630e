"""Acts from numbers: cues, what they are, and their parts; made-up numbers, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from onrecord.encoder.acts import (
    FIELDS,
    HEAD,
    KINDS,
    MODALITIES,
    ROLE,
    ROLES,
    ROOTS,
    TYPES,
    WIDTH,
    Tables,
    decode_acts,
    distances,
    field,
    root_chances,
)

if TYPE_CHECKING:
    from onrecord.encoder.acts import Floats

SIZE = 8
FACTS = FIELDS["cue_facts"]


def tables() -> Tables:
    zeros = np.zeros
    return Tables(
        zeros((len(KINDS), len(ROLES) * ROLE), np.float32),
        zeros((len(KINDS), FACTS), np.float32),
        zeros((len(ROLES), 16), np.float32),
    )


def numbers() -> Floats:
    """Words of which none is a cue, nor a part of one."""
    made = np.zeros((SIZE, WIDTH), dtype=np.float32)
    field(made, "kinds")[:] = -9
    field(made, "apt")[:] = -9
    return made


def with_cue(kind: str, first: int, end: int, made: Floats | None = None) -> Floats:
    made = numbers() if made is None else made
    field(made, "kinds")[first:end, KINDS.index(kind)] = 9
    return made


def says(made: Floats, words: slice, type_: tuple[str, str | None], root: str | None, modality: str = "real") -> None:
    facts = field(made, "cue_facts")[words]
    facts[:, TYPES.index(type_)] = 9
    facts[:, len(TYPES) + (ROOTS.index(root) if root else len(ROOTS))] = 9
    facts[:, len(TYPES) + len(ROOTS) + 1 + MODALITIES.index(modality)] = 9


def test_fields_lie_side_by_side() -> None:
    made = np.arange(WIDTH, dtype=np.float32)[None]
    assert np.concatenate([field(made, name)[0] for name in FIELDS]).tolist() == list(range(WIDTH))


def test_no_cue_is_no_act() -> None:
    assert list(decode_acts(numbers(), tables())) == []


def test_an_act_is_its_cue_with_its_parts() -> None:
    made = with_cue("answer", 2, 4)
    says(made, slice(2, 4), ("answer", "rejected"), "REJECT", "negated")
    field(made, "apt")[0, ROLES.index("by")] = 5
    field(made, "apt")[5:7, ROLES.index("content")] = 5
    (act,) = decode_acts(made, tables())
    assert (act.kind, act.status, act.root, act.modality) == ("answer", "rejected", "REJECT", "negated")
    assert (act.cue, act.by, act.to, act.content) == ((2, 4), ((0, 1),), (), ((5, 7),))
    assert all(0 < sure <= 1 for sure in act.evidence)


def test_the_type_is_one_of_the_cue_s_kind() -> None:
    made = with_cue("meeting", 1, 2)
    says(made, slice(1, 2), ("answer", "rejected"), None)
    (act,) = decode_acts(made, tables())
    assert ("meeting", act.status) in TYPES
    assert act.root is None


def test_one_word_may_be_the_cue_of_two_kinds() -> None:
    made = with_cue("document", 3, 4, with_cue("demand", 3, 4))
    assert [act.kind for act in decode_acts(made, tables())] == ["demand", "document"]


def test_a_demand_for_two_things_is_two_acts_and_another_act_has_its_heaviest_words() -> None:
    for kind, contents in (("demand", [((0, 3),), ((5, 8),)]), ("answer", [((5, 8),)])):
        made = with_cue(kind, 3, 4)
        field(made, "apt")[0:3, ROLES.index("content")] = 5
        field(made, "apt")[5:8, ROLES.index("content")] = 6
        assert [act.content for act in decode_acts(made, tables())] == contents


def test_a_word_left_out_between_two_of_a_content_belongs_to_it() -> None:
    made = with_cue("action", 0, 1)
    field(made, "apt")[[2, 3, 5, 6], ROLES.index("content")] = 5
    field(made, "apt")[4, ROLES.index("content")] = -2
    (act,) = decode_acts(made, tables())
    assert act.content == ((2, 7),)


def test_an_act_without_a_likely_content_has_the_likeliest() -> None:
    made = with_cue("action", 0, 1)
    field(made, "apt")[:, ROLES.index("content")] = -5
    field(made, "apt")[4, ROLES.index("content")] = -1
    (act,) = decode_acts(made, tables())
    assert act.content == ((4, 5),)


def test_distances_are_counted_from_the_cue_s_ends() -> None:
    assert distances(8, (3, 5)).tolist() == [10, 10, 9, 0, 0, 1, 2, 2]


@pytest.mark.parametrize("to", [[], [6, 7]])
def test_the_types_of_events_share_one_probability(to: list[int]) -> None:
    chance = np.random.default_rng(1)
    made = chance.normal(size=(SIZE, WIDTH)).astype(np.float32)
    found = root_chances(made, [0, 1], to)
    assert found.shape == (len(ROOTS),)
    assert found.sum() == pytest.approx(1, abs=1e-5)


def test_the_pair_decides_which_word_is_looked_at() -> None:
    made = numbers()
    by, word, seen = (field(made, name) for name in ("pair_by", "pair_word", "pair_seen"))
    by[0, :HEAD], by[1, :HEAD] = 3, -3
    word[4, :HEAD], word[5, :HEAD] = 3, -3
    seen[4, ROOTS.index("AID")] = seen[5, ROOTS.index("ASSAULT")] = 9
    assert ROOTS[int(root_chances(made, [0], []).argmax())] == "AID"
    assert ROOTS[int(root_chances(made, [1], []).argmax())] == "ASSAULT"
