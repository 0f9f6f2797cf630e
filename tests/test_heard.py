"""What the encoder reads, laid on frames and made statements of: attributions are drawn by hand, no network runs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import onrecord
from onrecord.encoder import Attributed, Marks
from onrecord.model import Role, Span, Statement, Text
from onrecord.reading import encoded
from onrecord.reading.page import Page
from onrecord.reading.statements import Statements, heard
from onrecord.reading.statements.frames import Frame, Frames, find_frames
from onrecord.reading.statements.heard import Heard, lay
from tests.marked import read_marks
from tests.test_statements import page_of

SURE = 0.9


def drawn(marked: str) -> tuple[str, list[Attributed]]:
    """A text and the attributions drawn in it, one for each number; a cue's value is the confidence."""
    body, marks = read_marks(marked)
    text = Text.of(body)
    found: dict[str, list[Attributed]] = {}
    for number in sorted({mark.label.lstrip("abcdefghijklmnopqrstuvwxyz") for mark in marks}):
        by_role: dict[str, list[Span]] = {"cue": [], "source": [], "content": []}
        sure = SURE
        for mark in marks:
            if mark.label in (f"cue{number}", f"source{number}", f"content{number}"):
                by_role[mark.label.removesuffix(number)].append(text.span(mark.start, mark.end))
                sure = float(mark.value) if mark.value else sure
        cue, source = (next(iter(by_role[role]), None) for role in ("cue", "source"))
        found.setdefault(number, []).append(Attributed(tuple(by_role["content"]), cue, source, sure))
    return body, [one for number in sorted(found) for one in found[number]]


def laid(marked: str) -> tuple[tuple[Frame, ...], tuple[Heard, ...]]:
    body, found = drawn(marked)
    frames = find_frames(Frames(Page(Text.of(body))))
    return frames, lay(found, frames)


def lay_one(marked: str) -> tuple[str | None, str, list[str]]:
    """Source, cue and the regions of the only attribution that is kept."""
    frames, (one,) = laid(marked)
    cue = one.attribution.cue
    assert cue is not None
    source = one.attribution.source
    regions = [frames[number].text(*region) for number, regions in one.regions for region in regions]
    return source.exact if source else None, frames[one.frame].text(*cue), regions


# Attributions on frames


def test_a_quotation_broken_by_its_cue_clause_is_two_regions() -> None:
    """Also where the encoder's content runs over "he said": the cue clause is never part of what is said."""
    apart = "[“We will wait,”|content] [he|source] [said|cue], [“but not for ever.”|content]"
    over = "[“We will wait,” [he|source] [said|cue], “but not for ever.”|content]"
    for marked in (apart, over):
        source, cue, regions = lay_one(marked)
        assert (source, cue) == ("he", "said")
        assert [region.strip(" ,") for region in regions] == ["“We will wait,”", "“but not for ever.”"]
        _, (one,) = laid(marked)
        assert one.attribution.order == "around"


@pytest.mark.parametrize(
    ("marked", "regions"),
    [
        ("[Berg|source] [said|cue] “[we will wait|content] for it”.", ["“we will wait for it”"]),
        ("[Berg|source] [said|cue] “we [will wait for it”|content].", ["“we will wait for it”"]),
        ("[Berg|source] [said|cue] [the reply “|content]we will wait for it” was late.", ["the reply"]),
        ("[Berg|source] [said|cue] [the reply “we|content] will wait for it” was late.", ["the reply"]),
        ("[Berg|source] [said|cue] [the “late|content]” reply was lost.", ["the “late”"]),
    ],
)
def test_a_quotation_is_content_as_a_whole_or_not_at_all(marked: str, regions: list[str]) -> None:
    """Half of its words make it content; words at its edge do not."""
    assert lay_one(marked)[2] == regions


def test_an_attribution_whose_cue_lies_in_a_quotation_is_no_outermost_one() -> None:
    assert laid("“[Ek|source] [said|cue] [that the talks were over|content],” Berg recalled.")[1] == ()


