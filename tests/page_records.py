"""Invented records for the tests of the page: a small exchange with everything in it, a hostile one and a large one.

The exchange: Norland asks Sudmark to withdraw its patrol boats from the Skerry Strait; the Straits Council and Varland
stand between them. States, people, outlets and sentences are invented here.
"""

# The exchange reads as a table, one article or entry a line.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.model import (
    Actor,
    Difference,
    Entry,
    Evidence,
    Issue,
    OfficeHeld,
    Position,
    Record,
    RecordText,
    Report,
    ReportSpans,
    Value,
    When,
)

AGENCY = """Norland waits for a written reply

STRANDVIK, 14 March. Foreign Minister Anna Berg of Norland said on Monday, 14 March 2022, that her country “will wait for a written reply” to its demand that Sudmark withdraw its patrol boats from the Skerry Strait.

“We have asked three times,” she said, “and we have been given three speeches.” Berg also called on Sudmark to release the trawler Havsula and its crew of eleven.

Norland handed the Straits Council a four-page memorandum on Thursday. The memorandum asks for observers on both shores.

Sudmark has not answered the demand to withdraw the boats. Its foreign minister, Jon Ek, told reporters that the trawler “will be released when the inquiry ends, and not before.”

Subscribe to our newsletter
Share this article
"""

TEXTS: Mapping[str, tuple[str | None, str | None, When | None, str | None, str]] = {
    "t-agency": ("Skerry News Agency", "Norland waits for a written reply", When.of("2022-03-14", None, "metadata"), None, AGENCY),
    "t-courier": ("Harbour Courier", "Norland waits for a written reply", When.of("2022-03-15", None, "metadata"), "t-agency", AGENCY),
    "t-evening": ("Evening Ledger of Strandvik", "Norland waits for a written reply", When.of("2022-03-15", None, "metadata"), "t-agency", AGENCY),
    "t-post": (
        "The Varland Post", "Ek: boats stay, trawler may go", When.of("2022-03-16", None, "metadata"), None,
        """Ek: boats stay, trawler may go

Norland’s foreign minister A. Berg met her Sudmark counterpart Jon Ek in Lindau on 15 March. The talks lasted ninety minutes.

Ek said Sudmark had rejected the demand to pull back its patrol boats. “Our boats are in our own waters and there they stay,” he told The Varland Post.

On the trawler he was softer: Sudmark could release the crew of twelve first and speak about the ship later, he said.

He promised a written reply by the end of the month. Varland offered to host a second round in April.

Read also: Ten harbours to see before you are old
""",
    ),
    "t-tidende": (
        "Tidende", "Council will read the paper “with care”", When.of("2022-03-18", None, "metadata"), None,
        """Council will read the paper “with care”

The secretary of the Straits Council, Mirela Vasq, confirmed on Friday that she had received Norland’s memorandum. “The Council will read it with care and answer in due time,” Vasq said.

Radio Sund reports that Ek said the memorandum “reads like an ultimatum”.

Norland insists that the Council send observers. Varland’s prime minister Olle Tamm backed the request and asked Sudmark not to board any further vessel.

A meeting of the Council planned for 21 March was called off, two diplomats said.
""",
    ),
    "t-sund": (
        None, None, None, None,
        """The written reply went out last week, officials in Ostrahamn say. It runs to six pages.

“Sudmark accepts observers on the northern shore only”, the reply says, according to people who have seen it.

It was not clear whether Norland had read it. A spokesman said only: “We are looking at it”.
""",
    ),
    "t-mirror": (
        "Southern Mirror", "Reply in hand, Berg says “half a step”", When.of("2022-04-02", None, "metadata"), None,
        """Reply in hand, Berg says “half a step”

Anna Berg called the Sudmark reply “half a step” on Saturday. “Observers on one shore,” Berg said in a radio interview, “see one half of the sea.”

She confirmed that Norland had received the reply on 31 March and read it the same night.

The crew of eleven came home on 1 April. Sudmark kept the ship.

Norland will not send its coast guard into the strait while talks go on, Berg pledged. Sudmark put off an answer on the ban on boarding until the summer.
""",
    ),
    "t-akhbar": (
        "صحيفة المضيق", "نورلاند تنتظر ردا مكتوبا", When.of("2022-03", None, "metadata"), None,
        """نورلاند تنتظر ردا مكتوبا

قالت وزيرة الخارجية آنا بيرغ إن بلادها «تنتظر ردا مكتوبا» من سودمارك.

Varland’s envoy, speaking in Lindau, said the two sides “are closer than they sound”.
""",
    ),
    "t-long": (
        "The Quarterly Review of Maritime Boundaries, Fisheries and the Law of the Narrow Seas", "A strait, two shores and a paper trail", When.of("2022-04~", None, "metadata"), None,
        """A strait, two shores and a paper trail

In December 2021 Sudmark and Norland signed the Lindau Protocol, which says that “no armed vessel shall anchor in the Strait”. In mid-January Sudmark sent two patrol boats.

Norland first asked for their withdrawal in January. It repeated the demand in February, and again on 14 March.

The Parliamentary Commission for the Implementation of the Lindau Protocol on the Regime of the Skerry Strait urged both sides to publish their papers.

Tamm, Berg and Ek are to meet in Lindau on 20 April. “If the paper is signed, the boats are gone by midsummer,” Tamm wrote.
""",
    ),
}

