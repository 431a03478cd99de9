"""Compare the topics of a corpus with those of plain BERTopic and scikit-learn's NMF and LDA, in one run.

    PYTHONPATH=. python benchmarks/topics.py OUT [--seeds 3]

OUT is a corpus folder with passages/, embeddings/ and pages/ built (corpora/strategies). All systems get the passages
that are embedded there, repeats left out, without the names of countries, and fits differ in the seed alone:

- this project: ``fit_topics`` with the options of params.yaml; the other fits part the passages and choose no words;
- plain BERTopic: its defaults on the same vectors. Its UMAP has the values that BERTopic gives it, and a seed besides,
  without which no fit could be had again;
- NMF on TF-IDF and LDA on counts with scikit-learn's defaults, its English stop words and words of five passages or
  more; as many topics as ours; a passage has its heaviest topic, and none where it has no weight in any.

NPMI and diversity are of the top ten words. Whether a word stands in a passage is for the system that chose it to say,
by its own phrases or its vectorizer's analyzer, for what one calls a word another may not. Three readings of NPMI:

- over all passages. Words of one language are seldom in passages of another, so a topic of nothing but Spanish stop
  words scores high here;
- within the language: over the passages of the language that speaks for the topic (a word that none has counts 0);
- same words: within the language, on words chosen by one rule for all systems from the passages of each topic. This
  compares how passages are parted, whatever a system takes for words.

Stability is the mean adjusted Rand index over the seeds; passages without a topic are a class of their own. NMF begins
with a decomposition and not by chance, so that its figure says less than the others'. Times are of each system's first
fit, words included, after imports and after a small UMAP has had its code compiled; vectors are made before and not in
the times of the two systems that use them. "With English" is ``share_with_english``: of the passages in other
languages, those whose topic has five English passages or more. "English at a tenth" asks that a tenth of the topic is
English, for a large topic gets five by accident. "Of one document" is the share of topics of which one document has
80 % or more.

The second part varies our options one at a time. For ``least_similarity`` the centres are those found with the value of
params.yaml, and passages are placed anew: which centres belong to one document is not asked again.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from bertopic import BERTopic
from bertopic.vectorizers import ClassTfidfTransformer
from numpy.typing import NDArray
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from umap import UMAP

from pipeline.documents import read_register
from pipeline.embeddings import encoder_version, load_encoder
from pipeline.schemas import NO_TOPIC
from pipeline.stages.embeddings import texts_of
from pipeline.stages.places import Parameters, Places, load_parameters
from pipeline.stages.topics import read_embedded
from pipeline.topics.describing import fit_bertopic, frequent_phrases, main_language, phrase_languages
from pipeline.topics.fitting import fit_topics
from pipeline.topics.parting import part_passages
from pipeline.topics.quality import diversity, mean_agreement, npmi, share_dominated, share_with_english
from pipeline.topics.sampling import find_repeats
from pipeline.topics.space import Matrix, Space, nearest_centres
from pipeline.topics.words import phrases

ROOT = Path(__file__).parents[1]
WORDS = 10
MIN_PASSAGES = 5  # in which a word must stand to be one of NMF's, LDA's or those chosen by one rule
DOMINATED_FROM = 0.8
ENGLISH_FROM = 0.1
FRONTIER = {"min_topic": (15, 20, 30), "per_document": (60, 120, 240)}
SIMILARITIES = (0.18, 0.21, 0.24, 0.27, 0.30)
_WARM_UP = (600, 32)  # rows and columns of the UMAP that has its code compiled

Topics = Sequence[int]
Words = Mapping[int, Sequence[str]]
Analyze = Callable[[str, str], Iterable[str]]  # the words of a passage: its text and language


@dataclass(frozen=True)
class Corpus:
    """What every system gets, passage by passage: texts, languages, document ids, and vectors row by row."""

    texts: list[str]
    languages: list[str]
    documents: list[str]
    matrix: Matrix

    @cached_property
    def single_words(self) -> list[list[str]]:
        """Return the words of each passage that are no stop words of its language, as one rule for all chooses them."""
        return [phrases(text, language, 1) for text, language in zip(self.texts, self.languages, strict=True)]

    def holding(self, wanted: set[str], analyze: Analyze) -> list[frozenset[str]]:
        """Return for each passage which of the wanted words stand in it."""
        return [
            frozenset(wanted.intersection(analyze(text, language)))
            for text, language in zip(self.texts, self.languages, strict=True)
        ]


@dataclass(frozen=True)
class Fitted:
    """The topic of each passage in one fit, the words of each topic, and how its system finds words in a text."""

    topics: list[int]
    words: Words
    analyze: Analyze


@dataclass(frozen=True)
class Centred:
    """The centres of one of our fits, and the space in which passages are compared with them."""

    space: Space
    centres: Matrix


@dataclass(frozen=True)
class Measured:
    """The figures of one system."""

    name: str
    topics: int
    outliers: float
    npmi: float
    npmi_within: float
    npmi_same_words: float
    diversity: float
    stability: float
    with_english: float
    english_tenth: float
    of_one_document: float
    processor: float
    clock: float


class Ours:
    """Topics as the project makes them; keeps the centres of each seed, so that passages can be placed anew."""

    def __init__(self, corpus: Corpus, parameters: Parameters, **changed: Any) -> None:
        self._corpus = corpus
        self._options = parameters.section("topics") | changed
        self._name = parameters.section("embeddings")["encoder"]
        self._encode = load_encoder(self._name, corpus.texts).encode
        self.centred: dict[int, Centred] = {}

    def fit(self, seed: int) -> Fitted:
        """Part the passages and choose words, as the stage ``topics`` does."""
        corpus = self._corpus
        fit = fit_topics(
            corpus.texts, corpus.languages, corpus.documents, corpus.matrix, self._encode,
            encoder=encoder_version(self._name), **(self._options | {"seed": seed}),
        )  # fmt: skip
        self.centred[seed] = Centred(fit.model.space, fit.model.centres)
        return Fitted(_listed(fit.places), {topic.number: topic.words for topic in fit.model.topics}, phrases)

    def assign(self, seed: int) -> Topics:
        """Part the passages only."""
        options = {name: value for name, value in self._options.items() if name not in ("min_passages", "min_share")}
        corpus = self._corpus
        parts = part_passages(
            corpus.texts, corpus.languages, corpus.documents, corpus.matrix, **(options | {"seed": seed})
        )
        self.centred[seed] = Centred(parts.space, parts.centres)
        return _listed(parts.places)

    def place(self, seed: int, least: float) -> Topics:
        """Place the passages at the centres of a fit that was made, from another cosine on."""
        found = self.centred[seed]
        matrix = found.space.centred(self._corpus.matrix, self._corpus.languages)
        return _listed(nearest_centres(matrix, found.centres, least)[0])

    def describe(self, seed: int, topics: Topics) -> Fitted:
        """Choose words for passages that were placed anew, as ``fit_topics`` does."""
        corpus = self._corpus
        inside = [index for index, topic in enumerate(topics) if topic != NO_TOPIC]
        languages = [corpus.languages[index] for index in inside]
        options = self._options
        own = [phrases(corpus.texts[index], corpus.languages[index]) for index in inside]
        own = frequent_phrases(own, options["min_passages"])
        places = [topics[index] for index in inside]
        model = fit_bertopic(
            own, languages, phrase_languages(own, languages),
            self.centred[seed].space.centred(corpus.matrix[inside], languages), places, self._encode,
            min_share=options["min_share"],
        )  # fmt: skip
        numbers = dict(zip(model.topics_, places, strict=True))
        return Fitted(list(topics), {topic: _words(model, number) for number, topic in numbers.items()}, phrases)


def fit_plain_bertopic(corpus: Corpus, seed: int) -> Fitted:
    """Fit BERTopic as it comes; the values of UMAP are BERTopic's own, the seed is not."""
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=seed)
    model = BERTopic(language="multilingual", embedding_model=None, umap_model=umap)
    topics, _ = model.fit_transform(corpus.texts, embeddings=corpus.matrix)
    words = {number: _words(model, number) for number in sorted(set(topics) - {NO_TOPIC})}
    return Fitted(list(map(int, topics)), words, _analyzer(model.vectorizer_model))


