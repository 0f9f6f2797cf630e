"""Build, add and remove: take in what is given, read what is stale, draw the record, keep all of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from onrecord.errors import UsageError
from onrecord.intake import SetAside, Source
from onrecord.model import Article, Corpus, Judgement, Record, Unplaced, digest
from onrecord.pipeline.choice import choose_article
from onrecord.pipeline.plan import mark_stages
from onrecord.pipeline.reading import Task
from onrecord.pipeline.vectors import keep_vectors, read_vectors, vectors_beside
from onrecord.pipeline.workers import read_texts
from onrecord.pipeline.workshop import Workshop, standard_workshop
from onrecord.record import replay
from onrecord.store import FILE, Stale, Store, judgements, record_file, says_more
from onrecord.store import judge as keep_judgements

T = TypeVar("T")

FEW = 32
"""Below this many texts, starting worker processes takes longer than reading in this one."""


class Progress(Protocol):
    """Is told how long work goes; each round of work (taking in, reading) starts and ends once."""

    def start(self, total: int) -> None:
        """A round of so many steps begins."""

    def step(self, what: str) -> None:
        """One step is done: a file taken in, an article read."""

    def done(self) -> None:
        """The round is over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The record and how it came about: texts read now, texts that stood, articles that went, inputs set aside.

    ``earlier`` are those of ``set_aside`` that earlier commands were given; ``flagged`` are the articles of this
    command in whose bytes something was off, though they could be read; ``unplaced`` are the judgements that rest on
    nothing in this record.
    """

    record: Record
    read: int
    unchanged: int
    removed: int
    set_aside: tuple[SetAside, ...]
    earlier: tuple[SetAside, ...] = ()
    flagged: tuple[Article, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """The judgements of a command; where it is strict, one that finds no place stops it."""

    judgements: tuple[Judgement, ...] = ()
    strict: bool = False

    def refuse(self, unplaced: Sequence[Unplaced]) -> None:
        """Raises UsageError where one of these judgements is among the unplaced."""
        for one in unplaced:
            if self.strict and one.judgement in self.judgements:
                raise UsageError(f"{one.reason}; nothing was kept")


def build(
    paths: Sequence[Path],
    out: Path,
    workers: int | None = None,
    progress: Progress | None = None,
    workshop: Workshop | None = None,
) -> Outcome:
    """The record of exactly these files and folders, kept in ``out/record.db``; what stands there is not read again.

    Raises InputError where a path does not exist and StoreErrors; what could not be taken in or read is set aside.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give --out a folder, which will hold {FILE}")
    work = _Work(workshop or standard_workshop(), workers, progress)
    found = work.find(paths, out / FILE)  # first: a path that does not exist leaves no empty record behind
    with Store.open(out / FILE, create=True) as store:
        taken = work.take_in(store, found, ())
        return work.complete(store, taken.articles, taken)


def add(
    record: Path,
    paths: Sequence[Path],
    workers: int | None = None,
    progress: Progress | None = None,
    workshop: Workshop | None = None,
) -> Outcome:
    """The record with the articles of these files and folders added: the same as built of both together."""
    work = _Work(workshop or standard_workshop(), workers, progress)
    found = work.find(paths, record)
    with Store.open(record) as store:
        listed = store.articles()
        taken = work.take_in(store, found, listed)
        again = {source.file for source in found.sources}  # a file that was mended is no longer set aside
        earlier = {item for item in _not_taken_in(store) if item.file not in again} - taken.set_aside
        return work.complete(store, taken.articles | {article.id for article in listed}, taken, earlier)


def remove(
    record: Path,
    articles: Sequence[str],
    workers: int | None = None,
    progress: Progress | None = None,
    workshop: Workshop | None = None,
) -> Outcome:
    """The record without these articles (ids, addresses or file names) and what rested on them alone.

    Raises UsageError, and removes nothing, where one is not in the record or a file name fits several.
    """
    work = _Work(workshop or standard_workshop(), workers, progress)
    with Store.open(record) as store:
        listed = store.articles()
        chosen = {choose_article(listed, wanted) for wanted in articles}
        left = {article.id for article in listed} - chosen
        return work.complete(store, left, _Taken(set(), set(), []), _not_taken_in(store))