NOISE = ("Subscribe to our newsletter\nShare this article\n", "Read also: Ten harbours to see before you are old\n")


def find(text: str, words: str, nth: int = 0) -> Evidence:
    """The words in the text of this id."""
    body, start = TEXTS[text][4], -1
    for _ in range(nth + 1):
        start = body.index(words, start + 1)
    return Evidence(text, start, start + len(words), words)


def told(
    text: str,
    *content: str,
    speaker: str | None = None,
    manner: str | None = "paraphrase",
    words: str = "",
    cue: str = "",
    when: str = "",
    chain: Sequence[str] = (),
    sure: float = 0.9,
) -> Report:
    """A report; in the outlet's voice where neither a speaker nor speaker words are given."""
    source = speaker is not None or bool(words)
    spans = ReportSpans(
        tuple(find(text, piece) for piece in content),
        (find(text, cue),) if cue else (),
        (find(text, words),) if words else (),
        (find(text, when),) if when else (),
    )
    return Report(text, "source" if source else "outlet", tuple(chain), manner if source else None, speaker, spans, sure)


def entry(key: str, kind: str, content: str, *reports: Report, by: str = "", to: str = "", **more: object) -> Entry:
    """An entry; `by` and `to` are ids with blanks between them, and what is not named is not known."""
    fields = ("when", "status", "answers", "issue", "place", "forum")
    known = {name: more.pop(name, None) for name in fields}
    sources, certainty = more.pop("sources", 1), more.pop("certainty", "published")
    return Entry(
        id=f"e-{key}", kind=kind, by=tuple(by.split()), to=tuple(to.split()), content=content, attributes=more,
        reports=reports, independent_sources=sources, certainty=certainty, **known,
    )


def make_texts() -> tuple[RecordText, ...]:
    """The articles, with their noise."""
    texts = []
    for key, (outlet, title, published, copy_of, body) in TEXTS.items():
        noise = tuple((body.index(words), body.index(words) + len(words)) for words in NOISE if words in body)
        texts.append(RecordText(key, f"{key[2:]}.txt", outlet, title, published, copy_of, body, noise))
    return tuple(texts)


def make_actors() -> tuple[Actor, ...]:
    """People, states and the rest, each with its mentions."""

    def actor(key: str, kind: str, name: str, *aliases: str, country: str | None = None, offices: tuple[OfficeHeld, ...] = ()) -> Actor:
        mentions = []
        for text, (*_, body) in TEXTS.items():
            for form in (name, *aliases):
                at = body.find(form)
                while at >= 0:
                    if not any(m.text == text and m.start < at + len(form) and at < m.end for m in mentions):
                        mentions.append(Evidence(text, at, at + len(form), form))
                    at = body.find(form, at + 1)
        return Actor(key, kind, name, aliases, country, None, offices, tuple(sorted(mentions)))

    return (
        actor("a-berg", "person", "Anna Berg", "A. Berg", "Berg", "آنا بيرغ", country="NL", offices=(
            OfficeHeld("Foreign Minister", "a-norland", "2021-10", None, (find("t-agency", "Foreign Minister Anna Berg of Norland"),)),)),
        actor("a-ek", "person", "Jon Ek", "Ek", offices=(OfficeHeld("Foreign Minister", "a-sudmark", None, None, (find("t-agency", "Its foreign minister, Jon Ek"),)),)),
        actor("a-vasq", "person", "Mirela Vasq", "Vasq", offices=(OfficeHeld("Secretary", "a-council", None, None, (find("t-tidende", "secretary of the Straits Council, Mirela Vasq"),)),)),
        actor("a-tamm", "person", "Olle Tamm", "Tamm", offices=(OfficeHeld("Prime Minister", "a-varland", "2019", "2022-09~", ()),)),
        actor("a-norland", "state", "Norland", "نورلاند"),
        actor("a-sudmark", "state", "Sudmark", "سودمارك"),
        actor("a-varland", "state", "Varland"),
        actor("a-council", "organisation", "Straits Council", "Council"),
        actor("a-sund", "organisation", "Radio Sund"),
        actor("a-commission", "body", "Parliamentary Commission for the Implementation of the Lindau Protocol on the Regime of the Skerry Strait"),
        actor("a-diplomats", "group", "two diplomats"),
        actor("a-lindau", "place", "Lindau"),
        actor("a-strait", "place", "Skerry Strait", "the Strait"),
    )


