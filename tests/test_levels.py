"""Levels: the cues of a sentence, the signs they make, and what the weights make of the signs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from pipeline.concepts import load_vocabulary
from pipeline.mentions import Tagger, find_mentions
from pipeline.mentions.finding import read_document_signs
from pipeline.mentions.hearing import Heard, hear
from pipeline.mentions.levels import LevelRule
from pipeline.mentions.sentences import split_sentences
from pipeline.mentions.signs import SIGNS
from pipeline.schemas import Concept, Cue, Language, Mention, Term, Vocabulary
from tests.test_mentions import passage_of

ROOT = Path(__file__).parents[1]
PARAMETERS = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))["mentions"]
CUES = {
    "issuer": ["we", "the government"],
    "intent": ["will"],
    "action": ["support"],
    "priority": ["priority"],
    "plan": ["strategy"],
    "funding": ["fund"],
    "context": ["for example"],
    "possibility": ["could"],
    "others": ["firm"],
    "negation": ["will not"],
}
COUNTRIES = {"DEU": "Germany", "FRA": "France"}
ENGLISH = Language("en", "English", inflections=(("ies", "y", 2), ("s", "", 2)))
VOCABULARY = Vocabulary(
    concepts=(
        Concept("ai", "AI", "technology", (), "", ""),
        Concept("mining", "Mining", "sector", (), "", ""),
    ),
    languages=(ENGLISH,),
    terms=(Term("ai", "en", "AI", "en/ai/AI"), Term("mining", "en", "mining", "en/mining/mining")),
    cues=(
        *(Cue("en", kind, phrase) for kind, phrases in CUES.items() for phrase in phrases),
        *(Cue("en", "country", name, code) for code, name in COUNTRIES.items()),
    ),
)
TAGGER = Tagger(VOCABULARY)
WEIGHTS = {"intends_to_act": 2.0, "led_in": 2.0, "priority_in_heading": 2.0, "others_first": -3.0, "negation": -3.0}


def sentences_of(text: str, country: str = "DEU") -> list[Heard]:
    """Return the sentences of a text as they are heard in a German document."""
    language = TAGGER.language("en")
    assert language is not None
    return hear(split_sentences(text), language.reader.read(text), language, country)


def mentions_of(text: str, weights: dict[str, float] = WEIGHTS, **changes: object) -> list[Mention]:
    """Return the mentions of a page that is one passage of a German document; targeted from a weight of one."""
    return find_mentions(
        [passage_of(text, **changes)], {1: text}, TAGGER, country="DEU", level_weights=weights, targeted_from=1.0
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("We will support AI.", ["issuer", "intent", "action"]),
        ("WE WILL fund AI", ["issuer", "intent", "funding"]),
        ("Germany supports AI.", ["issuer", "action"]),
        ("France supports AI.", ["others", "action"]),
        ("We will not act.", ["issuer", "negation"]),  # the longer cue takes the place of the shorter one in it
        ("Nothing.", []),
    ],
)
def test_cues_are_heard_in_order_and_countries_by_whose_document_it_is(text: str, kinds: list[str]) -> None:
    (heard,) = sentences_of(text)
    assert [sound.kind for sound in heard.sounds] == kinds


def test_each_sentence_has_its_own_cues() -> None:
    first, second, third = sentences_of("\uff37e will act. AI could spread. \u201cWhy?\u201d We fund it.")[:3]
    assert [heard.kinds for heard in (first, second)] == [{"issuer", "intent"}, {"possibility"}]
    assert (first.first, first.last, second.first) == (0, 4, 4)
    assert third.kinds == set()


@pytest.mark.parametrize(
    ("text", "changes", "level", "cues"),
    [
        ("We will support AI.", {}, "targeted", ("issuer:we", "intent:will", "action:support")),
        ("AI is spreading.", {}, "mentioned", ()),
        ("We will act. AI is spreading.", {}, "mentioned", ()),
        ("We will not support AI.", {}, "mentioned", ("negation:will not",)),
        ("France will support AI.", {}, "mentioned", ("others:France",)),
        ("Germany will support AI.", {}, "targeted", ("issuer:Germany", "intent:will", "action:support")),
        ("A firm will support AI.", {}, "mentioned", ("others:firm",)),
        ("AI", {"kind": "list_item", "lead_in": "We will fund:"}, "targeted",
         ("lead-in:funding", "lead-in:intent", "lead-in:issuer")),
        ("AI", {"kind": "list_item", "section": ("Our priorities",)}, "targeted", ()),
        ("AI", {"section": ("What is AI?",)}, "mentioned", ()),
        ("We will fund: \u2022 AI \u2022 other things", {}, "targeted",
         ("lead-in:funding", "lead-in:intent", "lead-in:issuer")),
    ],
)  # fmt: skip
def test_level(text: str, changes: dict[str, object], level: str, cues: tuple[str, ...]) -> None:
    (mention,) = mentions_of(text, **changes)
    assert (mention.level, mention.cues) == (level, cues)


SAID = {
    "issuer_acts": ("We support AI.", "We are told that some people in it support AI."),
    "intends_to_act": ("It will support AI.", "Support for AI will do."),
    "opens_with_action": ("Support AI.", "People who like it support AI."),
    "others_first": ("A firm is in AI.", "AI is seen as a thing of the firm."),
    "silent": ("It is AI.", "It will be AI."),
    "action_before_term": ("They support AI.", "AI is a support."),
    "priority_by_term": ("A priority is AI.", "A priority of one and all who live in the old town is AI."),
    "plan_after_term": ("The AI strategy.", "The strategy on AI."),
    "context_before_term": ("It is, for example, AI.", "AI is, for example, new."),
    "context_twice": ("AI is, for example, new and for example old.", "AI is, for example, new."),
    "in_brackets": ("It is (as AI is) new.", "It is (as all) AI."),
    "repeated": ("AI is AI.", "AI is new."),
    "foremost": ("AI is not mining, AI is new.", "AI is not mining, mining is old."),
}


@pytest.mark.parametrize("sign", SAID)
def test_a_sign_tells_one_sentence_from_another(sign: str) -> None:
    levels = [
        next(mention.level for mention in mentions_of(text, {sign: 3.0}) if mention.concept == "ai")
        for text in SAID[sign]
    ]
    assert levels == ["targeted", "mentioned"]


def test_a_sector_is_told_from_a_technology() -> None:
    assert [mention.level for mention in mentions_of("AI in mining", {"sector": 1.0})] == ["mentioned", "targeted"]


def test_passages_of_the_same_page_are_surroundings_and_others_are_not() -> None:
    texts = ["It is, for example, new.", "AI is here.", "We will support it."]

    def level(sign: str, pages: tuple[int, int, int]) -> str:
        passages = [
            passage_of(text, id=f"p{place}", page_number=page)
            for place, (text, page) in enumerate(zip(texts, pages, strict=True))
        ]
        page_texts = dict(zip(pages, texts, strict=True)) | {2: texts[1]}
        (mention,) = find_mentions(passages, page_texts, TAGGER, level_weights={sign: 3.0}, targeted_from=1.0)
        return mention.level

    for sign in ("context_before", "context_around", "action_around", "commitment_around"):
        assert level(sign, (2, 2, 2)) == "targeted"
        assert level(sign, (1, 2, 3)) == "mentioned"


def test_a_misspelt_sign_is_told() -> None:
    with pytest.raises(ValueError, match="unknown signs of mentions: isuer; expected issuer, intent"):
        LevelRule({"isuer": 1.0})


def test_signs_come_in_the_same_order_in_every_run() -> None:
    """Sums of weights depend on it in their last digits, and the order of a set on the run's seed of hashes."""
    text = "We will fund and support AI, for example."
    kinds = sentences_of(text)[0].kinds
    ((_, _, signs),) = read_document_signs([passage_of(text)], TAGGER, "DEU")
    assert len(kinds) > 3
    assert list(signs)[: len(kinds)] == sorted(kinds)


