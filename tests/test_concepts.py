"""The register of concepts: what is read from the files, and every fault told with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.concepts import VocabularyError, concepts_without_terms, load_vocabulary, read_examples
from pipeline.schemas import Context

MODELS = Path(__file__).parents[1] / "models"

TECHNOLOGIES = """\
artificial-intelligence:
  label: "Artificial intelligence"
  columns: [digital]
  family: digital
  scope: "AI"
  codes: {ket: "artificial-intelligence"}
big-data:
  label: "Big data"
  columns: [digital]
  family: digital
  scope: "data"
  codes: {ket: "none"}
"""
SECTORS = """\
mining:
  label: "Mining"
  columns: [sectors]
  family: materials-industry
  scope: "mining"
  codes: {ket: "none"}
"""
LAYOUTS = """\
published:
  columns:
    - {label: "Digital", columns: [digital]}
    - {label: "Sectors", columns: [sectors]}
extended:
  columns:
    - {label: "All", families: [digital, materials-industry]}
"""
TERMS = """\
language: en
name: English
writing: spaced
inflections:
  - {ending: s, becomes: "", keep: 3}
  - {ending: ies, becomes: y, keep: 2}
shared: []
concepts:
  artificial-intelligence:
    terms:
      - artificial intelligence
      - AI
    examples:
      "yes": ["We fund AI."]
      no: ["She said aye."]
  big-data:
    terms:
      - {phrase: data mining, also: [artificial-intelligence]}
    never:
      - data mining company
joiners: [and]
"""
CUES = """\
language: en
cues:
  action: [we will]
counters:
  negation: [will not]
countries:
  DEU: [German, Germany]
"""


def write_models(folder: Path) -> Path:
    """Write a small folder of rules without a fault, ``models``, into a folder and return it."""
    files = {
        "concepts/technologies.yaml": TECHNOLOGIES,
        "concepts/sectors.yaml": SECTORS,
        "concepts/terms.en.yaml": TERMS,
        "cues/en.yaml": CUES,
        "layouts.yaml": LAYOUTS,
    }
    for name, text in files.items():
        path = folder / "models" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "models"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Return a small folder of rules without a fault."""
    return write_models(tmp_path)