def day(value: str, stated: str | None = None, rule: str = "printed") -> When:
    """A date and the words it rests on."""
    return When.of(value, stated, rule)


def make_entries() -> tuple[Entry, ...]:
    """Every kind and status, told once and often, verbatim and not, dated and not."""
    three = ("t-agency", "t-courier", "t-evening")
    monday = day("2022-03-14", "on Monday, 14 March 2022")
    post = day("2022-03-16", None, "metadata")
    saturday = day("2022-04-02", "on Saturday", "relative")
    return (
        # statements
        entry("wait", "statement", "Norland will wait for a written reply.", *(told(t, "her country “will wait for a written reply” to its demand", speaker="a-berg", manner="mixed", words="Foreign Minister Anna Berg of Norland", cue="said", when="on Monday, 14 March 2022") for t in three),
              told("t-akhbar", "بلادها «تنتظر ردا مكتوبا» من سودمارك", speaker="a-berg", manner="mixed", words="وزيرة الخارجية آنا بيرغ", cue="قالت"), by="a-berg", when=monday, sources=2),
        entry("thrice", "statement", "Norland asked three times and was given three speeches.", *(told(t, "We have asked three times", "and we have been given three speeches.", speaker="a-berg", manner="verbatim", cue="she said", words="she") for t in three), by="a-berg", to="a-sudmark", when=monday, related=["e-withdraw"]),
        entry("inquiry", "statement", "The trawler will be released when the inquiry ends.", *(told(t, "the trawler “will be released when the inquiry ends, and not before.”", speaker="a-ek", manner="mixed", words="Jon Ek", cue="told reporters") for t in three), by="a-ek", when=day("../2022-03-14", None, "bound"), not_found_in=["t-post", "t-tidende"]),
        entry("waters", "statement", "The boats stay.", told("t-post", "Our boats are in our own waters and there they stay", speaker="a-ek", manner="verbatim", words="he", cue="told The Varland Post", sure=0.97), by="a-ek", when=post, not_found_in=["t-tidende"]),
        entry("crewfirst", "statement", "The crew could go first.", told("t-post", "Sudmark could release the crew of twelve first and speak about the ship later", speaker="a-ek", words="he", cue="he said"), by="a-ek", when=post, hedge="reportedly"),
        entry("care", "statement", "The Council will read it with care.", told("t-tidende", "The Council will read it with care and answer in due time", speaker="a-vasq", manner="verbatim", words="Vasq", cue="said", when="on Friday"), by="a-vasq", to="a-norland", when=day("2022-03-18", "on Friday", "relative")),
        entry("ultimatum", "statement", "The memorandum reads like an ultimatum.", told("t-tidende", "the memorandum “reads like an ultimatum”", speaker="a-ek", manner="mixed", words="Ek", cue="said", chain=["a-sund"]), by="a-ek", when=None, medium="radio", sources_at_most=2),
        entry("looking", "statement", "Norland is looking at the reply.", told("t-sund", "We are looking at it", manner="verbatim", words="A spokesman", cue="said only"), when=None),
        entry("northern", "statement", "Sudmark accepts observers on the northern shore only.", told("t-sund", "Sudmark accepts observers on the northern shore only", speaker="a-sudmark", manner="verbatim", words="the reply", cue="says", chain=["people who have seen it"]), by="a-sudmark", when=When.unresolved("last week"), form="written"),
        entry("halfstep", "statement", "The reply is half a step.", told("t-mirror", "the Sudmark reply “half a step”", speaker="a-berg", manner="mixed", words="Anna Berg", cue="called", when="on Saturday"), by="a-berg", when=saturday),
        entry("oneshore", "statement", "Observers on one shore see half of the sea.", told("t-mirror", "Observers on one shore", "see one half of the sea.", speaker="a-berg", manner="verbatim", words="Berg", cue="said in a radio interview"), by="a-berg", when=saturday, medium="radio"),
        entry("closer", "statement", "The sides are closer than they sound.", told("t-akhbar", "the two sides “are closer than they sound”", manner="mixed", words="Varland’s envoy", cue="said"), when=day("2022-03", None, "metadata")),
        entry("midsummer", "statement", "If the paper is signed the boats are gone by midsummer.", told("t-long", "If the paper is signed, the boats are gone by midsummer", speaker="a-tamm", manner="verbatim", words="Tamm", cue="wrote"), by="a-tamm", when=day("2022-04~", None, "metadata")),
        entry("received-says", "statement", "Norland received the reply on 31 March.", told("t-mirror", "Norland had received the reply on 31 March and read it the same night", speaker="a-berg", words="She", cue="confirmed"), by="a-berg", when=saturday, related=["e-reply-received"]),
        # demands
        entry("withdraw", "demand", "Sudmark is to withdraw its patrol boats from the Skerry Strait.", *(told(t, "Sudmark withdraw its patrol boats from the Skerry Strait") for t in three), told("t-post", "the demand to pull back its patrol boats"), told("t-long", "It repeated the demand in February, and again on 14 March"), by="a-norland", to="a-sudmark", when=monday, issue="i-boats", sources=3, polarity="want"),
        entry("withdraw-first", "demand", "Norland first asked for their withdrawal in January.", told("t-long", "Norland first asked for their withdrawal in January"), by="a-norland", to="a-sudmark", when=day("2022-01", "in January", "completed"), issue="i-boats", polarity="want", related=["e-withdraw"]),
        entry("trawler", "demand", "Sudmark is to release the trawler Havsula and its crew.", *(told(t, "Sudmark to release the trawler Havsula and its crew of eleven", speaker="a-berg", words="Berg", cue="called on") for t in three), by="a-norland", to="a-sudmark", when=monday, issue="i-trawler", not_found_in=["t-tidende"], polarity="want"),
        entry("observers", "demand", "The Council is to send observers.", told("t-tidende", "the Council send observers"), *(told(t, "The memorandum asks for observers on both shores") for t in three), by="a-norland", to="a-council a-sudmark", when=day("2022-03-18", None, "metadata"), issue="i-observers", sources=2, polarity="want"),
        entry("boarding", "demand", "Sudmark is not to board any further vessel.", told("t-tidende", "asked Sudmark not to board any further vessel", speaker="a-tamm", words="Varland’s prime minister Olle Tamm"), by="a-varland", to="a-sudmark", when=day("2022-03-18", None, "metadata"), issue="i-boarding", polarity="not_want"),
        entry("publish", "demand", "Both sides are to publish their papers.", told("t-long", "both sides to publish their papers", speaker="a-commission", words="The Parliamentary Commission for the Implementation of the Lindau Protocol on the Regime of the Skerry Strait", cue="urged"), by="a-commission", to="a-norland a-sudmark", issue="i-publish"),
        entry("host", "demand", "Varland offers to host a second round.", told("t-post", "Varland offered to host a second round in April"), by="a-varland", to="a-norland a-sudmark", when=day("2022-04", "in April", "completed")),
        # answers
        entry("unanswered", "answer", "Sudmark has not answered the demand to withdraw the boats.", *(told(t, "Sudmark has not answered the demand to withdraw the boats") for t in three), by="a-sudmark", to="a-norland", when=monday, status="unanswered", answers="e-withdraw", issue="i-boats"),
        entry("rejected", "answer", "Sudmark rejected the demand to pull back its boats.", told("t-post", "Sudmark had rejected the demand to pull back its patrol boats", speaker="a-ek", words="Ek", cue="said"), by="a-sudmark", to="a-norland", when=post, status="rejected", answers="e-withdraw", issue="i-boats", related=["e-waters"]),
        entry("partial", "answer", "Sudmark released the crew and kept the ship.", told("t-mirror", "The crew of eleven came home on 1 April. Sudmark kept the ship.", when="on 1 April"), by="a-sudmark", to="a-norland", when=day("2022-04-01", "on 1 April", "completed"), status="partial", answers="e-trawler", issue="i-trawler"),
        entry("north-only", "answer", "Sudmark accepts observers on the northern shore only.", told("t-sund", "Sudmark accepts observers on the northern shore only", speaker="a-sudmark", manner="verbatim", words="the reply"), by="a-sudmark", to="a-norland", status="partial", answers="e-observers", issue="i-observers", when=When.unresolved("last week")),
        entry("backed", "answer", "Varland backs the request for observers.", told("t-tidende", "Varland’s prime minister Olle Tamm backed the request"), by="a-varland", to="a-norland", status="accepted", answers="e-observers", issue="i-observers", when=day("2022-03-18", None, "metadata")),
        entry("due-time", "answer", "The Council will answer in due time.", told("t-tidende", "answer in due time", speaker="a-vasq", manner="verbatim", words="Vasq"), by="a-council", to="a-norland", status="deferred", answers="e-observers", issue="i-observers", when=day("2022-03-18", "on Friday", "relative")),
        entry("summer", "answer", "Sudmark put off an answer until the summer.", told("t-mirror", "Sudmark put off an answer on the ban on boarding until the summer"), by="a-sudmark", to="a-varland", status="deferred", answers="e-boarding", issue="i-boarding", when=saturday),
        entry("unclear", "answer", "It was not clear whether Norland had read it.", told("t-sund", "It was not clear whether Norland had read it"), by="a-norland", to="a-sudmark", status="unclear", when=None),
        # meetings
        entry("lindau", "meeting", "Berg and Ek met in Lindau.", told("t-post", "A. Berg met her Sudmark counterpart Jon Ek in Lindau", when="on 15 March"), by="a-berg a-ek", when=day("2022-03-15", "on 15 March", "completed"), status="held", place="a-lindau", duration="PT1H30M", not_found_in=["t-tidende"]),
        entry("council-off", "meeting", "A meeting of the Council was called off.", told("t-tidende", "A meeting of the Council planned for 21 March was called off", speaker="a-diplomats", words="two diplomats", cue="said"), by="a-council", when=day("2022-03-21", "21 March", "completed"), status="cancelled", forum="a-council"),
        entry("second-round", "meeting", "Varland offers a second round in April.", told("t-post", "a second round in April"), by="a-norland a-sudmark", when=day("2022-04", "in April", "completed"), status="proposed"),
        entry("three-meet", "meeting", "Tamm, Berg and Ek are to meet in Lindau.", told("t-long", "Tamm, Berg and Ek are to meet in Lindau on 20 April"), by="a-tamm a-berg a-ek", when=day("2022-04-20", "on 20 April", "completed"), status="planned", place="a-lindau"),
        # papers
        entry("memo-sent", "document", "Norland handed the Council a memorandum.", *(told(t, "Norland handed the Straits Council a four-page memorandum on Thursday") for t in three), by="a-norland", to="a-council", when=day("2022-03-10", "on Thursday", "relative"), status="sent", name="Norland’s memorandum", pages=4, related=["e-memo-received"]),
        entry("memo-received", "document", "The Council received the memorandum.", told("t-tidende", "she had received Norland’s memorandum", speaker="a-vasq", words="Mirela Vasq", cue="confirmed"), by="a-norland", to="a-council", when=day("../2022-03-18", None, "bound"), status="received", related=["e-memo-sent"]),
        entry("reply-promised", "document", "Ek promised a written reply.", told("t-post", "He promised a written reply by the end of the month"), by="a-sudmark", to="a-norland", when=post, status="promised", name="Sudmark’s written reply", form="written"),
        entry("reply-sent", "document", "The written reply went out.", told("t-sund", "The written reply went out last week", words="officials in Ostrahamn"), by="a-sudmark", to="a-norland", when=When.unresolved("last week"), status="sent", name="Sudmark’s written reply", pages=6, form="written"),
        entry("reply-received", "document", "Norland received the reply.", told("t-mirror", "Norland had received the reply on 31 March"), by="a-sudmark", to="a-norland", when=day("2022-03-31", "on 31 March", "completed"), status="received", related=["e-reply-sent"]),
        entry("reply-read", "document", "Norland read the reply the same night.", told("t-mirror", "read it the same night"), by="a-sudmark", to="a-norland", when=day("2022-03-31", "the same night", "relative"), status="read", related=["e-reply-received"]),
        entry("protocol", "document", "Sudmark and Norland signed the Lindau Protocol.", told("t-long", "In December 2021 Sudmark and Norland signed the Lindau Protocol", when="In December 2021"), by="a-sudmark a-norland", when=day("2021-12", "In December 2021"), status="signed", name="Lindau Protocol", year=2021),
        # commitments and actions
        entry("anchor", "commitment", "No armed vessel shall anchor in the Strait.", told("t-long", "no armed vessel shall anchor in the Strait", manner="verbatim", words="the Lindau Protocol"), by="a-sudmark a-norland", when=day("2021-12", "In December 2021"), name="Lindau Protocol"),
        entry("guard", "commitment", "Norland will not send its coast guard into the strait while talks go on.", told("t-mirror", "Norland will not send its coast guard into the strait while talks go on", speaker="a-berg", words="Berg", cue="pledged"), by="a-norland", when=saturday),
        entry("boats-came", "action", "Sudmark sent two patrol boats.", told("t-long", "In mid-January Sudmark sent two patrol boats"), by="a-sudmark", when=day("2022-01-10/2022-01-20", "In mid-January", "completed")),
        entry("crew-home", "action", "The crew came home.", told("t-mirror", "The crew of eleven came home on 1 April", when="on 1 April"), by="a-sudmark", to="a-norland", when=day("2022-04-01", "on 1 April", "completed")),
        # below the bar
        entry("maybe-read", "document", "Norland may have read the reply.", told("t-sund", "Norland had read it", sure=0.41), by="a-norland", certainty="possible", status="read"),
        entry("maybe-says", "statement", "The papers should be published.", told("t-long", "both sides to publish their papers", words="The Parliamentary Commission", sure=0.35), certainty="possible"),
        entry("maybe-demand", "demand", "Sudmark asks for silence.", told("t-post", "On the trawler he was softer", sure=0.22), by="a-sudmark", certainty="possible"),
    )


