"""The store: what is put in comes out again, what breaks a law is refused, and what is damaged is said."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import (
    Damaged,
    EvidenceError,
    Locked,
    ModelError,
    NewerSchema,
    NotARecord,
    OutOfSpace,
    SpanError,
    StoreError,
    UsageError,
)
from onrecord.model import (
    Article,
    Corpus,
    Judgement,
    Layer,
    Linked,
    Name,
    Record,
    Span,
    Statement,
    Text,
    When,
)
from onrecord.store import (
    StageMark,
    Stale,
    Store,
    database,
    find_faults,
    judge,
    judgements,
    merge,
    read_jsonl,
    write_atomically,
    write_jsonl,
)
from tests.records import keep_record, make_record
from tests.standins import article, draw, link

TEXT = Text.of("Anna Berg of Norland said: “We wait for a reply.” Jon Ek was told.\n")
OTHER = Text.of("Jon Ek of Sudmark said: “We have sent it.”\n")
NAMES, SAYINGS = StageMark("names", 1, "f1"), StageMark("statements", 1, "f2")


def at(text: Text, words: str) -> Span:
    start = text.body.index(words)
    return text.span(start, start + len(words))


def name(text: Text, words: str, confidence: float = 1.0) -> Name:
    return Name(text=text.id, span=at(text, words), kind="person", name=words, confidence=confidence)


def names(text: Text, *found: str) -> Layer:
    return Layer(text.id, "names", "f1", tuple(name(text, words) for words in found), ((at(text, "said"), "unclear"),))


def says(text: Text, words: str, speaker: str) -> Layer:
    span = at(text, words)
    said = Statement(text=text.id, span=span, content=(span,), speaker=at(text, speaker), manner="verbatim")
    return Layer(text.id, "statements", "f2", (said,))


LAYERS = {
    TEXT.id: (names(TEXT, "Anna Berg", "Norland", "Jon Ek"), says(TEXT, "We wait for a reply.", "Anna Berg")),
    OTHER.id: (names(OTHER, "Jon Ek", "Sudmark"), says(OTHER, "We have sent it.", "Jon Ek")),
}
BODIES = {TEXT.id: TEXT, OTHER.id: OTHER}


def put(store: Store, file: str, text: Text) -> Article:
    raw = f"{file}: {text.body}".encode("utf-8", "surrogatepass")
    made = article(file, text, hashlib.sha256(raw).hexdigest())
    store.put(raw, made.raw, [(made, text)])
    return made


def keep(store: Store, *articles: Article) -> Record:
    """The stand-in record of these articles, kept with its inputs."""
    texts = {a.text: BODIES[a.text] for a in articles}
    linked = link(Corpus(articles, texts, {text: store.layers(BODIES[text]) for text in texts}))
    record = draw(linked)
    with store.transaction():
        store.finish([a.id for a in articles], [])
        store.put_record(record, linked, "fingerprint")
    return record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        opened.put_stages([NAMES, SAYINGS])
        yield opened


@pytest.fixture
def full(store: Store) -> tuple[Store, Article, Article]:
    """A store with two articles read and recorded."""
    articles = put(store, "a.txt", TEXT), put(store, "b.txt", OTHER)
    for text in (TEXT, OTHER):
        store.put_layers(text, LAYERS[text.id])
    keep(store, *articles)
    return store, *articles


def change(path: Path, *statements: str) -> None:
    """Change the file behind the store's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_articles_come_back_as_they_were_put(store: Store) -> None:
    odd = Text.of("A body with \ud83d alone, \0 and \u202e in it")
    published = When.of("2022-03-14/..", "as of Monday, 14 March 2022", "printed")
    made = replace(
        article("odd \udcff.txt", odd, "r"),
        locator="line 3",
        outlet="Norland \ud83d Post",
        title="It’s",
        url="https://example.org/?a=1#b",
        author="N. N.",
        language="en",
        published=published,
        flags=("lone-surrogate", "nul"),
    )
    plain = replace(article("plain.txt", odd, "r"), published=When.unresolved("some day"))
    store.put(b"raw", "r", [(made, odd), (plain, odd)])
    assert store.articles() == ()  # no build has finished
    assert store.articles([plain.id, made.id, "t-unknown"]) == (made, plain)
    store.finish([made.id, plain.id], [])
    assert store.articles() == (made, plain)
    assert store.text(odd.id) == odd