def test_a_content_without_a_cue_is_left_to_the_rules() -> None:
    """A quotation that goes on with the speaker before it is theirs."""
    assert laid("[“We have time.”|content]")[1] == ()


def test_a_title_quoted_in_a_cue_is_no_part_of_it() -> None:
    """ "said on “The Hour”": the cue ends before the programme's name."""
    source, cue, regions = lay_one("[Berg|source] [said on “The Hour”|cue] [that the talks were over|content].")
    assert (source, cue, regions) == ("Berg", "said on", ["that the talks were over"])


@pytest.mark.parametrize("cue", ["was told", "had been assured", "was repeatedly warned", "were informed"])
def test_a_passive_cue_has_no_source(cue: str) -> None:
    """ "Sudmark was told that": Sudmark is spoken to, and nobody says by whom."""
    source, words, _ = lay_one(f"[Sudmark|source] [{cue}|cue] [that the talks were over|content].")
    assert (source, words) == (None, cue)


@pytest.mark.parametrize("cue", ["told", "had told", "was adamant", "was quoted as saying"])
def test_an_active_cue_keeps_its_source(cue: str) -> None:
    assert lay_one(f"[Sudmark|source] [{cue}|cue] [that the talks were over|content].")[0] == "Sudmark"


@pytest.mark.parametrize(
    "marked",
    [
        "When [asked|cue] by Ek [whether the talks were over|content], Berg left.",
        "When [asked by|cue] Ek [whether the talks were over|content], Berg left.",
        pytest.param(
            "[Sudmark|source] [was told|cue] by Ek [that the talks were over|content].",
        ),
    ],
)
def test_who_stands_after_by_is_who_spoke(marked: str) -> None:
    assert lay_one(marked)[0] == "Ek"


def test_a_hedge_takes_its_verb_along() -> None:
    """ "reportedly | said that": the cue is both, the verb is no content, and the hedge is told."""
    marked = "[Berg|source] [reportedly|cue] [said that the talks were over|content]."
    assert lay_one(marked) == ("Berg", "reportedly said", ["that the talks were over"])
    _, (one,) = laid(marked)
    assert one.attribution.hedge == "reportedly"


def test_the_outlets_words_for_a_denial_are_told_as_a_whole_clause() -> None:
    """ "Berg did not rule out further talks" has no words of Berg's; all of it is what is told."""
    marked = "[Anna Berg|source] [did not rule out|cue] [further talks|content]."
    assert lay_one(marked)[2] == ["Anna Berg did not rule out further talks"]


def test_a_content_may_go_on_in_the_next_sentence() -> None:
    """One attribution, its regions told frame by frame."""
    marked = "[Berg|source] [made two points|cue]. [The talks were over. The envoy would leave.|content] Ek waits."
    frames, (one,) = laid(marked)
    assert (one.frame, [number for number, _ in one.regions]) == (0, [1, 2])
    assert one.attribution.regions == ()
    assert [frames[n].text(*r) for n, rs in one.regions for r in rs] == [
        "The talks were over.",
        "The envoy would leave.",
    ]
    assert one.attribution.order == "after"


def test_a_content_on_both_sides_of_its_cue_clause_stands_around_it() -> None:
    """Also where the half after it is a sentence of its own."""
    _, (one,) = laid("[The talks were over|content], [Berg|source] [said|cue]. [The envoy would leave.|content]")
    assert one.attribution.order == "around"
    _, (one,) = laid("[The talks were over|content], [Berg|source] [said|cue]. The envoy would leave.")
    assert one.attribution.order == "before"


def test_a_content_may_stand_in_the_sentence_before() -> None:
    frames, (one,) = laid("[The talks were over.|content] So [said|cue] [Berg|source] on Friday.")
    assert [(n, frames[n].text(*r)) for n, rs in one.regions for r in rs] == [(0, "The talks were over.")]