def fit_matrix(corpus: Corpus, seed: int, *, vectorizer: CountVectorizer, model: Any) -> Fitted:
    """Fit NMF or LDA on what a vectorizer counts; a passage has its heaviest topic."""
    counts = vectorizer.fit_transform(corpus.texts)
    weights = model.set_params(random_state=seed).fit_transform(counts)
    some = (weights.max(axis=1) > 0) & (counts.getnnz(axis=1) > 0)
    names = vectorizer.get_feature_names_out()
    words = {number: _heaviest(names, row) for number, row in enumerate(model.components_)}
    return Fitted(_listed(np.where(some, weights.argmax(axis=1), NO_TOPIC)), words, _analyzer(vectorizer))


def _words(model: BERTopic, number: int) -> list[str]:
    return [word for word, _ in model.get_topic(number) if word][:WORDS]


def _heaviest(names: NDArray[Any], weights: NDArray[Any]) -> list[str]:
    return [str(names[index]) for index in np.argsort(-weights, kind="stable")[:WORDS] if weights[index] > 0]


def _listed(topics: NDArray[Any]) -> list[int]:
    return [int(topic) for topic in topics]


def _analyzer(vectorizer: CountVectorizer) -> Analyze:
    analyze = vectorizer.build_analyzer()
    return lambda text, language: analyze(text)