@pytest.mark.parametrize("raw", [b"", b"x", os.urandom(300), b"again and again " * 1000])
def test_raw_bytes_come_back_byte_for_byte(store: Store, raw: bytes) -> None:
    sha256 = hashlib.sha256(raw).hexdigest()
    store.put(raw, sha256, [(article("a.txt", TEXT, sha256), TEXT)])
    assert store.raw(sha256) == raw
    assert store.database.value("SELECT length(bytes) FROM raw") <= len(raw)


def test_what_is_not_there_is_said_by_name(store: Store) -> None:
    with pytest.raises(NotARecord, match="no raw bytes abc"):
        store.raw("abc")
    with pytest.raises(Damaged, match="text abc is missing"):
        store.text("abc")


def test_an_article_goes_with_its_own_text(store: Store) -> None:
    made = article("a.txt", TEXT)
    for text in (OTHER, Text(OTHER.body, TEXT.id)):
        with pytest.raises(ModelError, match=r"a\.txt"):
            store.put(b"raw", "r", [(made, text)])
    assert store.database.value("SELECT count(*) FROM raw") == 0


def test_layers_come_back_as_they_were_put_and_replace_older_ones(store: Store) -> None:
    put(store, "a.txt", TEXT)
    store.put_layers(TEXT, LAYERS[TEXT.id])
    assert store.layers(TEXT) == LAYERS[TEXT.id]
    fewer = replace(names(TEXT, "Jon Ek"), unread=())
    store.put_layers(TEXT, [fewer])
    assert store.layers(TEXT) == (fewer, LAYERS[TEXT.id][1])


def test_a_claim_made_twice_is_kept_once(store: Store) -> None:
    put(store, "a.txt", TEXT)
    store.put_layers(TEXT, [names(TEXT, "Jon Ek", "Jon Ek")])
    assert len(store.layers(TEXT)[0].annotations) == 1


def test_layers_of_another_version_are_not_handed_out(store: Store) -> None:
    put(store, "a.txt", TEXT)
    store.put_layers(TEXT, LAYERS[TEXT.id])
    store.put_stages([replace(NAMES, fingerprint="f9"), SAYINGS])
    assert [layer.stage for layer in store.layers(TEXT)] == ["statements"]
    assert store.stages() == (StageMark("names", 1, "f9"), SAYINGS)


def test_what_is_stale_is_what_has_no_layer_with_the_stages_fingerprint(store: Store) -> None:
    first, second = put(store, "a.txt", TEXT), put(store, "b.txt", OTHER)
    both = [first.id, second.id]
    assert set(store.stale(both)) == {Stale(text, ("names", "statements")) for text in (TEXT.id, OTHER.id)}
    store.put_layers(TEXT, LAYERS[TEXT.id])
    store.put_layers(OTHER, LAYERS[OTHER.id][:1])
    assert store.stale(both) == (Stale(OTHER.id, ("statements",)),)
    assert store.stale([first.id]) == ()
    store.put_stages([replace(NAMES, fingerprint="f9"), SAYINGS])
    assert store.stale([first.id]) == (Stale(TEXT.id, ("names",)),)


@pytest.mark.parametrize(
    "wrong",
    [
        Name(text=TEXT.id, span=Span(0, 4, "Anne"), kind="person", name="Anne"),
        Name(text=OTHER.id, span=TEXT.span(0, 4), kind="person", name="Anna"),
        Statement(text=TEXT.id, span=TEXT.span(0, 4), content=(TEXT.span(0, 4),), speaker=Span(0, 4, "Anne")),
        Statement(
            text=TEXT.id,
            span=TEXT.span(0, 9),
            content=(TEXT.span(0, 9),),
            inner=(Statement(text=TEXT.id, span=TEXT.span(0, 4), content=(Span(0, 4, "Anne"),)),),
        ),
    ],
)
def test_words_that_do_not_stand_in_the_text_are_refused_and_nothing_is_kept(store: Store, wrong: Name) -> None:
    put(store, "a.txt", TEXT)
    with pytest.raises(SpanError, match="names"):
        store.put_layers(TEXT, [says(TEXT, "We wait", "Jon Ek"), Layer(TEXT.id, "names", "f1", (wrong,))])
    assert store.layers(TEXT) == ()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE annotation SET exact = 'Anne Berg' WHERE exact = 'Anna Berg'",
        "UPDATE annotation SET start = start + 1",
        'UPDATE annotation SET value = \'{"kind": 1, "colour": "red"}\'',
        "UPDATE annotation SET value = 'no JSON'",
        "UPDATE annotation SET claim = 'hunch'",
        "UPDATE layer SET unread = '[[0, 100000, \"why\"]]'",
        "UPDATE layer SET unread = '[1]'",
    ],
)
def test_a_row_that_breaks_the_offset_law_is_damage_that_names_text_and_layer(
    full: tuple[Store, Article, Article], tampering: str
) -> None:
    store = full[0]
    change(store.path, tampering)
    with pytest.raises(Damaged, match=f"text {TEXT.id}, layer (names|statements)"):
        store.layers(TEXT)
    assert any("damaged" in fault for fault in find_faults(store))