def make_record() -> Record:
    """The whole exchange: ten texts, forty-odd entries, five issues, three differences."""
    entries = make_entries()
    published = [e for e in entries if e.certainty == "published"]
    dated = sorted((e for e in published if e.when and e.when.earliest), key=lambda e: (e.when.earliest, e.when.latest))
    timeline = (*dated, *(e for e in published if not (e.when and e.when.earliest)))
    labels = (
        ("i-boats", "Withdrawal of the patrol boats from the Skerry Strait"), ("i-trawler", "Release of the trawler Havsula"),
        ("i-observers", "Observers on both shores"), ("i-boarding", "No further boarding of vessels"), ("i-publish", "Publication of the papers"),
    )
    issues = tuple(
        Issue(key, label, tuple(e.id for e in entries if e.kind == "demand" and e.issue == key)) for key, label in labels
    )
    monday, april = day("2022-03-14"), day("2022-04-02")
    positions = (
        Position("a-norland", "i-boats", "demands", day("2022-01", "in January", "completed"), ("e-withdraw", "e-withdraw-first")),
        Position("a-sudmark", "i-boats", "rejects", day("2022-03-16"), ("e-rejected", "e-unanswered")),
        Position("a-norland", "i-trawler", "demands", monday, ("e-trawler",)),
        Position("a-sudmark", "i-trawler", "partly accepts", april, ("e-partial",)),
        Position("a-norland", "i-observers", "demands", monday, ("e-observers",)),
        Position("a-sudmark", "i-observers", "partly accepts", None, ("e-north-only",)),
        Position("a-council", "i-observers", "defers", day("2022-03-18"), ("e-due-time",)),
        Position("a-varland", "i-observers", "accepts", day("2022-03-18"), ("e-backed",)),
        Position("a-varland", "i-boarding", "demands", day("2022-03-18"), ("e-boarding",)),
        Position("a-sudmark", "i-boarding", "defers", april, ("e-summer",)),
        Position("a-commission", "i-publish", "demands", None, ("e-publish",)),
        Position("a-norland", "i-publish", "no answer found", None, ("e-publish",)),
        Position("a-sudmark", "i-publish", "no answer found", None, ("e-publish",)),
        Position("a-norland", "i-boarding", "unclear", None, ("e-boarding",)),
    )

    def value(said: str, text: str, words: str) -> Value:
        return Value(said, text, find(text, words))

    differences = (
        Difference("d-boats", "status", ("e-unanswered", "e-rejected"), (value("unanswered", "t-agency", "has not answered"), value("rejected", "t-post", "had rejected"))),
        Difference("d-crew", "number", ("e-trawler", "e-crewfirst"), (value("11", "t-agency", "crew of eleven"), value("12", "t-post", "crew of twelve"), value("11", "t-mirror", "crew of eleven"))),
        Difference("d-reply", "date", ("e-reply-sent", "e-reply-received"), (value("last week", "t-sund", "last week"), value("31 March", "t-mirror", "on 31 March"))),
    )
    return Record(
        make_texts(), make_actors(), entries, issues, positions, differences, tuple(e.id for e in timeline)
    )