@pytest.mark.parametrize("condition", ["If", "Unless"])
def test_what_is_only_supposed_is_nothing(condition: str) -> None:
    assert laid(f"{condition} [Berg|source] [says|cue] [the talks are over|content], they are over.")[1] == ()
    assert len(laid(f"{condition} it rains, [Berg|source] [says|cue] [the talks are over|content].")[1]) == 1


@pytest.mark.parametrize("source", ["Berg,", ", Berg", " Berg – "])
def test_a_source_ends_before_its_comma(source: str) -> None:
    assert lay_one(f"Later[{source}|source] [said|cue] [that the talks were over|content].")[0] == "Berg"


def test_a_content_that_is_all_cue_clause_says_nothing() -> None:
    assert laid("[[Berg|source] [said|cue]|content] so.")[1] == ()


def test_pieces_that_touch_or_overlap_are_one_region() -> None:
    marked = "[Berg|source] [said|cue] [that the |content][talks were|content] [over|content] [now|content]."
    assert lay_one(marked)[2] == ["that the talks were over now"]


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("denied", "deny"),
        ("had repeatedly denied", "deny"),
        ("promised", "promise"),
        ("warned", "threaten"),
        ("threatened", "threaten"),
        ("urged", "demand"),
        ("asked", "ask"),
        ("was convinced", "believe"),
        ("smiled and added", "say"),
        ("let it be known", "say"),
    ],
)
def test_the_class_of_a_cue_is_that_of_its_last_word_of_speech(cue: str, kind: str) -> None:
    """What no list knows says."""
    _, (one,) = laid(f"[Berg|source] [{cue}|cue] [that the talks were over|content].")
    assert one.attribution.cue_class == kind


def test_the_one_spoken_to_is_told_unless_it_is_what_is_said() -> None:
    frames, (one,) = laid("[Berg|source] [told|cue] reporters [that the talks were over|content].")
    assert one.attribution.listener is not None
    assert frames[0].text(*one.attribution.listener) == "reporters"
    assert laid("[Berg|source] [told|cue] [reporters to leave|content].")[1][0].attribution.listener is None


def test_attributions_outside_the_frames_are_left_out() -> None:
    """A cue before the first frame, as in a page whose first lines are noise, is laid on no frame."""
    body, found = drawn("[Berg|source] [said|cue] [that all was lost|content].\n\nEk waits.")
    frames = find_frames(Frames(Page(Text.of(body))))
    assert lay(found, frames[1:]) == ()
    assert lay(found, ()) == ()


# The stage, with an encoder that says what is drawn


class Drawn:
    """An encoder that reads what is drawn in a text: the outermost attributions in each place asked for."""

    def __init__(self, found: Sequence[Attributed]) -> None:
        self.found = found
        self.asked: list[Span] = []

    def read(self, text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]) -> Marks:
        self.asked += places
        kept: list[Attributed] = []
        for place in places:
            inside = [one for one in self.found if all(place.covers(span) for span in _spans(one))]
            kept += [one for one in inside if not any(_lies_in(one, other) for other in inside)]
        return Marks(tuple(kept), ())


def _spans(one: Attributed) -> list[Span]:
    return [*one.content, *([one.cue] if one.cue else []), *([one.source] if one.source else [])]


def _lies_in(one: Attributed, other: Attributed) -> bool:
    return one.cue is not None and any(piece.covers(one.cue) for piece in other.content)


def read_drawn(
    monkeypatch: pytest.MonkeyPatch, marked: str, *roles: Role, witnesses: tuple[str, ...] = ("encoder", "rules")
) -> tuple[list[Statement], Drawn, tuple[tuple[Span, str], ...]]:
    """The statements that the stage makes of what is drawn, the encoder, and the places unread."""
    body, found = drawn(marked)
    encoder = Drawn(found)
    monkeypatch.setattr(encoded, "load_encoder", lambda: encoder)
    monkeypatch.setattr(heard, "load_encoder", lambda: encoder)
    reading = Statements(witnesses).read(page_of(body, *roles))
    return [s for s in reading.annotations if isinstance(s, Statement)], encoder, reading.unread