def test_finishing_takes_away_what_rested_on_the_others_alone(full: tuple[Store, Article, Article]) -> None:
    store, first, second = full
    third = put(store, "c.txt", TEXT)
    keep(store, first, second, third)
    keep(store, third, second)
    assert store.articles() == (second, third)
    assert store.text(TEXT.id) == TEXT  # another article has it too
    keep(store, second)
    for table, left in (("article", 1), ("text", 1), ("raw", 1), ("layer", 2), ("annotation", 3), ("source", 1)):
        assert store.database.value(f"SELECT count(*) FROM {table}") == left
    assert list(store.raws()) == [second.raw]
    assert store.search("Anna Berg") == ()


def test_the_record_comes_back_item_by_item(full: tuple[Store, Article, Article]) -> None:
    store, first, second = full
    record = store.record()
    assert [text.id for text in record.texts] == [first.id, second.id]
    assert [entry.content for entry in record.entries] == ["We have sent it.", "We wait for a reply."]
    assert record.timeline == tuple(entry.id for entry in record.entries)
    assert record.entries[0].attributes == {"plover": "CONSULT", "related": []}
    assert store.record_fingerprint() == "fingerprint"
    assert store.database.value("SELECT value FROM meta WHERE key = 'onrecord'") == onrecord.__version__
    with Store.open(store.path.parent, readonly=True) as reader:
        assert reader.record() == record


def test_every_kind_of_item_comes_back_and_stands_in_its_table(store: Store, tmp_path: Path) -> None:
    record = make_record()
    with Store.open(keep_record(tmp_path / "kept", record)) as kept:
        assert kept.record() == record
        for table in ("source", "actor", "entry", "issue", "position", "difference"):
            items = record.texts if table == "source" else getattr(record, _PLURAL.get(table, f"{table}s"))
            assert kept.database.value(f"SELECT count(*) FROM {table}") == len(items)
        said_by = "SELECT count(*) FROM party JOIN entry ON entry.id = entry_id WHERE role = 'by' AND actor_id = ?"
        for actor in record.actors:
            assert kept.database.value(said_by, (actor.id,)) == sum(actor.id in entry.by for entry in record.entries)
        in_order = kept.database.rows("SELECT id FROM entry WHERE timeline IS NOT NULL ORDER BY timeline")
        assert tuple(row[0] for row in in_order) == record.timeline


_PLURAL = {"entry": "entries"}


def test_a_body_shown_otherwise_than_read_is_kept_as_shown(full: tuple[Store, Article, Article]) -> None:
    store, first, second = full
    linked = link(Corpus((first, second), BODIES, {}))
    record = store.record()
    shown = tuple(replace(text, body=text.body.rstrip() + "\ufffd") for text in record.texts)
    store.put_record(replace(record, texts=shown), linked, "other")
    assert store.record().texts == shown


def test_a_record_whose_evidence_does_not_stand_is_refused_and_the_old_one_stays(
    full: tuple[Store, Article, Article],
) -> None:
    store, first, second = full
    record, linked = store.record(), link(Corpus((first, second), BODIES, {}))
    entry = record.entries[0]
    report = entry.reports[0]
    span = report.spans.content[0]
    broken = {
        "does not stand": replace(span, exact="We have sent 17."),
        "not in the record": replace(span, text="t-unknown"),
    }
    for why, wrong in broken.items():
        reports = (replace(report, spans=replace(report.spans, content=(wrong,))),)
        with pytest.raises(SpanError, match=why):
            store.put_record(replace(record, entries=(replace(entry, reports=reports),)), linked, "x")
    with pytest.raises(EvidenceError, match="names what is not in table actor"):
        store.put_record(replace(record, actors=()), linked, "x")
    assert store.record() == record
    assert store.record_fingerprint() == "fingerprint"