def make_hostile_record() -> Record:
    """One article whose every string tries to be something else than words."""
    script = "<script>document.title='broken'</script>"
    body = f"{script} said \u202etxet siht\u202c \"><img src=x onerror=alert(1)> \x00\x07 {{{{ 7*7 }}}} ⟦{'‘' * 20}\r\nnext\u2066 line"
    at = body.index("\"><img")
    img = Evidence("t-1", at, at + 30, body[at : at + 30])
    whole = Evidence("t-1", 0, len(script), script)
    turned = Evidence("t-1", body.index("\u202e"), body.index("\u202c") + 1, body[body.index("\u202e") : body.index("\u202c") + 1])
    actor = Actor("a-1", "person", f"Mallory {script}", ("\u202eyrollaM", "'\"><b>"), None, None, (), (whole,))
    report = Report("t-1", "source", ("</bdi><script>alert(2)</script>",), "verbatim", "a-1", ReportSpans((img, turned), (whole,)), 0.5)
    statement = Entry(
        "e-1", "statement", When.unresolved("<i>soon</i>"), ("a-1",), (), script, None, None, None, None, None,
        {"hedge": script, "name": "\x1b[31m", "related": "e-1", "not_found_in": None}, (report,), 1, "published",
    )
    demand = replace(statement, id="e-2", kind="demand", issue="i-1", to=("a-1",), attributes={"related": ["e-1"]})
    text = RecordText("t-1", f"../{script}.txt", f"Outlet {script}", script, None, None, body, ())
    position = Position("a-1", "i-1", "no answer found", None, ("e-2",))
    issue = Issue("i-1", f"{script} &amp; more", ("e-2",))
    difference = Difference("d-1", "wording", ("e-1",), (Value(script, "t-1", img), Value("x\u202ey", "t-1", turned)))
    return Record((text,), (actor,), (statement, demand), (issue,), (position,), (difference,), ("e-1", "e-2"))