def change(models: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file of the folder."""
    path = models / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(models: Path) -> list[str]:
    """Return the sentences with which loading fails."""
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(models)
    return str(caught.value).splitlines()


def test_reads_what_the_files_say(models: Path) -> None:
    vocabulary = load_vocabulary(models)
    assert [(concept.id, concept.kind) for concept in vocabulary.concepts] == [
        ("artificial-intelligence", "technology"),
        ("big-data", "technology"),
        ("mining", "sector"),
    ]
    assert vocabulary.concepts[0].codes == (("ket", "artificial-intelligence"),)
    assert vocabulary.languages[0].inflections == (("ies", "y", 2), ("s", "", 3))
    assert [(term.phrase, term.never, term.also) for term in vocabulary.terms] == [
        ("artificial intelligence", False, ()),
        ("AI", False, ()),
        ("data mining", False, ("artificial-intelligence",)),
        ("data mining company", True, ()),
    ]
    assert len({term.rule_id for term in vocabulary.terms}) == 4
    assert [(cue.kind, cue.phrase, cue.country) for cue in vocabulary.cues] == [
        ("action", "we will", ""),
        ("negation", "will not", ""),
        ("country", "German", "DEU"),
        ("country", "Germany", "DEU"),
    ]


def test_concepts_without_terms_are_listed_for_a_language(models: Path) -> None:
    vocabulary = load_vocabulary(models)
    assert concepts_without_terms(vocabulary, "en") == ["mining"]
    assert concepts_without_terms(vocabulary, "ko") == ["artificial-intelligence", "big-data", "mining"]


def test_examples_are_read_though_yaml_takes_yes_and_no_for_truth_values(models: Path) -> None:
    assert read_examples(models, "en") == [
        ("artificial-intelligence", "We fund AI.", True),
        ("artificial-intelligence", "She said aye.", False),
    ]


def test_contexts_are_read_and_may_be_reused(models: Path) -> None:
    change(
        models,
        EN,
        "      - AI\n",
        "      - {phrase: AI, unless: &mine [coal, gold], within: 3}\n      - {phrase: bot, list: true}\n",
    )
    change(models, EN, "also: [artificial-intelligence]", "with: [*mine, rock], unless: [cave]")
    contexts = {term.phrase: term.context for term in load_vocabulary(models).terms}
    assert contexts == {
        "artificial intelligence": None,
        "AI": Context(unless=("coal", "gold"), within=3),
        "bot": Context(listed=True),
        "data mining": Context(unless=("cave",), beside=("coal", "gold", "rock")),
        "data mining company": None,
    }


def test_a_term_that_counts_in_lists_needs_words_that_join_them(models: Path) -> None:
    change(models, EN, "also: [artificial-intelligence]", "list: true")
    change(models, EN, "joiners: [and]", "joiners: []")
    (sentence,) = faults(models)
    assert sentence.endswith("line 18: 'data mining' counts in lists; add 'joiners: [and, or]' to the file's head.")


def test_a_never_phrase_may_bring_its_example(models: Path) -> None:
    change(models, EN, "- data mining company", "- {phrase: data mining company, example: A data mining company.}")
    assert read_examples(models, "en")[-1] == ("big-data", "A data mining company.", False)
    assert [term.phrase for term in load_vocabulary(models).terms if term.never] == ["data mining company"]


EN = "concepts/terms.en.yaml"
TECH = "concepts/technologies.yaml"
FAULTS = {
    "duplicate id": ("concepts/sectors.yaml", "mining:\n", "big-data:\n", 1, "taken (technologies.yaml, line 7)"),
    "bad id": (TECH, "big-data:\n", "Big Data:\n", 7, "lower-case words joined by hyphens"),
    "missing label": (TECH, '  label: "Big data"\n', "", 7, "no label"),
    "unknown column": (TECH, 'Big data"\n  columns: [digital]', 'Big data"\n  columns: [digitl]', 9, "'digital'?"),
    "unknown family": ("concepts/sectors.yaml", "materials-industry", "material-industry", 4, "materials-industry'?"),
    "misspelt concept key": ("concepts/sectors.yaml", "  family:", "  familly:", 4, "did you mean 'family'?"),
    "misspelt code system": (TECH, 'codes: {ket: "none"}', 'codes: {kett: "none"}', 12, "unknown code system"),
    "empty code": (TECH, 'codes: {ket: "none"}', "codes: {ket: }", 12, "is empty"),
    "unknown concept": (EN, "  big-data:", "  big-dada:", 16, "did you mean 'big-data'?"),
    "claimed twice": (
        EN,
        "- {phrase: data mining,",
        "- Artificial-Intelligence\n      - {phrase: data mining,",
        18,
        "by 'artificial-intelligence' too ('artificial intelligence', line 11)",
    ),
    "claimed twice inflected": (
        EN,
        "- {phrase: data mining,",
        "- artificial intelligences\n      - {phrase: data mining,",
        18,
        "list it under shared",
    ),
    "listed twice": (EN, "      - AI\n", "      - AI\n      - artificial-intelligence\n", 13, "stands twice"),
    "never is a term": (
        EN,
        "      - data mining company\n",
        "      - data-mining\n",
        20,
        "is a never and (line 18) a term",
    ),
    "shared by nobody": (EN, "shared: []", "shared: [data mining]", 7, "no two concepts claim"),
    "also unknown": (EN, "also: [artificial-intelligence]", "also: [machines]", 18, "under also"),
    "also misspelt": (EN, "also: [", "allso: [", 18, "unknown key"),
    "misspelt context": (EN, "also: [artificial-intelligence]", "unles: [gold]", 18, "did you mean 'unless'?"),
    "empty context": (EN, "also: [artificial-intelligence]", "unless: []", 18, "unless of the concept"),
    "empty phrase of a context": (EN, "also: [artificial-intelligence]", "unless: [a, '']", 18, "an empty item"),
    "context is a text": (EN, "also: [artificial-intelligence]", "with: gold", 18, "must be a list"),
    "list is a list": (EN, "also: [artificial-intelligence]", "list: [gold]", 18, "must be a text"),
    "list says perhaps": (EN, "also: [artificial-intelligence]", "list: perhaps", 18, "expected false or true"),
    "within is no number": (EN, "also: [artificial-intelligence]", "with: [a], within: near", 18, "from 1 to 99"),
    "within nothing": (EN, "also: [artificial-intelligence]", "within: 3", 18, "add one of them"),
    "both contexts": (EN, "also: [artificial-intelligence]", "with: [a], unless: [A]", 18, "both unless and with"),
    "its own context": (EN, "also: [artificial-intelligence]", "with: [data-mining]", 18, "its own context"),
    "never misspelt": (EN, "- data mining company", "- {phrase: data mining company, yes: no}", 20, "unknown key"),
    "never is a list": (EN, "- data mining company", "- [data mining company]", 20, "must be keys with values"),
    "no terms": (
        EN,
        "    terms:\n      - {phrase: data mining, also: [artificial-intelligence]}\n",
        "",
        17,
        "has no terms",
    ),
    "empty term": (EN, "      - AI\n", "      -\n", 12, "is empty"),
    "term of signs": (EN, "      - AI\n", "      - '!'\n", 12, "is empty"),
    "term is a list": (EN, "      - AI\n", "      - [AI]\n", 12, "must be keys with values"),
    "mismatched language": (EN, "language: en", "language: fr", 1, "write 'language: en'"),
    "no name": (EN, "name: English\n", "", 1, "has no name"),
    "unknown writing": (EN, "writing: spaced", "writing: vertical", 3, "expected spaced or unspaced"),
    "misspelt head": (EN, "inflections:", "inflexions:", 4, "did you mean 'inflections'?"),
    "inflection without number": (EN, "keep: 3", "keep: few", 5, "keep is 'few'"),
    "inflection without ending": (EN, "{ending: s, becomes", "{becomes", 5, "has no ending"),
    "duplicate key": (EN, "shared: []", "shared: []\nname: Anglais", 8, "second time (first in line 2)"),
    "duplicate concept": (EN, "  big-data:", "  artificial-intelligence:", 16, "second time"),
    "not YAML": (EN, "shared: []", "shared: [", 9, "begins in line 7"),
    "tab": (EN, "writing: spaced", "\twriting: spaced", 3, "not valid YAML"),
    "alias in itself": (EN, "shared: []", "shared: &x [*x]", 7, "contains itself"),
    "terms not a list": (
        EN,
        "    terms:\n      - artificial intelligence\n      - AI\n",
        "    terms: AI\n",
        10,
        "must be a list",
    ),
    "concept not a mapping": ("concepts/sectors.yaml", SECTORS, "mining: gold\n", 1, "must be keys with values"),
    "cue language": ("cues/en.yaml", "language: en", "language: de", 1, "write 'language: en'"),
    "cue kind": ("cues/en.yaml", "action:", "actoin:", 3, "did you mean 'action'?"),
    "cue twice": ("cues/en.yaml", "[we will]", "[we will, We will]", 3, "stands twice"),
    "cue country": ("cues/en.yaml", "DEU:", "Ger:", 7, "ISO 3166-1 alpha-3"),
    "country twice": ("cues/en.yaml", "[German, Germany]", "[German, german]", 7, "stands twice among the countries"),
    "empty cue": ("cues/en.yaml", "[will not]", "['']", 5, "an empty item"),
    "cues not a list": ("cues/en.yaml", "[will not]", "will not", 5, "must be a list"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_a_sentence_with_file_and_line(models: Path, case: str) -> None:
    name, old, new, line, words = FAULTS[case]
    change(models, name, old, new)
    sentences = [sentence for sentence in faults(models) if words in sentence]
    assert sentences, faults(models)
    assert sentences[0].startswith(f"{models / name}, line {line}: ")
    assert sentences[0].endswith(".")


def test_all_faults_are_told_at_once(models: Path) -> None:
    change(models, EN, "      - AI\n", "      -\n")
    change(models, "cues/en.yaml", "action:", "actoin:")
    change(models, TECH, 'label: "Big data"', 'label: ""')
    told = " ".join(faults(models))
    assert all(name in told for name in ("terms.en.yaml", "en.yaml", "technologies.yaml"))


def test_cues_need_a_language_with_terms(models: Path) -> None:
    (models / "cues" / "xx.yaml").write_text(CUES.replace("language: en", "language: xx"))
    assert any("unknown language 'xx'" in sentence for sentence in faults(models))


@pytest.mark.parametrize("name", ["terms.english.yaml", "terms.e.yaml"])
def test_a_file_of_terms_is_named_by_a_language(models: Path, name: str) -> None:
    (models / "concepts" / name).write_text(TERMS)
    assert any(f"{name}, line 1" in sentence for sentence in faults(models))


@pytest.mark.parametrize("missing", ["concepts/technologies.yaml", "concepts/sectors.yaml"])
def test_a_missing_file_is_told(models: Path, missing: str) -> None:
    (models / missing).unlink()
    assert any(missing in sentence and "cannot be read" in sentence for sentence in faults(models))


def test_a_file_that_is_not_utf_8_is_told(models: Path) -> None:
    (models / EN).write_bytes(TERMS.replace("English", "Fran\u00e7ais").encode("latin-1"))
    assert any("not UTF-8" in sentence for sentence in faults(models))


def test_an_empty_file_is_told(models: Path) -> None:
    (models / EN).write_text("# nothing yet\n")
    assert any("line 1" in sentence for sentence in faults(models))


def test_a_term_may_be_shared_on_purpose(models: Path) -> None:
    change(models, EN, "shared: []", "shared: [smart data]")
    change(models, EN, "      - AI\n", "      - AI\n      - smart data\n")
    change(models, EN, "- {phrase: data mining,", "- smart data\n      - {phrase: data mining,")
    shared = [term.concept for term in load_vocabulary(models).terms if term.phrase == "smart data"]
    assert shared == ["artificial-intelligence", "big-data"]


def test_any_column_will_do_without_layouts(models: Path) -> None:
    (models / "layouts.yaml").unlink()
    change(models, "concepts/sectors.yaml", "[sectors]", "[anything]")
    assert load_vocabulary(models).concepts[2].columns == ("anything",)


def test_the_rules_that_ship_hold_all_concepts_without_a_fault() -> None:
    vocabulary = load_vocabulary(MODELS)
    assert len(vocabulary.concepts) == 96
    assert sum(bool(concept.codes) for concept in vocabulary.concepts) > 80
    assert {cue.language for cue in vocabulary.cues} <= {language.code for language in vocabulary.languages}


def test_codes_look_like_codes_of_their_lists() -> None:
    for concept in load_vocabulary(MODELS).concepts:
        for system, code in concept.codes:
            pattern = r"\d\d" if system in ("isic4", "nace2") else r"[a-z]+(-[a-z]+)*"
            assert all(re.fullmatch(pattern, part) for part in code.split("|")), (concept.id, system, code)


def test_a_broken_file_of_terms_gives_one_sentence(models: Path) -> None:
    (models / EN).write_text("language: [\n")
    assert len(faults(models)) == 1