def judge(
    record: Path,
    made: Sequence[Judgement],
    *,
    strict: bool = True,
    progress: Progress | None = None,
    workshop: Workshop | None = None,
) -> Outcome:
    """The record with these judgements laid on it, which are kept with the others and replayed by every build.

    ``strict`` is for judgements made now: an article may be named as for ``remove``.
    Raises UsageError, and keeps none, where one finds no place; not ``strict`` keeps those too and names them.
    """
    work = _Work(workshop or standard_workshop(), None, progress)
    with Store.open(record) as store:
        articles = store.articles()
        if strict:
            made = [
                replace(one, value=choose_article(articles, one.value)) if one.verdict == "apart" else one
                for one in made
            ]
        taken = _Taken(set(), set(), [])
        listed = {article.id for article in articles}
        return work.complete(store, listed, taken, _not_taken_in(store), _Made(tuple(made), strict))


def keep_only(path: Path, articles: Sequence[str], workshop: Workshop | None = None) -> Record:
    """The record at ``path`` with only these articles, by id."""
    work = _Work(workshop or standard_workshop(), None, None)
    with Store.open(path) as store:
        return work.complete(store, set(articles), _Taken(set(), set(), [])).record


def open_record(path: Path) -> Store:
    """The record in this folder or file, for reading. Raises NotARecord where there is none."""
    return Store.open(path, readonly=True)


def _not_taken_in(store: Store) -> set[SetAside]:
    return {SetAside(file, reason) for file, reason in store.set_aside("intake")}


@dataclass(frozen=True, slots=True)
class _Found:
    """The files to take in, and what was found that is none."""

    sources: tuple[Source, ...]
    problems: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    """What the inputs of one command gave: ids of articles, what is none, and articles with something off."""

    articles: set[str]
    set_aside: set[SetAside]
    flagged: list[Article]


def corpus_of(store: Store, articles: Sequence[Article], stages: Sequence[str]) -> Corpus:
    """Articles with their texts and with what is read in these, layers in the order of the stages."""
    texts = {text: store.text(text) for text in sorted({article.text for article in articles})}
    layers = {
        text.id: tuple(sorted(store.layers(text), key=lambda layer: stages.index(layer.stage)))
        for text in texts.values()
    }
    return Corpus(tuple(articles), texts, layers)