def read_corpus(out: Path) -> Corpus:
    """Read the embedded passages of a corpus, without those that repeat another."""
    places = Places(out, out)
    embedded = read_embedded(out, read_register(places.register))
    texts = texts_of(embedded.passages, places.models)
    first = [index for index, repeat in enumerate(find_repeats(texts)) if repeat < 0]
    return Corpus(
        [texts[index] for index in first],
        [embedded.passages[index].language for index in first],
        [embedded.passages[index].document_id for index in first],
        embedded.matrix[first],
    )


def warm_up() -> None:
    """Have UMAP's code compiled, its search for neighbours included, before any clock starts."""
    rows = np.random.RandomState(0).normal(size=_WARM_UP).astype(np.float32)
    UMAP(metric="cosine", random_state=0, force_approximation_algorithm=True).fit(rows)


def measure(
    name: str, fit: Callable[[int], Fitted], assign: Callable[[int], Topics], corpus: Corpus, seeds: Sequence[int]
) -> Measured:
    """Fit a system with the first seed against the clock, part the passages with the others, and take its figures."""
    clock, processor = time.perf_counter(), time.process_time()
    first = fit(seeds[0])
    spent, taken = time.process_time() - processor, time.perf_counter() - clock
    agreement = mean_agreement([first.topics, *(assign(seed) for seed in seeds[1:])])
    return _figures(name, first, agreement, corpus, spent, taken)


def _figures(
    name: str, fitted: Fitted, agreement: float, corpus: Corpus, processor: float = 0, clock: float = 0
) -> Measured:
    speaking = speaking_languages(fitted.topics, corpus.languages)
    same = Fitted(
        fitted.topics, choose_words(fitted.topics, speaking, corpus), lambda text, language: phrases(text, language, 1)
    )
    return Measured(
        name,
        topics=len(fitted.words),
        outliers=fitted.topics.count(NO_TOPIC) / len(fitted.topics),
        npmi=coherence(fitted, corpus),
        npmi_within=coherence(fitted, corpus, speaking),
        npmi_same_words=coherence(same, corpus, speaking),
        diversity=diversity(fitted.words.values()),
        stability=agreement,
        with_english=share_with_english(fitted.topics, corpus.languages),
        english_tenth=share_at_english(fitted.topics, corpus.languages, ENGLISH_FROM),
        of_one_document=share_dominated(fitted.topics, corpus.documents, DOMINATED_FROM),
        processor=processor,
        clock=clock,
    )