def contents(statements: Sequence[Statement]) -> list[list[str]]:
    return [[piece.exact for piece in statement.content] for statement in statements]


def test_two_witnesses_that_agree_are_surer_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a rule reads the same words, most of the encoder's doubt is gone; both together make one statement."""
    marked = "[Berg|source] [said|cue=0.5] [that Norland would wait|content]."
    (alone,), _, _ = read_drawn(monkeypatch, marked, witnesses=("encoder",))
    (both,), _, _ = read_drawn(monkeypatch, marked)
    assert alone.confidence == pytest.approx(0.5)
    assert 0.8 <= both.confidence < 1
    assert contents([alone]) == contents([both])


def test_no_agreement_makes_anything_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Surer stays surer, and below 1."""
    found = [
        read_drawn(monkeypatch, f"[Berg|source] [said|cue={sure}] [that Norland would wait|content].")[0][0].confidence
        for sure in (0.35, 0.6, 0.99)
    ]
    assert found == sorted(found)
    assert found[-1] < 1


def test_below_the_least_confidence_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = "[Berg|source] [bristled|cue={}] [at the thought that Norland might wait|content]."
    assert read_drawn(monkeypatch, marked.format(0.29))[0] == []
    (told,), _, _ = read_drawn(monkeypatch, marked.format(0.31))
    assert told.confidence == pytest.approx(0.31)


def test_what_the_encoder_doubts_and_a_rule_reads_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone it would be too little; with the rule that reads the same it is enough."""
    marked = "[Berg|source] [said|cue=0.2] [that Norland would wait|content]."
    assert read_drawn(monkeypatch, marked, witnesses=("encoder",))[0] == []
    (told,), _, _ = read_drawn(monkeypatch, marked)
    assert told.confidence > 0.7


def test_quoted_words_that_may_be_anybodys_are_given_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a rule reads the same source; a paraphrase asks for less."""
    marked = "Jon Ek came. [Anna Berg|source] [hit out|cue={}]: [{}|content]."
    for sure, words, method in (
        (0.7, "“We left”", "doubtful"),
        (0.9, "“We left”", "named"),
        (0.7, "they had left", "named"),
    ):
        (told,), _, _ = read_drawn(monkeypatch, marked.format(sure, words))
        assert (told.method, told.speaker is None) == (method, method == "doubtful")
    (told,), _, _ = read_drawn(monkeypatch, "Jon Ek came. [“We left,”|content] [Anna Berg|source] [said|cue=0.5].")
    assert told.speaker is not None


def test_who_says_i_in_doubtful_words_is_as_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = (
        "[“[I|source2] [said|cue2] that [they left|content2]”|content1], so [Anna Berg|source1] [hit out|cue1=0.7]."
    )
    (told,), _, _ = read_drawn(monkeypatch, marked, witnesses=("encoder",))
    assert [one.method for one in (told, *told.inner)] == ["doubtful"] * (1 + len(told.inner))


def test_no_words_are_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the witnesses read the same words otherwise the encoder's reading stands, and the rules fill the rest."""
    marked = "[Berg|source] [said|cue] [Norland|content] would wait. “Sudmark has left,” Ek said."
    statements, _, _ = read_drawn(monkeypatch, marked)
    assert contents(statements) == [["Norland"], ["“Sudmark has left,”"]]
    assert statements[0].confidence == pytest.approx(SURE)