def test_weights_and_signs_agree() -> None:
    assert set(PARAMETERS["level_weights"]) <= set(SIGNS)
    assert len(SIGNS) == len(set(SIGNS))


@cache
def shipped() -> Tagger:
    """Return a tagger of the rules that ship with the project."""
    return Tagger(load_vocabulary(ROOT / "models"))


CLEAR = [
    ("en", "GBR", "We will invest in artificial intelligence and launch a new national programme.", "targeted"),
    ("en", "GBR", "Quantum computing is a priority of this strategy.", "targeted"),
    ("en", "GBR", "For example, robots are used by many firms today.", "mentioned"),
    ("en", "GBR", "In China, companies could use blockchain because users are afraid of risks.", "mentioned"),
    ("de", "DEU", "Wir werden die Künstliche Intelligenz fördern und ein Programm auflegen.", "targeted"),
    ("de", "DEU", "Zum Beispiel könnten Roboter in China heute viele Risiken verursachen.", "mentioned"),
    ("fr", "FRA", "Nous allons investir dans l'intelligence artificielle et lancer un programme national.", "targeted"),
    ("fr", "FRA", "Par exemple, la robotique pourrait aujourd'hui avoir un impact en Chine.", "mentioned"),
    ("ja", "JPN", "政府は人工知能の研究開発を推進し、支援する。", "targeted"),
    ("zh", "CHN", "我们将加快发展人工智能，支持重点项目建设。", "targeted"),
    (
        "it",
        "ITA",
        "Il Governo investirà nell'intelligenza artificiale e promuoverà un programma nazionale.",
        "targeted",
    ),
    ("es", "ESP", "El Gobierno impulsará la inteligencia artificial y financiará un programa nacional.", "targeted"),
    ("pt", "PRT", "O Governo vai promover a inteligência artificial e financiar um programa nacional.", "targeted"),
    ("nl", "NLD", "Het kabinet investeert in kunstmatige intelligentie en start een nationaal programma.", "targeted"),
    ("pl", "POL", "Rząd będzie wspierać sztuczną inteligencję i uruchomi program krajowy.", "targeted"),
]


@pytest.mark.parametrize(("language", "country", "text", "level"), CLEAR)
def test_clear_sentences_come_out_as_any_reader_would_say(language: str, country: str, text: str, level: str) -> None:
    found = find_mentions([passage_of(text, language=language)], {1: text}, shipped(), country=country, **PARAMETERS)
    assert {mention.level for mention in found} == {level}
