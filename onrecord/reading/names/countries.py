"""States that no list knows, found by how the text speaks of them: "the Republic of Norland", "Sudmark rejected"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from onrecord.reading.names.gazetteer import Entry, State, gazetteer
from onrecord.reading.names.titles import title_at
from onrecord.reading.names.tokens import Sheet
from onrecord.reading.names.words import first_names, organs, word_list

_ENOUGH = 2
_STATE_OFFICES = frozenset(
    ("foreign minister", "prime minister", "head of state", "head of government", "deputy foreign minister",
     "defence minister", "interior minister", "finance minister", "deputy prime minister", "trade minister",
     "fisheries minister", "energy minister", "environment minister", "water minister", "justice minister",
     "transport minister", "agriculture minister", "ambassador", "first minister", "economy minister",
     "presidential spokesperson", "maritime minister", "border minister", "health minister", "crown prince", "monarch")
)  # fmt: skip
_ENDINGS = ("land", "mark", "stan", "ia")
_AUXILIARIES = frozenset(
    ("has", "had", "will", "would", "must", "should", "did", "does", "may", "is", "was", "says", "said", "wants")
)
_VENUE_VERBS = frozenset(("met", "meet", "held", "opened", "began", "signed", "gathered", "resumed", "ended"))
_MANY = 64  # words with one beginning; a text with more of them is no report
_DIRECTIONS = frozenset(("North", "South", "East", "West", "New", "Upper", "Lower", "Greater", "Northern", "Southern"))


@dataclass
class _Evidence:
    """What speaks for a word being a state (``noun``) or made from one (``attribute``)."""

    noun: int = 0
    attribute: int = 0
    kinds: set[str] = field(default_factory=set)

    @property
    def sure(self) -> bool:
        """Whether there is a sign that no person or firm gives: "Holt has rejected" and "Holt's offer" are none."""
        return "sure" in self.kinds or "partner" in self.kinds


def find_countries(sheet: Sheet, people: frozenset[str], seen: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
    """Entries for states that the text names and no list knows, their adjectives, peoples and capitals.

    A word is a state on one sure sign ("the Republic of Norland", "Norland's foreign minister") or on two weak ones
    ("Norland rejected", "in Norland"). ``people`` are words that end persons' names; none of them is a state. ``seen``
    are words that the encoder takes for states or cities: with one weak sign of a state they are states.
    """
    signs: dict[str, _Evidence] = defaultdict(_Evidence)
    for index in range(len(sheet.tokens)):
        if _may_be_country(sheet, index, people):
            _weigh(sheet, index, signs[_word(sheet, index)])
    for word, sign in signs.items():
        if word in seen and sign.noun > 0:
            sign.noun += 1
            sign.kinds.add("sure")
    nouns = [word for word, sign in signs.items() if sign.noun >= _ENOUGH]
    _add_partners(sheet, signs, nouns, people)
    stems = _stems(signs)
    made_from = set(stems.values())
    states: dict[str, State] = {}
    for word, sign in signs.items():
        noun = stems[word]
        # "the Norlander foreign minister" makes Norland a state where Norland is met at all.
        target = noun if noun else word
        if sign.noun + sign.attribute >= _ENOUGH and (sign.sure or noun or word in made_from or _sounds(word)):
            states.setdefault(target, State(target))
    capitals = _capitals(sheet, states)
    for capital in capitals:  # "Kelvar demanded" made a state of Norland's capital
        states.pop(capital.name, None)
    return (*_entries(signs, stems, states), *capitals)


def _entries(signs: dict[str, _Evidence], stems: dict[str, str | None], states: dict[str, State]) -> list[Entry]:
    found = []
    for word in signs:
        noun = stems[word]
        if noun and noun in states:
            found.append(Entry((word,), "people" if word.endswith("s") else "adjective", noun, states[noun]))
        elif word in states:
            bare = signs[word].noun == 0 and has_state_ending(word)
            found.append(Entry(tuple(word.split()), "adjective" if bare else "state", word, states[word]))
    return found


def _word(sheet: Sheet, index: int) -> str:
    """The word, with a direction before it: "East Varland"."""
    before = sheet.word(index - 1)
    if before in _DIRECTIONS and not sheet.tokens[index - 1].titled and sheet.together(index - 1, index + 1):
        return f"{before} {sheet.word(index)}"
    return sheet.word(index)


def _may_be_country(sheet: Sheet, index: int, people: frozenset[str]) -> bool:
    token = sheet.tokens[index]
    word = token.word
    if not token.capital or token.titled or len(word) < 4 or not word.isalpha() or word.isupper():
        return False
    if word in people or word in word_list("no_name") or word in first_names() or gazetteer().knows(word):
        return False
    if " " in _word(sheet, index) and any(len(entry.words) > 1 for entry in gazetteer().match(sheet, index - 1)):
        return False  # "North Korea"
    if title_at(sheet, index) or word.lower() in ("foreign", "ministry") or sheet.phrase(organs(), index):
        return False
    follows = sheet.word(index + 1)
    # "Norland Herald" and "Varland Strait" name something else; "Meridian Council" too.
    return follows not in word_list("outlet_tail") | word_list("place_tail") | word_list("organisation_tail")


def _weigh(sheet: Sheet, index: int, sign: _Evidence) -> None:
    """Adds what the words around one occurrence say."""
    follows, after = sheet.word(index + 1).lower(), sheet.word(index + 2)
    before = sheet.word(index - 1).lower()
    if _office_of(sheet, index) or _realm_of(sheet, index) or _owned_by(sheet, index):
        sign.noun += _ENOUGH
        sign.kinds.add("sure")
    if follows in ("'s", "’s"):
        strength = _organ_strength(sheet, index + 2)
        if strength == _ENOUGH:
            sign.kinds.add("sure")
        sign.noun += strength or int(after in word_list("state_organ") and _once(sign, "has"))
        return
    strength = _organ_strength(sheet, index + 1)
    if strength and before not in ("'s", "’s"):
        if strength == _ENOUGH:
            sign.kinds.add("sure")
        if has_state_ending(sheet.word(index)):
            sign.attribute += strength
        else:
            sign.noun += strength
    elif follows in word_list("state_organ"):
        sign.attribute += int(_once(sign, f"the {follows}"))
    elif follows in _AUXILIARIES and before not in word_list("place_word_before"):
        # "Sudmark has not answered": persons do so too, but no person is called -mark and stays without a first name.
        sign.noun += int(_once(sign, "does"))
        sign.noun += int(_sounds(sheet.word(index)) and _once(sign, "ending"))
    elif before == "that" and follows.isalpha() and sheet.word(index + 1)[0].islower():
        sign.noun += int(_once(sign, "that"))
    elif follows in word_list("state_verb"):
        sign.noun += int(_once(sign, follows))
    elif before in ("from", "with", "against", "between", "to", "by"):
        sign.noun += int(_once(sign, "party"))
    elif before == "in" and sheet.word(index - 2).lower() in word_list("place_noun") | _VENUE_VERBS:
        sign.noun -= int(_once(sign, "venue"))  # "talks in Torvik": a city, if nothing sure says otherwise


def _once(sign: _Evidence, kind: str) -> bool:
    """True the first time this kind of sign is seen for the word."""
    new = kind not in sign.kinds
    sign.kinds.add(kind)
    return new


def _office_of(sheet: Sheet, index: int) -> bool:
    """ "the foreign minister of Norland", "Foreign Minister Anna Berg of Norland"."""
    if sheet.word(index - 1).lower() != "of":
        return False
    for first in range(max(0, index - 8), index - 1):
        title = title_at(sheet, first)
        if not title or title[2] not in _STATE_OFFICES or not sheet.together(first, index + 1):
            continue
        between = sheet.tokens[title[0] : index - 1]
        if title[0] <= index - 1 and len(between) <= 4 and all(token.capital for token in between):
            return True
    return _organ_ends(sheet, index - 1)


def _owned_by(sheet: Sheet, index: int) -> bool:
    """ "the capital of Norland"."""
    owned = ("capital", "government", "parliament", "territory")
    return sheet.word(index - 1) == "of" and sheet.word(index - 2).lower() in owned


def _sounds(word: str) -> bool:
    """Whether the word ends as names of countries do."""
    return word.endswith(_ENDINGS)


def _organ_ends(sheet: Sheet, last: int) -> bool:
    """ "the Ministry of Foreign Affairs of Norland"."""
    for first in range(max(0, last - 5), last):
        organ = sheet.phrase(organs(), first)
        if organ and first + len(organ.words) == last and organ.kind == "alone":
            return True
    return False


def _realm_of(sheet: Sheet, index: int) -> bool:
    """ "the Republic of Norland"."""
    place = index - 2 if sheet.word(index - 1) == "of" else index - 3
    return sheet.word(place + 1) == "of" and sheet.word(place) in word_list("state_word")


def _organ_strength(sheet: Sheet, index: int) -> int:
    """How surely the words from the token on are what only a state has: 2, 1 or 0."""
    organ = sheet.phrase(organs(), index)
    if organ:
        return _ENOUGH if organ.kind == "alone" or organ.name in ("Parliament", "Embassy", "Armed Forces") else 1
    title = title_at(sheet, index)
    if title and title[1] != "honorific":
        return _ENOUGH if title[2] in _STATE_OFFICES else int(title[2] in ("president", "negotiator", "envoy"))
    return 0


def _add_partners(sheet: Sheet, signs: dict[str, _Evidence], nouns: list[str], people: frozenset[str]) -> None:
    """ "Norland and Sudmark": what is joined with a state by "and" is a state where one weak sign says so too."""
    known = set(nouns)
    for index in range(1, len(sheet.tokens) - 1):
        if sheet.word(index) not in ("and", "or") or not sheet.together(index - 1, index + 2):
            continue
        for one, other in ((index - 1, index + 1), (index + 1, index - 1)):
            word = sheet.word(one)
            if word in known or _is_listed_state(sheet, one):
                partner = sheet.word(other)
                if _may_be_country(sheet, other, people) and _once(signs[partner], "partner"):
                    signs[partner].noun += 1


def _is_listed_state(sheet: Sheet, index: int) -> bool:
    return any(entry.use == "state" for entry in gazetteer().match(sheet, index))


def _stems(signs: dict[str, _Evidence]) -> dict[str, str | None]:
    """For each word the state it is an adjective of: Norland for "Norlandic", "Norlander", "Norlanders".

    A word that itself shows no sign of a state is one where a sure adjective is made from it: "Norland waits".
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(signs, key=lambda word: (len(word), word)):
        if len(alike[word[:4]]) < _MANY:
            alike[word[:4]].append(word)
    return {word: next((noun for noun in alike[word[:4]] if _is_made_from(word, noun, signs)), None) for word in signs}