def make_large_record(articles: int = 520, per_article: int = 10) -> Record:
    """Many articles of about three thousand characters, each telling its own entries."""
    filler = " ".join(f"The envoys spoke of the harbour dues and of little else that day, line {n}." for n in range(4))
    texts, entries = [], []
    actors = tuple(Actor(f"a-{n}", "state", f"State {n}", (), None, None, (), ()) for n in range(8))
    for n in range(articles):
        key = f"t-{n}"
        said = [f"State {k % 8} asks for lower dues in harbour {n}-{k}." for k in range(per_article)]
        body = "\n\n".join(f"{line} {filler}" for line in said)
        texts.append(RecordText(key, f"{n}.txt", f"Outlet {n % 9}", f"Dues, part {n}", day("2022-03-14"), None, body, ()))
        for k, line in enumerate(said):
            at = body.index(line)
            report = Report(key, "outlet", (), None, None, ReportSpans((Evidence(key, at, at + len(line), line),)), 0.9)
            when = When.of(f"2022-{1 + n % 12:02}-{1 + k % 28:02}", None, "metadata")
            kind = ("demand", "action", "meeting", "document", "commitment")[k % 5]
            entries.append(entry(f"{n}.{k}", kind, line, report, by=f"a-{k % 8}", to=f"a-{(k + 1) % 8}", when=when))
    ordered = sorted(entries, key=lambda e: (e.when.earliest, e.when.latest))
    return Record(tuple(texts), actors, tuple(entries), (), (), (), tuple(e.id for e in ordered))