def speaking_languages(topics: Topics, languages: Sequence[str]) -> dict[int, str]:
    """Return the language that speaks for each topic that has passages."""
    own: dict[int, list[str]] = {}
    for topic, language in zip(topics, languages, strict=True):
        if topic != NO_TOPIC:
            own.setdefault(topic, []).append(language)
    return {topic: main_language(found) for topic, found in own.items()}


def coherence(fitted: Fitted, corpus: Corpus, speaking: Mapping[int, str] | None = None) -> float:
    """Return the mean NPMI of the topics' words over all passages, or over those of the language of each topic."""
    holding = corpus.holding({word for words in fitted.words.values() for word in words}, fitted.analyze)
    if speaking is None:
        return float(np.mean([npmi(words, holding) for words in fitted.words.values()]))
    by_language: dict[str, list[frozenset[str]]] = {}
    for own, language in zip(holding, corpus.languages, strict=True):
        by_language.setdefault(language, []).append(own)
    return float(np.mean([npmi(fitted.words[topic], by_language[code]) for topic, code in speaking.items()]))


def choose_words(topics: Topics, speaking: Mapping[int, str], corpus: Corpus) -> dict[int, list[str]]:
    """Choose the words of each topic by BERTopic's c-TF-IDF from its passages in the language that speaks for it."""
    numbers = sorted(speaking)
    joined: dict[int, list[str]] = {number: [] for number in numbers}
    frequent = Counter(word for own in corpus.single_words for word in set(own))
    for topic, language, own in zip(topics, corpus.languages, corpus.single_words, strict=True):
        if topic != NO_TOPIC and language == speaking[topic]:
            joined[topic] += [word for word in own if frequent[word] >= MIN_PASSAGES]
    vectorizer = CountVectorizer(analyzer=list)
    scores = ClassTfidfTransformer().fit_transform(vectorizer.fit_transform(joined.values())).toarray()
    names = vectorizer.get_feature_names_out()
    return {number: _heaviest(names, row) for number, row in zip(numbers, scores, strict=True)}


def share_at_english(topics: Topics, languages: Sequence[str], least: float) -> float:
    """Return the share of passages in other languages whose topic is English from the share ``least`` on."""
    sizes = Counter(topics)
    english = Counter(topic for topic, language in zip(topics, languages, strict=True) if language == "en")
    others = [topic for topic, language in zip(topics, languages, strict=True) if language != "en"]
    return float(np.mean([topic != NO_TOPIC and english[topic] >= least * sizes[topic] for topic in others]))


def measure_peers(corpus: Corpus, seeds: Sequence[int], topics: int) -> list[Measured]:
    """Measure plain BERTopic, and NMF and LDA with a number of topics."""
    options = {"stop_words": "english", "min_df": MIN_PASSAGES}
    peers = {
        "BERTopic, plain": partial(fit_plain_bertopic, corpus),
        "NMF": partial(fit_matrix, corpus, vectorizer=TfidfVectorizer(**options), model=NMF(topics)),
        "LDA": partial(
            fit_matrix, corpus, vectorizer=CountVectorizer(**options), model=LatentDirichletAllocation(topics)
        ),
    }
    return [measure(name, fit, partial(_topics_of, fit), corpus, seeds) for name, fit in peers.items()]


def _topics_of(fit: Callable[[int], Fitted], seed: int) -> Topics:
    return fit(seed).topics