def _is_made_from(word: str, noun: str, signs: dict[str, _Evidence]) -> bool:
    sure = signs[word].attribute >= _ENOUGH and len(noun) < len(word)
    return noun != word and (signs[noun].noun > 0 or sure) and shares_stem(word, noun)


def shares_stem(adjective: str, noun: str) -> bool:
    """Whether the adjective is made from the noun by an ending.

    >>> shares_stem("Sudmarkian", "Sudmark"), shares_stem("Ostravian", "Ostravia"), shares_stem("Sudmark", "Norland")
    (True, True, False)
    """
    common = 0
    for one, other in zip(adjective, noun, strict=False):
        if one != other:
            break
        common += 1
    if common < max(4, len(noun) - 3) or common == len(adjective):
        return False
    ends = word_list("demonym_ending")
    return any(adjective[cut:] in ends for cut in range(common, max(3, common - 3), -1))


def has_state_ending(word: str) -> bool:
    """Whether the word ends as adjectives of states do; -n alone does not tell."""
    return word.endswith(("ian", "ean", "ese", "ish", "lander", "landic", "ic", "ite", "ine", "er", "ari", "ani"))


def _capitals(sheet: Sheet, states: dict[str, State]) -> list[Entry]:
    """Capitals that the text ties to their state: "Kelvar, the capital of Norland", "the Norland capital, Kelvar"."""
    found = []
    for index in range(len(sheet.tokens)):
        if sheet.word(index).lower() != "capital":
            continue
        city = state = None
        if sheet.word(index + 1) == "of":
            state = states.get(sheet.word(index + 2))
            place = index - 1 - (sheet.word(index - 1).lower() == "the")
            city = place - 1 if sheet.word(place) == "," else None
        else:
            place = index - 1 - (sheet.word(index - 1) in ("'s", "’s"))
            state = states.get(sheet.word(place))
            city = index + 1 + (sheet.word(index + 1) == ",")
        if city is None or state is None or not 0 <= city < len(sheet.tokens):
            continue
        word = sheet.word(city)
        if word[0].isupper() and word.isalpha() and word not in word_list("no_name"):
            found.append(Entry((word,), "capital", word, state))
    return found