@pytest.mark.broken_record
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE entry SET item = replace(item, 'We wait', 'We want')",
        "UPDATE entry SET item = '{}'",
        "UPDATE actor SET item = '[]'",
        "UPDATE text SET body = body || '.'",
    ],
)
def test_a_record_that_no_longer_holds_is_damage(full: tuple[Store, Article, Article], tampering: str) -> None:
    store = full[0]
    change(store.path, "DROP TRIGGER entry_removed", tampering)
    with pytest.raises(Damaged, match="onrecord build"):
        store.record()
    assert list(find_faults(store))


def test_a_sound_record_has_no_faults_and_each_change_is_found(full: tuple[Store, Article, Article]) -> None:
    store, first, _ = full
    assert list(find_faults(store)) == []
    change(store.path, 'UPDATE annotation SET value = \'{"kind":"place","name":"x"}\' WHERE claim = \'name\'')
    assert "id law" in next(iter(find_faults(store)))
    change(store.path, f"UPDATE raw SET compression = 'none', bytes = x'00' WHERE sha256 = '{first.raw}'")
    assert any("not those that were taken in" in fault for fault in find_faults(store))
    change(store.path, f"UPDATE raw SET compression = 'zlib', bytes = x'00' WHERE sha256 = '{first.raw}'")
    assert any("raw bytes" in fault for fault in find_faults(store))
    change(store.path, f"DELETE FROM raw WHERE sha256 = '{first.raw}'")
    assert any("not in table raw" in fault for fault in find_faults(store))


def test_search_finds_entries_and_texts_by_all_their_words(full: tuple[Store, Article, Article]) -> None:
    store = full[0]
    assert [found.table for found in store.search("reply")] == ["entry", "text"]
    assert store.search("WAIT réply")[0].snippet == "We [wait] for a [reply]."
    assert store.search('"wait for"')
    assert not store.search('"for wait"')
    assert [found.id for found in store.search("Sudmark") if found.table == "text"] == [OTHER.id]
    assert not store.search("reply sent")


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "''", "NOT", "a AND", "who:", "^", "(", "*", "a*", "x\0y", "-", 'a "b']
)
def test_no_query_is_an_error(full: tuple[Store, Article, Article], query: str) -> None:
    assert isinstance(full[0].search(query), tuple)


def test_a_replaced_id_leads_to_what_took_over_its_evidence(full: tuple[Store, Article, Article]) -> None:
    store, first, second = full
    linked = link(Corpus((first, second), BODIES, {}))

    def rename(new: str) -> None:
        record = store.record()
        entries = tuple(replace(e, id=new) if "wait" in e.content else e for e in record.entries)
        store.put_record(replace(record, entries=entries, timeline=tuple(e.id for e in entries)), linked, "x")

    old = next(entry.id for entry in store.record().entries if "wait" in entry.content)
    rename("e-second")
    rename("e-third")
    assert store.successor(old) == store.successor("e-second") == "e-third"
    assert store.successor("e-unknown") == "e-unknown"
    rename(old)
    assert store.successor("e-third") == store.successor(old) == old
    keep(store, second)
    assert store.successor(old) == old  # gone with its article, and nothing took over


def test_judgements_outlive_what_they_judge_and_follow_replaced_ids(full: tuple[Store, Article, Article]) -> None:
    store, first, second = full
    old = store.record().entries[0].id
    made = Judgement(old, "no", "A. Editor", "2022-03-16T08:00:00Z", "misread")
    assert judge(store, [made, made]) == 1
    record, linked = store.record(), link(Corpus((first, second), BODIES, {}))
    entries = (replace(record.entries[0], id="e-new"), record.entries[1])
    store.put_record(replace(record, entries=entries, timeline=tuple(e.id for e in entries)), linked, "x")
    assert judgements(store, "e-new") == judgements(store, old) == judgements(store) == (made,)
    assert judgements(store, entries[1].id) == ()
    with store.transaction():
        store.finish([], [])
        store.put_record(Record(), Linked(Corpus((), {}, {})), "y")
    assert judgements(store) == (made,)