def vary_similarity(ours: Ours, corpus: Corpus, seeds: Sequence[int]) -> list[Measured]:
    """Measure our fits with passages placed anew at the centres that were found, from other cosines on."""
    rows = []
    for least in SIMILARITIES:
        placed = [ours.place(seed, least) for seed in seeds]
        fitted = ours.describe(seeds[0], placed[0])
        rows.append(_figures(f"least_similarity {least:.2f}", fitted, mean_agreement(placed), corpus))
    return rows


def vary_option(
    option: str, values: Sequence[int], corpus: Corpus, parameters: Parameters, seeds: Sequence[int], shipped: Measured
) -> list[Measured]:
    """Measure our fits with other values of one option; the value of params.yaml was measured before."""
    rows = []
    for value in values:
        if value == parameters.section("topics")[option]:
            rows.append(shipped)
        else:
            ours = Ours(corpus, parameters, **{option: value})
            rows.append(measure(f"{option} {value}", ours.fit, ours.assign, corpus, seeds))
    return rows


def print_peers(rows: Sequence[Measured]) -> None:
    """Print one row for each system."""
    _print_table(
        ("", "topics", "outliers", "NPMI", "NPMI within the language", "NPMI, same words", "diversity", "stability",
         "with English", "English at a tenth", "of one document", "processor s", "clock s"),
        [
            (row.name, str(row.topics), f"{row.outliers:.1%}", f"{row.npmi:.3f}", f"{row.npmi_within:.3f}",
             f"{row.npmi_same_words:.3f}", f"{row.diversity:.3f}", f"{row.stability:.3f}", f"{row.with_english:.3f}",
             f"{row.english_tenth:.3f}", f"{row.of_one_document:.3f}", f"{row.processor:.0f}", f"{row.clock:.0f}")
            for row in rows
        ],
    )  # fmt: skip


def print_frontier(names: Sequence[str], rows: Sequence[Measured]) -> None:
    """Print one row for each value of an option."""
    _print_table(
        ("", "topics", "outliers", "NPMI", "NPMI, same words", "diversity", "stability", "with English"),
        [
            (name, str(row.topics), f"{row.outliers:.1%}", f"{row.npmi:.3f}", f"{row.npmi_same_words:.3f}",
             f"{row.diversity:.3f}", f"{row.stability:.3f}", f"{row.with_english:.3f}")
            for name, row in zip(names, rows, strict=True)
        ],
    )  # fmt: skip


def _print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(f"\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


def main(out: Path, seeds_wanted: int) -> None:
    """Measure all systems on one corpus, then vary our options, and print."""
    parameters = load_parameters(ROOT / "params.yaml")
    options = parameters.section("topics")
    seeds = [options["seed"] + number * options["runs"] for number in range(seeds_wanted)]
    corpus = read_corpus(out)
    ours = Ours(corpus, parameters)
    foreign = sum(language != "en" for language in corpus.languages) / len(corpus.languages)
    print(
        f"{len(corpus.texts)} passages of {len(set(corpus.documents))} documents, {foreign:.0%} not in English; "
        f"vectors by {encoder_version(parameters.section('embeddings')['encoder'])}; seeds {seeds}; our options: "
        + ", ".join(f"{name} {value}" for name, value in options.items())
    )
    warm_up()
    shipped = measure("this project", ours.fit, ours.assign, corpus, seeds)
    print_peers([shipped, *measure_peers(corpus, seeds, shipped.topics)])
    rows = vary_similarity(ours, corpus, seeds)
    print_frontier([row.name for row in rows], rows)
    for option, values in FRONTIER.items():
        rows = vary_option(option, values, corpus, parameters, seeds, shipped)
        print_frontier([f"{option} {value}" for value in values], rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT", help="a corpus folder with passages, embeddings and pages")
    parser.add_argument("--seeds", type=int, default=3, help="fits of each system (3)")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", message="n_jobs value .* overridden")  # UMAP's, that a seed means one thread
    main(arguments.out, arguments.seeds)