class _Work:
    """One run of the pipeline: which workshop, how many workers, who is told."""

    def __init__(self, workshop: Workshop, workers: int | None, progress: Progress | None) -> None:
        if workers is not None and workers < 1:
            raise UsageError(f"{workers} workers cannot read anything; give --workers 1 or more")
        self._workshop, self._workers, self._progress = workshop, workers, progress
        self._marks = mark_stages(workshop.stages)

    def find(self, paths: Sequence[Path], record: Path) -> _Found:
        """The files in these files and folders; the files of the record itself are none of them."""
        return _Found(*self._workshop.find(paths, record_file(record)))

    def take_in(self, store: Store, found: _Found, listed: Iterable[Article]) -> _Taken:
        """What these files give; the articles are kept in the store."""
        taken = _Taken(set(), set(found.problems), [])
        known = {article.id: article for article in listed}
        for source in self._follow(found.sources, len(found.sources), lambda source: source.file):
            intake = self._workshop.take_in(source)
            taken.set_aside.update(intake.set_aside)
            taken.articles.update(article.id for article, _ in intake.articles)
            taken.flagged.extend(article for article, _ in intake.articles if article.flags)
            new = [(article, text) for article, text in intake.articles if says_more(article, known.get(article.id))]
            known.update((article.id, article) for article, _ in new)
            if new:
                store.put(intake.raw, intake.sha256, new)
        return taken

    def complete(
        self,
        store: Store,
        articles: set[str],
        taken: _Taken,
        earlier: Set[SetAside] = frozenset(),
        made: _Made | None = None,
    ) -> Outcome:
        """The record of these articles: what is stale is read, and the record drawn where anything changed."""
        listed = store.articles(articles)
        store.put_stages(self._marks)
        stale = store.stale(articles)
        failures = self._read(store, stale, listed)
        sound = tuple(article for article in listed if article.text not in failures)
        unread = {SetAside(article.file, failures[article.text]) for article in listed if article.text in failures}
        set_aside = taken.set_aside | earlier
        removed, drawn = self._keep(store, listed, sound, set_aside, unread, made or _Made())
        judged = {judgement.id: judgement for judgement in judgements(store)}
        return Outcome(
            record=drawn or store.record(),
            read=len(stale) - len(failures),
            unchanged=len({article.text for article in listed}) - len(stale),
            removed=removed,
            set_aside=tuple(sorted(set_aside | unread, key=lambda item: (item.file, item.reason))),
            earlier=tuple(sorted(earlier, key=lambda item: (item.file, item.reason))),
            flagged=tuple(sorted(taken.flagged, key=lambda article: (article.file, article.id))),
            unplaced=tuple(Unplaced(judged[one], reason) for one, reason in store.unplaced()),
        )

    def _read(self, store: Store, stale: Sequence[Stale], articles: Sequence[Article]) -> dict[str, str]:
        """Why a text could not be read to the end, by text id; the layers of all others are in the store."""
        failures = {}
        files = {article.text: article.file for article in articles}
        tasks = (self._task(store, text) for text in stale)
        results = read_texts(tasks, self._workshop.stages, self._count_workers(len(stale)))
        for done in self._follow(results, len(stale), lambda done: files[done.text.id]):
            # One transaction for all layers of a text: whoever is killed loses only the texts in hand.
            store.put_layers(done.text, done.layers)
            if done.failed:
                failures[done.text.id] = (
                    f"the stage {done.failed!r} could not read it ({done.reason}); it is not in the record. "
                    "Please report this with the article; the next build tries again"
                )
        return failures

    def _task(self, store: Store, stale: Stale) -> Task:
        text = store.text(stale.text)
        wanted = {mark.name: mark.fingerprint for mark in self._marks if mark.name in stale.stages}
        standing = () if len(wanted) == len(self._marks) else store.layers(text)
        return Task(text, wanted, standing)

    def _keep(
        self,
        store: Store,
        listed: Sequence[Article],
        sound: Sequence[Article],
        set_aside: set[SetAside],
        unread: set[SetAside],
        made: _Made,
    ) -> tuple[int, Record | None]:
        """How many articles went, after keeping inputs, judgements and record together; the record if it is a new one.

        What was drawn and what the store gives back are equal, so a new one is not read again.
        """
        judged = tuple({one.id: one for one in (*judgements(store), *made.judgements)}.values())
        fingerprint = self._fingerprint(sound, judged)
        linked = record = None
        unplaced: tuple[Unplaced, ...] = ()
        if fingerprint != store.record_fingerprint():
            vectors = read_vectors(vectors_beside(store.path), self._workers)
            corpus = corpus_of(store, sound, [mark.name for mark in self._marks])
            linked, unplaced = replay(self._workshop.link(corpus, vectors), judged)
            made.refuse(unplaced)
            record = self._workshop.draw(linked)
            keep_vectors(vectors, vectors_beside(store.path))
        with store.transaction():
            aside = [(item.file, item.reason, "intake") for item in set_aside]
            aside += [(item.file, item.reason, "reading") for item in unread]
            removed = store.finish([article.id for article in listed], aside)
            keep_judgements(store, made.judgements)
            if linked is not None and record is not None:
                store.put_record(record, linked, fingerprint)
                store.put_unplaced((one.judgement.id, one.reason) for one in unplaced)
        return removed, record

    def _fingerprint(self, articles: Sequence[Article], judged: Sequence[Judgement]) -> str:
        """What a record depends on: the articles' metadata, their layers, what people judged, and the code."""
        marks = [mark.fingerprint for mark in self._marks]
        decided = sorted(one.id for one in judged)
        return digest("record", self._workshop.version, marks, [repr(article) for article in articles], decided)

    def _count_workers(self, texts: int) -> int:
        if self._workers is not None:
            return min(self._workers, max(texts, 1))
        if texts < FEW:
            return 1
        return max(1, min(os.cpu_count() or 1, texts // (FEW // 2)))

    def _follow(self, steps: Iterable[T], total: int, name: Callable[[T], str]) -> Iterator[T]:
        """The steps, one by one, while progress is told of each once it is done."""
        if self._progress is None or not total:
            yield from steps
            return
        self._progress.start(total)
        try:
            for step in steps:
                yield step
                self._progress.step(name(step))
        finally:
            self._progress.done()