def test_judgements_go_out_and_come_in_as_lines(store: Store, tmp_path: Path) -> None:
    made = [Judgement(f"e-{n}", "yes", "A. Editor", f"2022-03-{n:02}T08:00:00+00:00") for n in range(1, 4)]
    judge(store, made)
    lines = list(write_jsonl(store))
    with Store.open(tmp_path / "other", create=True) as other:
        assert judge(other, read_jsonl([*reversed(lines), "\n", lines[0]])) == 3
        assert judge(other, read_jsonl(lines)) == 0
        assert list(write_jsonl(other)) == lines


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[1]",
        "{}",
        '{"subject": "e", "verdict": "maybe", "who": "A", "decided": "2022-03-16"}',
        '{"subject": "e", "verdict": "yes", "who": "A", "decided": "yesterday"}',
        '{"subject": "e", "verdict": "yes", "who": 7, "decided": "2022-03-16"}',
        '{"subject": "e", "verdict": "yes", "who": "A", "decided": "2022-03-16", "colour": "red"}',
    ],
)
def test_a_line_that_is_no_judgement_is_named(line: str) -> None:
    good = '{"subject": "e", "verdict": "yes", "who": "A", "decided": "2022-03-16"}'
    with pytest.raises(UsageError, match="line 2"):
        read_jsonl([good, line])


def test_of_articles_told_apart_by_metadata_alone_the_fuller_stays_in_any_order(tmp_path: Path) -> None:
    bare = article("a.txt", TEXT, "r")
    fuller = replace(bare, outlet="Norland Post")
    for folder, made in (("bare", bare), ("fuller", fuller)):
        with Store.open(tmp_path / folder, create=True) as shard:
            shard.put(b"raw", "r", [(made, TEXT)])
            if made is bare:
                shard.finish([made.id], [])
    for number, order in enumerate((("bare", "fuller"), ("fuller", "bare"))):
        with Store.open(tmp_path / f"whole-{number}", create=True) as store:
            for folder in order:
                merge(store, tmp_path / folder)
            assert store.articles() == (fuller,)


def test_a_shard_of_another_version_of_a_stage_is_refused_by_name(
    full: tuple[Store, Article, Article], tmp_path: Path
) -> None:
    store = full[0]
    with Store.open(tmp_path / "shard", create=True) as shard:
        put(shard, "c.txt", TEXT)
        shard.put_stages([NAMES, replace(SAYINGS, fingerprint="f9")])
    with pytest.raises(StoreError, match=r"stage 'statements'.*f9.*f2"):
        merge(store, tmp_path / "shard")
    assert len(store.articles()) == 2
    assert store.database.value("SELECT count(*) FROM article") == 2


def test_a_schema_made_by_migrations_is_the_schema_of_a_new_record(store: Store) -> None:
    def outline(connection: sqlite3.Connection) -> set[tuple[str, str]]:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        return {(n, " ".join(line.partition("--")[0].strip() for line in sql.splitlines())) for n, sql in rows}

    with closing(sqlite3.connect(":memory:")) as migrated, closing(sqlite3.connect(store.path)) as new:
        for _, script in database.migrations():
            migrated.executescript(script)
        assert {(n, " ".join(s.split())) for n, s in outline(migrated)} == {
            (n, " ".join(s.split())) for n, s in outline(new)
        }
    assert [number for number, _ in database.migrations()] == list(range(1, database.SCHEMA + 1))