def test_what_the_rules_read_alone_is_told_where_it_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the encoder, which reads far more, is silent, a paraphrase by rule is as a rule none."""
    marked = "[Berg|source] [said|cue] [Norland|content] would wait. Ek said that Sudmark had left."
    assert contents(read_drawn(monkeypatch, marked)[0]) == [["Norland"]]
    assert contents(read_drawn(monkeypatch, marked, witnesses=("rules",))[0])[-1] == ["Sudmark had left"]


@pytest.mark.parametrize(
    "marked",
    [
        "[Berg|source]'s [commentary|cue], [“The Long Pier”|content], was read by all.",
        "[He|source] [had nothing to say about|cue] [the maps|content].",
    ],
)
def test_titles_and_silence_are_no_statements(monkeypatch: pytest.MonkeyPatch, marked: str) -> None:
    assert read_drawn(monkeypatch, marked, witnesses=("encoder",))[0] == []


def test_a_content_of_two_sentences_is_one_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second sentence belongs to the statement and is not continued by a rule as well."""
    marked = "[Berg|source] [said|cue] [Norland would wait. The mere thought was unacceptable.|content] Holm waits."
    (said,), _, _ = read_drawn(monkeypatch, marked)
    assert [piece.exact for piece in said.content] == ["Norland would wait", "The mere thought was unacceptable"]
    assert (said.manner, said.speaker and said.speaker.exact) == ("paraphrase", "Berg")


def test_i_in_a_quotation_is_who_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "“I told him that the talks were over,” Berg said": Berg told him."""
    marked = (
        "[“[I|source2] [told|cue2] him [that the talks were over|content2],”|content1] [Anna Berg|source1] [said|cue1]."
    )
    (said,), _, _ = read_drawn(monkeypatch, marked)
    (inner,) = said.inner
    assert contents([said, inner]) == [["“I told him that the talks were over,”"], ["that the talks were over"]]
    assert inner.speaker == said.speaker is not None
    assert (inner.method, inner.source[0].exact) == ("first person", "I")


def test_i_of_somebody_unknown_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = (
        "[“[I|source2] [told|cue2] him [that the talks were over|content2],”|content1] [an aide|source1] [said|cue1]."
    )
    (said,), _, _ = read_drawn(monkeypatch, marked)
    assert (said.speaker, said.inner[0].speaker) == (None, None)


def test_words_quoted_within_a_quotation_are_verbatim(monkeypatch: pytest.MonkeyPatch) -> None:
    """“Holm told me: ‘We wait’”: the inner marks quote Holm, the outer ones Berg."""
    marked = "[“[Holm|source2] [told|cue2] me: [‘We will wait’|content2],”|content1] [Anna Berg|source1] [said|cue1]."
    (said,), _, _ = read_drawn(monkeypatch, marked)
    (inner,) = said.inner
    assert [span.exact for span in inner.verbatim] == ["‘We will wait’"]
    assert (inner.manner, inner.speaker and inner.speaker.exact) == ("verbatim", "Holm")


def test_a_chain_is_told_from_the_outermost_to_the_innermost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stands under the one that tells of it, with a speaker of its own; nothing inside stands outside, too."""
    statements, _, _ = read_drawn(
        monkeypatch,
        "[RNN|source1] [reports|cue1] [that [Berg|source2] [said|cue2] [that [Holm|source3] [had told|cue3] her "
        "[that [Ek|source4] [denied|cue4] [that Sudmark would leave|content4]|content3]|content2]|content1].",
    )
    told = []
    while statements:
        (one,) = statements
        told.append((one.speaker.exact if one.speaker else None, one.cue[0].exact, len(one.content[0])))
        assert all(one.content[0].covers(inner.span) for inner in one.inner)
        statements = list(one.inner)
    assert [(speaker, cue) for speaker, cue, _ in told] == [
        ("RNN", "reports"),
        ("Berg", "said"),
        ("Holm", "had told"),
        ("Ek", "denied"),
    ]
    assert [size for *_, size in told] == sorted({size for *_, size in told}, reverse=True)


def test_what_is_nested_and_doubtful_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = (
        "[Berg|source1] [said|cue1] [that [Ek|source2] [had said|cue2=0.2] [that Norland waits|content2]|content1]."
    )
    (said,), _, _ = read_drawn(monkeypatch, marked)
    assert said.inner == ()


