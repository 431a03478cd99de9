"""The tagger: which terms are found, which of them stand, at what level, and where they lead back to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.concepts import VocabularyError, load_vocabulary, read_examples
from pipeline.mentions import Tagger, find_mentions, tag_text
from pipeline.mentions.characters import fold
from pipeline.mentions.examples import CONTEXT, COUNTS, IDLE, NEVER, rules_without_example
from pipeline.mentions.quotes import cut_around, letters
from pipeline.mentions.sentences import split_sentences
from pipeline.mentions.words import is_as_written
from pipeline.schemas import Context, Cue, Language, Mention, Passage, Term, Vocabulary

MODELS = Path(__file__).parents[1] / "models"
LANGUAGES = sorted(path.name.split(".")[1] for path in (MODELS / "concepts").glob("terms.*.yaml"))

ENGLISH = Language(
    "en", "English", inflections=(("ies", "y", 2), ("s", "", 3)), joiners=("and", "as well as"), articles=("the",)
)
GERMAN = Language("de", "German", compounds=True, inflections=(("en", "e", 4), ("n", "", 4)), joiners=("und",))
FRENCH = Language(
    "fr", "French", elisions=("l", "d", "qu"), inflections=(("s", "", 3),), joiners=("et",), articles=("la", "de")
)
JAPANESE = Language("ja", "Japanese", writing="unspaced", joiners=("\u53ca\u3073", "\u3068"))


def tagger_of(language: Language, terms: Iterable[Term], cues: Iterable[Cue] = ()) -> Tagger:
    """Return a tagger of one language."""
    return Tagger(Vocabulary(concepts=(), languages=(language,), terms=tuple(terms), cues=tuple(cues)))


def term(
    language: Language, concept: str, phrase: str, *also: str, never: bool = False, context: Context | None = None
) -> Term:
    """Return a term with a rule id made of its parts."""
    rule_id = f"{concept}/{'not ' if never else ''}{phrase}"
    return Term(concept, language.code, phrase, rule_id, never, also, context)


def found(tagger: Tagger, text: str, language: str) -> list[tuple[str, str]]:
    """Return (concept, words) of every hit."""
    return [(hit.concept, text[hit.start : hit.end]) for hit in tag_text(text, language, tagger)]


EN = tagger_of(
    ENGLISH,
    [
        term(ENGLISH, "ai", "artificial intelligence"),
        term(ENGLISH, "ai", "AI"),
        term(ENGLISH, "ai", "intelligence"),
        term(ENGLISH, "ict", "IT"),
        term(ENGLISH, "iot", "IoT"),
        term(ENGLISH, "networks", "5G network"),
        term(ENGLISH, "additive", "3D printing"),
        term(ENGLISH, "health", "e-health"),
        term(ENGLISH, "industry", "Industry 4.0"),
        term(ENGLISH, "battery", "battery"),
        term(ENGLISH, "chemicals", "chemicals"),
        term(ENGLISH, "bio", "bio-based chemicals", "chemicals"),
        term(ENGLISH, "mining", "mining"),
        term(ENGLISH, "mining", "data mining", never=True),
        term(ENGLISH, "mining", "mining of data", never=True),
        term(ENGLISH, "mining", "deep data mining rig"),
        term(ENGLISH, "energy", "energy"),
        term(ENGLISH, "solar", "solar energy"),
        term(ENGLISH, "storage", "energy storage"),
        term(ENGLISH, "shared-a", "smart grid"),
        term(ENGLISH, "shared-b", "smart grid"),
        term(ENGLISH, "motion", "driver's aid"),
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Artificial intelligence", ["ai"]),
        ("ARTIFICIAL INTELLIGENCE", ["ai"]),
        ("artificial-intelligence", ["ai"]),
        ("artificial \u2013 intelligence", ["ai"]),
        ("artificial\u00a0intelligence", ["ai"]),
        ("artificial\n  intelligence", ["ai"]),
        ("arti\u00adficial intel\u200bligence", ["ai"]),
        ("\uff21\uff32tificial", []),
        ("\uff21\uff29", ["ai"]),
        ("arti\ufb01cial intelligence", ["ai"]),
        ("not artificial. Intelligence", ["ai"]),  # intelligence alone: no phrase across the end of a sentence
        ("AI-based AIs", ["ai", "ai"]),
        ("ai aI Aid", []),
        ("it works, It works", []),
        ("IT works", ["ict"]),
        ("IoT, IoTs, IOT", ["iot", "iot", "iot"]),
        ("iot Iot", []),
        ("5G networks and 5G-Network", ["networks", "networks"]),
        ("5g networks", []),
        ("3D PRINTING", ["additive"]),
        ("e health, E-Health", ["health", "health"]),
        ("ehealth", []),  # written together it is another term
        ("industry 4.0 is not industry 4, 0", ["industry"]),
        ("batteries, battery, batterie", ["battery", "battery"]),
        ("driver\u2019s aid, driver's aids", ["motion", "motion"]),
        ("driver/s aid", []),
    ],
)
def test_words_are_compared_as_people_read_them(text: str, expected: list[str]) -> None:
    assert [concept for concept, _ in found(EN, text, "en")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("artificial intelligence", [("ai", "artificial intelligence")]),  # not "intelligence" once more
        ("solar energy", [("solar", "solar energy")]),  # inside a longer match of another concept
        ("solar energy storage", [("solar", "solar energy"), ("storage", "energy storage")]),  # partial overlap
        ("energy", [("energy", "energy")]),
        ("bio-based chemicals", [("bio", "bio-based chemicals"), ("chemicals", "chemicals")]),  # also
        ("smart grid", [("shared-a", "smart grid"), ("shared-b", "smart grid")]),
        ("data mining", []),
        ("mining of data and mining", [("mining", "mining")]),
        ("data mining, mining", [("mining", "mining")]),
        ("deep data mining rig", [("mining", "deep data mining rig")]),  # longer than the never phrase in it
        ("nothing here", []),
        ("", []),
    ],
)
def test_overlaps(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(EN, text, "en") == expected


def test_a_never_phrase_speaks_for_its_own_concept_only() -> None:
    tagger = tagger_of(
        ENGLISH, [term(ENGLISH, "a", "gas"), term(ENGLISH, "b", "gas"), term(ENGLISH, "a", "gas mask", never=True)]
    )
    assert found(tagger, "gas mask", "en") == [("b", "gas")]


def test_one_concept_may_be_named_by_two_phrases_that_read_alike() -> None:
    tagger = tagger_of(ENGLISH, [term(ENGLISH, "a", "e-health"), term(ENGLISH, "a", "e healths")])
    assert found(tagger, "e health", "en") == [("a", "e health")]


DE = tagger_of(
    GERMAN,
    [
        term(GERMAN, "quantum", "Quantentechnologie"),
        term(GERMAN, "ai", "KI"),
        term(GERMAN, "ai", "K\u00fcnstliche Intelligenz"),
        term(GERMAN, "steel", "Stahl"),
        term(GERMAN, "steel", "stahlhart", never=True),
        term(GERMAN, "energy", "Energie"),
        term(GERMAN, "storage", "Energiespeicher"),
        term(GERMAN, "hydrogen", "Wasserstoff"),
        term(GERMAN, "rail", "Bahn"),
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quantentechnologief\u00f6rderung", [("quantum", "Quantentechnologief\u00f6rderung")]),
        ("QUANTENTECHNOLOGIEF\u00d6RDERUNG", [("quantum", "QUANTENTECHNOLOGIEF\u00d6RDERUNG")]),
        ("Quantentechnologien", [("quantum", "Quantentechnologien")]),
        ("KI-Strategie", [("ai", "KI")]),
        ("Kinder und Kirche", []),
        ("k\u00fcnstlichen Intelligenz", [("ai", "k\u00fcnstlichen Intelligenz")]),  # by its inflections
        ("Stahlwerke", [("steel", "Stahlwerke")]),
        ("stahlhart", []),
        ("Edelstahl", []),  # no seam before it: a term of its own
        ("Rettungsstahl", [("steel", "Rettungsstahl")]),
        ("Energiespeichertechnik", [("storage", "Energiespeichertechnik")]),
        ("Wasserstoffenergie", [("energy", "Wasserstoffenergie"), ("hydrogen", "Wasserstoffenergie")]),
        ("Bahnhof", []),  # too short to be told from chance
        ("Synergien", []),
    ],
)
def test_compounds(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(DE, text, "de") == expected


def test_languages_without_compounds_find_whole_words_only() -> None:
    assert found(EN, "batterymaker", "en") == []


def test_elided_words_are_cut_off() -> None:
    tagger = tagger_of(
        FRENCH, [term(FRENCH, "ai", "intelligence artificielle"), term(FRENCH, "space", "industrie de l'espace")]
    )
    text = "L\u2019intelligence artificielle, l'industrie de l\u2019espace, qu'intelligences artificielles"
    assert found(tagger, text, "fr") == [
        ("ai", "intelligence artificielle"),
        ("space", "industrie de l\u2019espace"),
        ("ai", "intelligences artificielles"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u653f\u5e9c\u306f\u4eba\u5de5\u77e5\u80fd\u3092\u63a8\u9032\u3059\u308b", ["\u4eba\u5de5\u77e5\u80fd"]),
        ("\u4eba\u5de5\n\u77e5\u80fd", ["\u4eba\u5de5\n\u77e5\u80fd"]),
        ("AI\u6280\u8853\u3068\uff29\uff4f\uff34", ["AI", "\uff29\uff4f\uff34"]),
        ("MAID\u3068ai", []),
        ("\uff78\uff97\uff73\uff84\uff9e", ["\uff78\uff97\uff73\uff84\uff9e"]),  # half-width, voicing mark apart
        (
            "\u30b9\u30de\u30fc\u30c8\u30fb\u30b0\u30ea\u30c3\u30c9",
            ["\u30b9\u30de\u30fc\u30c8\u30fb\u30b0\u30ea\u30c3\u30c9"],
        ),
        ("\u30af\u30e9\u30a6\u30c9\u30b5\u30fc\u30d3\u30b9", ["\u30af\u30e9\u30a6\u30c9"]),
    ],
)
def test_unspaced_writing_is_matched_on_characters(text: str, expected: list[str]) -> None:
    phrases = [
        "\u4eba\u5de5\u77e5\u80fd",
        "AI",
        "IoT",
        "\u30af\u30e9\u30a6\u30c9",
        "\u30b9\u30de\u30fc\u30c8\u30b0\u30ea\u30c3\u30c9",
    ]
    tagger = tagger_of(JAPANESE, [term(JAPANESE, phrase, phrase) for phrase in phrases])
    assert [words for _, words in found(tagger, text, "ja")] == expected


# ------------------------------------------------------------------------------------------------ contexts

SENSE = tagger_of(
    ENGLISH,
    [
        term(ENGLISH, "skills", "training", context=Context(unless=("model", "training data", "ML"))),
        term(ENGLISH, "cloud", "cloud", context=Context(beside=("computing", "data centre"), within=3)),
        term(ENGLISH, "space", "space", context=Context(unless=("office",), beside=("satellite",))),
        term(ENGLISH, "health", "health", context=Context(listed=True)),
        term(ENGLISH, "schools", "education", context=Context(listed=True)),
        term(ENGLISH, "trade", "trade", context=Context(beside=("shop",), listed=True)),
        term(ENGLISH, "care", "health and care system", context=Context(beside=("hospital",))),
        term(ENGLISH, "energy", "energy"),
        term(ENGLISH, "health", "healthcare"),
        term(ENGLISH, "health", "energy and health", never=True),
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We fund training.", ["skills"]),
        ("We fund the training of Models.", []),
        ("We fund training. Models are another thing.", ["skills"]),  # another sentence
        ("Models help one two three four five six training", []),
        ("Models help one two three four five six seven training", ["skills"]),  # the ninth word
        ("Models, help, one, two, three, four, five, six, training", []),  # signs are no words
        ("training ml", ["skills"]),  # capitals as written
        ("training for ML", []),
        ("training data", []),  # a context may hold the phrase itself
        ("the cloud", []),
        ("a cloud of computing", ["cloud"]),
        ("cloud data-centres", ["cloud"]),
        ("a cloud in their data centre", ["cloud"]),
        ("a cloud in one more data centre", []),
        ("space for satellites", ["space"]),
        ("office space for satellites", []),
        ("space", []),
        ("health", []),
        ("the health of energy", ["energy"]),
        ("health, energy", ["health", "energy"]),
        ("energy, the health", ["energy", "health"]),
        ("energy as well as health", ["energy", "health"]),
        ("energy and health", ["energy"]),  # never
        ("health/energy; HEALTH & energy", ["health", "energy", "health", "energy"]),
        ("\u2022 health \u2022 energy", ["health", "energy"]),
        ("- health\n- energy", ["health", "energy"]),
        ("health-energy", ["energy"]),
        ("health energy", ["energy"]),
        ("health, healthcare", ["health"]),  # one concept is no enumeration
        ("health and education", []),  # two that prove nothing to each other
        ("health, education and trade", ["health", "schools", "trade"]),
        ("health, water, education and trade", ["health", "schools", "trade"]),  # one short member is not ours
        ("health, clean water, education and trade", ["health", "schools", "trade"]),
        ("health, water, weather, education and trade", []),
        ("health, all the water, education and trade", []),
        ("health and water education and trade", []),
        ("health, trade in a shop", ["health", "trade"]),  # trade counts by itself
        ("energy, health and care system", ["energy", "health"]),  # what falls hides nothing
    ],
)
def test_contexts(text: str, expected: list[str]) -> None:
    assert [concept for concept, _ in found(SENSE, text, "en")] == expected


def test_contexts_reach_into_compounds() -> None:
    tagger = tagger_of(
        GERMAN,
        [
            term(GERMAN, "skills", "Training", context=Context(unless=("Modelle",))),
            term(GERMAN, "health", "Gesundheit", context=Context(listed=True)),
            term(GERMAN, "schools", "Bildung"),
        ],
    )
    assert found(tagger, "Trainingsangebote", "de") == [("skills", "Trainingsangebote")]
    assert found(tagger, "Trainingsangebote und Modellewelten", "de") == []
    assert found(tagger, "Trainingsmodellen", "de") == []
    assert found(tagger, "Gesundheitswesen", "de") == []
    assert found(tagger, "Gesundheits- und Bildungswesen", "de") == [("schools", "Bildungswesen")]
    assert found(tagger, "Gesundheitswesen und Bildung", "de") == [
        ("health", "Gesundheitswesen"), ("schools", "Bildung"),
    ]  # fmt: skip


def test_contexts_in_unspaced_writing() -> None:
    tagger = tagger_of(
        JAPANESE,
        [
            term(JAPANESE, "cloud", "\u96f2", context=Context(beside=("\u8a08\u7b97",), within=2)),
            term(JAPANESE, "health", "\u533b\u7642", context=Context(listed=True)),
            term(JAPANESE, "schools", "\u6559\u80b2"),
        ],
    )
    assert found(tagger, "\u96f2\u306e\u4e0a\u306e\u8a08\u7b97", "ja") == [("cloud", "\u96f2")]
    assert found(tagger, "\u96f2\u306e\u4e0a\u306e\u4e0a\u306e\u4e0a\u306e\u8a08\u7b97", "ja") == []
    assert found(tagger, "\u96f2\u3002\u8a08\u7b97", "ja") == []
    for joint in ("\u3001", "\u30fb", "\u53ca\u3073", "\u3068", "\uff0f"):
        assert len(found(tagger, f"\u533b\u7642{joint}\u6559\u80b2", "ja")) == 2
    assert len(found(tagger, "\u533b\u7642\u306e\u6559\u80b2", "ja")) == 1


def test_articles_are_passed_over_in_enumerations() -> None:
    tagger = tagger_of(
        FRENCH,
        [term(FRENCH, "health", "sant\u00e9", context=Context(listed=True)), term(FRENCH, "energy", "\u00e9nergie")],
    )
    assert len(found(tagger, "de la sant\u00e9 et de l\u2019\u00e9nergie", "fr")) == 2
    assert len(found(tagger, "la sant\u00e9 de l\u2019\u00e9nergie", "fr")) == 1


def test_contexts_take_time_in_proportion_to_the_length_of_a_page() -> None:
    text = "model of training, health, cloud computing office space energy and " * 5_000
    assert len(tag_text(text, "en", SENSE)) == 15_000
    assert len(tag_text("health, education, " * 20_000, "en", SENSE)) == 40_000
    assert len(tag_text(f"health{' -' * 19} energy " * 2_000, "en", SENSE)) == 4_000
    assert len(tag_text(f"health{' - the' * 6}! energy " * 2_000, "en", SENSE)) == 2_000


def test_a_language_without_terms_gives_nothing() -> None:
    assert tag_text("artificial intelligence", "xx", EN) == []


@pytest.mark.parametrize("text", ["\ud800 AI \udfff", "\x00 AI", "AI \U0001f600", "e\u0301\u0301 AI", "\u0301AI"])
def test_odd_characters_do_no_harm(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in tag_text(text, "en", EN)] == ["AI"]


def test_a_page_on_one_line_takes_time_in_proportion_to_its_length() -> None:
    text = "data mining solar energy storage bio-based chemicals " * 5_000 + "a" * 300_000 + "." * 100_000
    assert len(tag_text(text, "en", EN)) == 20_000
    assert tag_text("Energie" * 20_000, "de", DE) == []
    passage = passage_of(text)
    assert len(find_mentions([passage], {1: text}, EN)) == 20_000


# ---------------------------------------------------------------------------------------------- properties


@cache
def shipped() -> Tagger:
    """Return a tagger of the rules that ship with the project."""
    return Tagger(load_vocabulary(MODELS))


@cache
def shipped_terms(language: str, never: bool) -> tuple[Term, ...]:
    """Return the terms of one shipped language that count wherever they stand."""
    terms = load_vocabulary(MODELS).terms
    return tuple(term for term in terms if term.language == language and term.never == never and not term.context)


@cache
def shipped_contexts(language: str) -> tuple[Term, ...]:
    """Return the terms of one shipped language that have a context."""
    return tuple(term for term in load_vocabulary(MODELS).terms if term.language == language and term.context)


GAPS = st.sampled_from([" ", "-", "\u2010", "\u2011", "\u2013", "\u00a0", "\n", "  ", " \u2013 ", "-\n"])


@st.composite
def disguised(draw: st.DrawFn, phrase: str, unspaced: bool) -> str:
    """Return the phrase with other spaces, hyphens, case and line breaks."""
    words = re.split(r"[\s\u2010-\u2015-]+", phrase)
    written = []
    for word in words:
        change = draw(st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]))
        other = change(word)
        parts = re.findall(r"[^\W_]+", word)
        written.append(word if any(map(is_as_written, parts)) or other.lower() != word.lower() else other)
    text = "".join(word + draw(GAPS) for word in written[:-1]) + written[-1]
    if unspaced and text and not text.isascii() and len(text) > 1:
        place = draw(st.integers(1, len(text) - 1))
        if not (text[place - 1].isascii() or text[place].isascii()) and not fold(text[place]).text.isspace():
            return text[:place] + draw(st.sampled_from(["", "\n", " "])) + text[place:]
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40)
@given(pick=st.data())
def test_a_term_is_tagged_whatever_spaces_hyphens_case_and_breaks_stand_in_it(
    language: str, pick: st.DataObject
) -> None:
    rule = pick.draw(st.sampled_from(shipped_terms(language, False)))
    unspaced = shipped().language(language).reader.language.writing == "unspaced"  # type: ignore[union-attr]
    around = pick.draw(st.sampled_from(["{}", "zzq {}, zzq.", "({})", "\u201c{}\u201d", "zzq: {}", "1. {}"]))
    text = around.format(pick.draw(disguised(rule.phrase, unspaced)))
    assert rule.concept in {hit.concept for hit in shipped().tag_text(text, language)}, text


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40)
@given(pick=st.data())
def test_a_never_phrase_alone_is_not_tagged(language: str, pick: st.DataObject) -> None:
    assume(shipped_terms(language, True))
    rule = pick.draw(st.sampled_from(shipped_terms(language, True)))
    text = f"zzq {pick.draw(disguised(rule.phrase, False))} zzq"
    assert rule.concept not in {hit.concept for hit in shipped().tag_text(text, language)}, text


@st.composite
def in_context(draw: st.DrawFn, rule: Term, phrase: str, unspaced: bool) -> tuple[str, bool]:
    """Return a text with the phrase whose surroundings let it count or not, and which of the two it is."""
    context = rule.context
    assert context is not None
    comma, gap = ("\u3001", "zzq") if unspaced else (", ", " zzq " if context.within > 1 else " ")
    others = [other.phrase for other in shipped_terms(rule.language, False) if other.concept != rule.concept]
    lets = [f"{beside}{gap}{{}}" for beside in context.beside] + [f"{{}}{gap}{beside}" for beside in context.beside]
    if context.listed:
        chosen = [draw(disguised(draw(st.sampled_from(others)), False)) for _ in range(3)]
        lets += [comma.join([chosen[0], "{}", *chosen[1:]]), comma.join(["{}", *chosen])]
    keeps = [f"{unless}{gap}{{}}" for unless in context.unless] + [f"{{}}{gap}{unless}" for unless in context.unless]
    (keeps if lets else lets).append("zzq {}")
    counts = not keeps or draw(st.booleans())
    return draw(st.sampled_from(lets if counts else keeps)).format(phrase), counts


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40)
@given(pick=st.data())
def test_a_term_with_a_context_is_tagged_where_its_surroundings_let_it(language: str, pick: st.DataObject) -> None:
    if not shipped_contexts(language):
        return
    rule = pick.draw(st.sampled_from(shipped_contexts(language)))
    unspaced = shipped().language(language).reader.language.writing == "unspaced"  # type: ignore[union-attr]
    phrase = pick.draw(disguised(rule.phrase, unspaced))
    text, counts = pick.draw(in_context(rule, phrase, unspaced))
    hits = shipped().tag_text(text, language)
    if counts:
        assert rule.concept in {hit.concept for hit in hits}, text
    else:
        assert rule not in {hit.term for hit in hits}, text


@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[index] in fold(text[start:end]).text


@given(st.text(alphabet='aA1. !?\u3002:\u2022\n"\u201d)', max_size=60))
def test_sentences_hold_all_that_is_not_space_or_bullet(text: str) -> None:
    sentences = split_sentences(text)
    joined = "".join(text[sentence.start : sentence.end] for sentence in sentences)
    assert re.sub(r"[\s\u2022]", "", joined) == re.sub(r"[\s\u2022]", "", text)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    assert all(-1 <= sentence.lead < place for place, sentence in enumerate(sentences))


WORD = st.sampled_from(
    ["we", "fund", "AI", "solar", "energy", "storage", "mining", "of", "data", "the.", "End", "\ufb01ne"]
)
BREAK = st.sampled_from([" ", "\n", "  \n ", "-\n"])


@given(st.lists(st.tuples(WORD, BREAK), min_size=1, max_size=40), st.integers(20, 120))
def test_every_mention_stands_on_the_page(words: list[tuple[str, str]], length: int) -> None:
    raw = "x" * 7 + " ".join(["\n"]) + "".join(word + space for word, space in words)
    passage = cleaned(raw, 8)
    for mention in find_mentions([passage], {1: raw}, EN, quote_length=length, context_length=20):
        assert letters(raw[mention.start : mention.end]) == letters(mention.quote)
        assert letters(raw[mention.term_start : mention.term_end]) == letters(mention.term)
        assert mention.start <= mention.term_start < mention.term_end <= mention.end
        assert mention.term in mention.quote
        assert letters(raw[: mention.start]).endswith(letters(mention.prefix))
        assert letters(raw[mention.end :]).startswith(letters(mention.suffix))
        assert len(mention.prefix) <= 20
        assert len(mention.suffix) <= 20


def cleaned(raw: str, start: int) -> Passage:
    """Return the passage of ``raw[start:]`` with runs of space made one and hyphens at line ends taken out."""
    text, pairs = "", []
    for match in re.finditer(r"-\n|\s+|[^\s-]+|-", raw[start:]):
        piece = "" if match.group() == "-\n" else re.sub(r"\s+", " ", match.group())
        if piece:
            pairs.append((len(text), start + match.start()))
            text += piece
    return passage_of(text, alignment=tuple(pairs))


# ----------------------------------------------------------------------------------------------- mentions


def passage_of(text: str, **changes: object) -> Passage:
    """Return a passage that is the whole of a page, unless changed."""
    values: dict[str, object] = {
        "id": "p1", "document_id": "d1", "page_number": 1, "start": 0, "end": len(text), "text": text,
        "alignment": ((0, 0),), "kind": "paragraph", "zone": "body", "section": (), "lead_in": "", "language": "en",
    }  # fmt: skip
    return Passage(**(values | changes))  # type: ignore[arg-type]


FINDER = tagger_of(ENGLISH, [term(ENGLISH, "ai", "AI"), term(ENGLISH, "mining", "mining")])


def mentions_of(text: str, **changes: object) -> list[Mention]:
    """Return the mentions of a page that is one passage."""
    return find_mentions([passage_of(text, **changes)], {1: text}, FINDER)


def test_a_mention_says_all_there_is_to_know() -> None:
    raw = "Before it, much is said.\nWe will fund AI in min-\ning. And so on, for a while."
    text = "We will fund AI in mining. And so on, for a while."
    passage = passage_of(text, start=25, end=len(raw), alignment=((0, 25), (22, 49)), kind="list_item")
    first, second = find_mentions([passage], {1: raw}, FINDER, context_length=15)
    assert (first.concept, first.term, raw[first.term_start : first.term_end]) == ("ai", "AI", "AI")
    assert (second.concept, second.term, raw[second.term_start : second.term_end]) == ("mining", "mining", "min-\ning")
    assert second.quote == "We will fund AI in mining."
    assert raw[second.start : second.end] == "We will fund AI in min-\ning."
    assert (second.prefix, second.suffix) == ("much is said.", "And so on, for")
    assert (second.kind, second.language, second.passage_id, second.page_number) == ("list_item", "en", "p1", 1)
    assert second.rule_id == "mining/mining"
    assert first.id != second.id


def test_ids_and_order_are_the_same_each_time() -> None:
    text = "mining and AI, AI and mining"
    assert mentions_of(text) == mentions_of(text)
    assert [mention.concept for mention in mentions_of(text)] == ["mining", "ai", "ai", "mining"]
    assert len({mention.id for mention in mentions_of(text)}) == 4


@pytest.mark.parametrize("changes", [{"zone": "furniture"}, {"zone": "references"}, {"language": "xx"}])
def test_only_body_text_in_a_known_language_is_tagged(changes: dict[str, object]) -> None:
    assert mentions_of("We will fund AI.", **changes) == []


def test_a_quote_that_is_not_on_the_page_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"d1, page 1, passage p1: the quote 'AI' should stand at characters 0 to 2"):
        find_mentions([passage_of("AI")], {1: "It"}, FINDER)


def test_long_sentences_are_cut_between_words_around_the_term() -> None:
    text = "word " * 200 + "AI" + " word" * 200
    (mention,) = find_mentions([passage_of(text)], {1: text}, FINDER, quote_length=100)
    assert len(mention.quote) <= 100
    assert set(mention.quote.split()) == {"word", "AI"}
    assert text[mention.start : mention.end] == mention.quote


@pytest.mark.parametrize("term_span", [(0, 3), (48, 52), (97, 100)])
def test_a_cut_holds_the_term_and_the_limit(term_span: tuple[int, int]) -> None:
    start, end = cut_around("\u4eba" * 100, (0, 100), term_span, 20)
    assert start <= term_span[0] < term_span[1] <= end
    assert end - start == 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("See e.g. Dr. No and No. 5 of the U.S. Army.", ["See e.g. Dr. No and No. 5 of the U.S. Army."]),
        ("Wir f\u00f6rdern z.B. KI. Am 3. Oktober auch.", ["Wir f\u00f6rdern z.B. KI.", "Am 3. Oktober auch."]),
        ("It grew 4.5 per cent. Then it fell.", ["It grew 4.5 per cent.", "Then it fell."]),
        (
            "\u4e00\u3064\u3002\u4e8c\u3064\uff01\u4e09\u3064",
            ["\u4e00\u3064\u3002", "\u4e8c\u3064\uff01", "\u4e09\u3064"],
        ),
        ("He said \u201cYes.\u201d She left.", ["He said \u201cYes.\u201d", "She left."]),
        ("A list: \u2022 one \u2022 two", ["A list:", "one", "two"]),
        ("A claim.12 Another one.", ["A claim.12", "Another one."]),
        ("The answer is no. We go.", ["The answer is no.", "We go."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[sentence.start : sentence.end] for sentence in split_sentences(text)] == expected


def test_list_items_know_the_sentence_before_the_first_bullet() -> None:
    text = "First. We plan: \u2022 one \u2022 two. Then more."
    sentences = split_sentences(text)
    assert [sentence.lead for sentence in sentences] == [-1, -1, 1, 1, -1]


# ----------------------------------------------------------------------- the examples of the rules that ship


def shipped_examples() -> list[tuple[str, str, str, bool]]:
    """Return (language, concept, sentence, must it be tagged); test_concepts tells what cannot be read."""
    examples = []
    for language in LANGUAGES:
        try:
            examples += [(language, *example) for example in read_examples(MODELS, language)]
        except VocabularyError:
            continue
    return examples


@pytest.mark.parametrize(("language", "concept", "sentence", "expected"), shipped_examples())
def test_examples(language: str, concept: str, sentence: str, expected: bool) -> None:
    assert (concept in {hit.concept for hit in shipped().tag_text(sentence, language)}) is expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_never_phrase_and_context_has_examples_that_try_it(language: str) -> None:
    """``python -m pipeline coverage --language en --rules`` lists the same."""
    untried = rules_without_example(load_vocabulary(MODELS), language, read_examples(MODELS, language))
    told = [f"terms.{language}.yaml, {rule.concept}: {rule.phrase!r} has {lack}" for rule, lack in untried]
    assert not told, "\n" + "\n".join(told)


def test_rules_without_an_example_are_listed() -> None:
    vocabulary = Vocabulary(
        concepts=(),
        languages=(ENGLISH,),
        terms=(
            term(ENGLISH, "cloud", "cloud", context=Context(beside=("computing",))),
            term(ENGLISH, "cloud", "word cloud", never=True),
            term(ENGLISH, "cloud", "sky", never=True),
            term(ENGLISH, "space", "space", context=Context(unless=("office",))),
            term(ENGLISH, "space", "spaces between", never=True),
        ),
    )

    def lacks(*examples: tuple[str, str, bool]) -> list[tuple[str, str]]:
        return [(rule.phrase, lack) for rule, lack in rules_without_example(vocabulary, "en", examples)]

    assert lacks() == [
        ("cloud", CONTEXT), ("cloud", COUNTS), ("word cloud", IDLE), ("sky", IDLE),
        ("space", CONTEXT), ("space", COUNTS), ("spaces between", NEVER),
    ]  # fmt: skip
    assert lacks(
        ("cloud", "computing beside a word cloud", False),  # the never phrase, not the context
        ("cloud", "a cloud in the sky", False),  # the context, not the never phrase
        ("cloud", "a cloud of computing", True),
        ("space", "offices with space", False),
        ("space", "space", True),
        ("space", "the spaces between", False),
    ) == [("sky", IDLE)]
    assert rules_without_example(vocabulary, "xx", ()) == []


def test_a_quote_stays_on_lines_that_every_reader_finds_in_order() -> None:
    page = "We will support AI in all\nits parts, and mining too."
    whole = passage_of(page.replace("\n", " "))
    assert {mention.quote for mention in find_mentions([whole], {1: page}, FINDER)} == {whole.text}
    beside = passage_of(page.replace("\n", " "), breaks=(0, 25, 26, 52))
    first, second = find_mentions([beside], {1: page}, FINDER)
    assert (first.quote, second.quote) == ("We will support AI in all", "its parts, and mining too.")
    assert (first.suffix, second.prefix) == ("its parts, and mining too.", "We will support AI in all")
    assert page[second.start : second.end] == second.quote


@given(raw=st.integers(-2, 40))
def test_the_way_back_from_the_page_finds_the_first_character_at_or_after_a_place(raw: int) -> None:
    passage = passage_of("arti ficial", alignment=((0, 3), (4, 9)))
    index = passage.index_of(raw)
    assert all(passage.raw_span(i, i + 1)[0] >= raw for i in range(index, len(passage.text)))
    assert all(passage.raw_span(i, i + 1)[0] < raw for i in range(index))


def test_an_ending_in_capitals_makes_another_word() -> None:
    assert [hit.concept for hit in tag_text("AIS and AI and AIs", "en", FINDER)] == ["ai", "ai"]