@pytest.mark.broken_record
def test_an_older_record_is_brought_up_to_date_by_the_next_writer(
    full: tuple[Store, Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = full[0]
    record = store.record()
    store.close()
    extra = (database.SCHEMA + 1, "CREATE TABLE note (id TEXT PRIMARY KEY);\nINSERT INTO note VALUES ('a;b');")
    monkeypatch.setattr(database, "SCHEMA", database.SCHEMA + 1)
    monkeypatch.setattr(database, "migrations", lambda: (extra,))
    with pytest.raises(NotARecord, match=f"older schema {database.SCHEMA - 1}; `onrecord add"):
        Store.open(store.path, readonly=True)
    with Store.open(store.path) as newer:
        assert newer.database.rows("SELECT * FROM note") == [("a;b",)]
        assert newer.record() == record
    with Store.open(store.path, readonly=True) as again:
        assert again.database.value("PRAGMA user_version") == database.SCHEMA


def test_a_newer_schema_is_refused_with_both_numbers_and_the_way_out(store: Store) -> None:
    store.close()
    change(store.path, "PRAGMA user_version = 7")
    for readonly in (True, False):
        with pytest.raises(NewerSchema, match=rf"schema 7 .* {database.SCHEMA}; upgrade onrecord"):
            Store.open(store.path, readonly=readonly)
    change(store.path, f"PRAGMA user_version = {database.SCHEMA}")
    Store.open(store.path).close()


def test_what_is_no_record_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    foreign, words = tmp_path / "foreign.db", tmp_path / "words.db"
    change(foreign, "CREATE TABLE bird (name TEXT)")
    words.write_text("These are words, and no database at all. " * 9, encoding="utf-8")
    (tmp_path / "empty.db").touch()
    for path, why in ((foreign, "no record of onrecord"), (words, "not a SQLite file")):
        before = path.read_bytes()
        for readonly in (True, False):
            with pytest.raises(NotARecord, match=why):
                Store.open(path, readonly=readonly)
        assert path.read_bytes() == before
    with pytest.raises(NotARecord, match="holds no record yet"):
        Store.open(tmp_path / "empty.db", readonly=True)
    with pytest.raises(NotARecord, match="onrecord build ARTICLES"):
        Store.open(tmp_path / "nowhere")
    assert not list(tmp_path.glob(".*"))  # no lock is left behind


def test_a_second_writer_is_told_who_writes_and_readers_are_not_kept_waiting(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as first:
        put(first, "a.txt", TEXT)
        with pytest.raises(Locked, match=rf"\(pid {os.getpid()}\) is writing .*record.db"):
            Store.open(tmp_path)
        with first.transaction(), Store.open(tmp_path, readonly=True) as reader:
            assert reader.articles() == ()
    Store.open(tmp_path).close()
    assert [file.name for file in tmp_path.iterdir()] == ["record.db"]


def test_a_lock_whose_file_was_removed_under_us_is_taken_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.store import lock

    answers = iter([False, True])
    monkeypatch.setattr(lock, "_is_file_at", lambda file, path: next(answers))
    held = lock.WriterLock(tmp_path / "record.db")
    held.release()
    held.release()
    monkeypatch.undo()
    with (tmp_path / "gone").open("wb") as file:
        (tmp_path / "gone").unlink()
        assert not lock._is_file_at(file, tmp_path / "gone")


def test_a_database_held_by_another_program_is_said_to_be(store: Store) -> None:
    store.database.rows("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="another program holds"):
            put(store, "a.txt", TEXT)


def test_one_transaction_in_another_is_part_of_it(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        put(store, "a.txt", TEXT)
        raise RuntimeError
    assert store.database.value("SELECT count(*) FROM article") == 0


def test_a_file_in_a_read_only_folder_can_still_be_read(
    full: tuple[Store, Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = full[0]
    record = store.record()
    store.close()
    real = sqlite3.connect
    asked: list[str] = []

    class Refused(sqlite3.Connection):
        def execute(self, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            raise sqlite3.OperationalError("unable to open database file")

    def refuse_first(address: str, **options: object) -> sqlite3.Connection:
        asked.append(address)
        return real(address, **options, **({"factory": Refused} if len(asked) == 1 else {}))  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", refuse_first)
    with Store.open(store.path, readonly=True) as reader:
        assert reader.record() == record
    assert asked[1].endswith("immutable=1")
    asked.clear()
    store.path.with_name("record.db-wal").touch()
    with pytest.raises(StoreError, match="unable to open"):
        Store.open(store.path, readonly=True)


def test_a_record_that_may_not_be_read_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()

    def refuse(path: Path, mode: str = "r") -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StoreError, match=r"cannot open .*record\.db for reading"):
        Store.open(store.path, readonly=True)


def test_a_record_with_odd_characters_in_its_path_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "50% of what? #1 ünd & more"
    Store.open(folder, create=True).close()
    assert (folder / "record.db").is_file()
    Store.open(folder, readonly=True).close()


@pytest.mark.broken_record
def test_an_output_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "record.json"
    with write_atomically(path) as stream:
        stream.write(b"first")
    with pytest.raises(RuntimeError), write_atomically(path) as stream:
        stream.write(b"second")
        raise RuntimeError
    assert path.read_bytes() == b"first"
    assert [file.name for file in path.parent.iterdir()] == ["record.json"]
    assert path.stat().st_mode & 0o444 == 0o444 & ~_umask()


@pytest.mark.broken_record
def test_an_output_on_a_full_disk_leaves_the_old_one_and_names_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(b"old")
    with pytest.raises(OutOfSpace, match=r"record\.json"), write_atomically(path) as stream:
        stream.write(b"new")
        raise OSError(28, "No space left on device")
    assert path.read_bytes() == b"old"
    with pytest.raises(StoreError, match="record"), write_atomically(path / "record") as stream:
        pass


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