def test_each_statement_has_what_is_nested_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two statements with one nested in each, one in a quotation and one not."""
    marked = (
        "[“[Ek|source2] [says|cue2] [that Sudmark will leave|content2],”|content1] [Berg|source1] [said|cue1]. "
        "[Holm|source3] [added|cue3] [that [RNN|source4] [had reported|cue4] "
        "[that Norland would wait|content4]|content3]."
    )
    first, second = read_drawn(monkeypatch, marked)[0]
    assert [s.source[0].exact for s in (*first.inner, *second.inner)] == ["Ek", "RNN"]
    assert contents(first.inner) == [["that Sudmark will leave"]]
    assert contents(second.inner) == [["that Norland would wait"]]


def test_a_paragraph_in_another_language_and_noise_are_not_given_to_the_encoder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not read is named with its language; noise is nobody's words."""
    german = "Die Außenministerin sagte am Freitag, dass sie auf die Antwort aus Südmark noch warten wolle und werde."
    english = "[Berg|source] [said|cue] [that Norland would wait for the letter from the other side|content]."
    noise = "Berg said that you should subscribe."
    marked = f"{english}\n\n{german}\n\n{noise}"
    body, _ = drawn(marked)
    text = Text.of(body)
    role = Role(
        text=text.id, span=text.span(body.index(noise), len(body)), role="call_to_action", why="asks to subscribe"
    )
    (said,), encoder, unread = read_drawn(monkeypatch, marked, role)
    assert said.source[0].exact == "Berg"
    assert encoder.asked[0].exact == body.split("\n\n")[0]
    assert not any("subscribe" in place.exact or german in place.exact for place in encoder.asked)
    assert [(place.exact, "German (de)" in reason) for place, reason in unread] == [(german, True)]


def test_the_rules_alone_need_no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor do they wake the encoder; with it, its digest is the stage's."""

    def fail() -> None:
        raise AssertionError("the encoder was woken")

    page = page_of("Berg said that Norland would wait.")  # whose references ask the encoder
    monkeypatch.setattr(encoded, "load_encoder", fail)
    monkeypatch.setattr(heard, "load_encoder", fail)
    stage = Statements(("rules",))
    assert stage.weights is None
    assert len(stage.read(page).annotations) == 1
    assert Statements().weights


# All together, with the shipped network


def statements_in(body: str) -> list[Statement]:
    return [a for layer in onrecord.read(body) for a in layer.annotations if isinstance(a, Statement)]


def test_a_plain_text_is_read_from_end_to_end() -> None:
    """Direct, indirect, broken and "according to", each with speaker and tone."""
    told = statements_in(
        "“We are ready,” Jon Ek said, “but we will not wait for ever.”\n\n"
        "Anna Berg said that the talks would go on.\n\nAccording to Jon Ek, the letter was lost."
    )
    assert [(s.speaker and s.speaker.exact, s.cue[0].exact.lower(), s.manner) for s in told] == [
        ("Jon Ek", "said", "verbatim"),
        ("Anna Berg", "said", "paraphrase"),
        ("Jon Ek", "according to", "paraphrase"),
    ]
    assert contents(told[:1]) == [["“We are ready,”", "“but we will not wait for ever.”"]]
    assert [(s.negated, s.modality) for s in told[1:]] == [(False, "hypothetical"), (False, "real")]
    assert all(0.7 < s.confidence < 1 for s in told)


def test_a_plain_chain_is_told_with_its_outlet() -> None:
    """The outlet's words are not given to Berg, nor Berg's to the outlet."""
    (outlet,) = statements_in("The Norland Gazette reported that Anna Berg said that the letter was lost.")
    (berg,) = outlet.inner
    assert (outlet.speaker and outlet.speaker.exact, berg.speaker and berg.speaker.exact) == (
        "Norland Gazette",
        "Anna Berg",
    )
    assert contents([outlet, berg]) == [["that Anna Berg said that the letter was lost"], ["that the letter was lost"]]
