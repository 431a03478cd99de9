"""What differs between the rules of two states: terms, cues, heads of languages, concepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.schemas import Cue, Term, Vocabulary


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that was added, removed or changed, as it is now or, if removed, was; ``how`` says it in words."""

    term: Term
    how: str

    def __str__(self) -> str:
        """Say it: 'term "smart cities" (en) of smart-cities removed'."""
        what = "never-phrase" if self.term.never else "term"
        return f'{what} "{self.term.phrase}" ({self.term.language}) of {self.term.concept} {self.how}'


@dataclass(frozen=True, slots=True)
class CueChange:
    """A cue that was added or removed."""

    cue: Cue
    how: str

    def __str__(self) -> str:
        """Say it: 'cue "will fund" (en, action) added'."""
        kind = f"name of {self.cue.country}" if self.cue.kind == "country" else self.cue.kind
        return f'cue "{self.cue.phrase}" ({self.cue.language}, {kind}) {self.how}'


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What differs: terms by rule id, cues, languages whose head differs, languages and concepts that came or went.

    Where the earlier files are not at hand, ``hidden_terms`` (language, concept) and ``hidden_cues`` (language, kind)
    say at least where something differs.
    """

    terms: Mapping[str, TermChange] = field(default_factory=dict)
    cues: tuple[CueChange, ...] = ()
    heads: frozenset[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[str, str] = field(default_factory=dict)
    hidden_terms: frozenset[tuple[str, str]] = frozenset()
    hidden_cues: frozenset[tuple[str, str]] = frozenset()

    def sentences(self) -> list[tuple[str, str]]:
        """Return (cause, explanation) for everything that differs."""
        found = [("rule changed", f"concept {name} {how}") for name, how in sorted(self.concepts.items())]
        found += [("rule changed", language_sentence(code, how)) for code, how in sorted(self.languages.items())]
        found += [("rule changed", head_sentence(code)) for code in sorted(self.heads)]
        found += [("rule changed", str(self.terms[rule_id])) for rule_id in sorted(self.terms)]
        found += [("rule changed", hidden_sentence(*place)) for place in sorted(self.hidden_terms)]
        found += [("cue changed", str(change)) for change in self.cues]
        return found + [("cue changed", hidden_cue_sentence(*place)) for place in sorted(self.hidden_cues)]


def head_sentence(code: str) -> str:
    """Say that the head of a language differs."""
    return f"head of the terms in {code} changed (inflections, joiners or the like)"


def language_sentence(code: str, how: str) -> str:
    """Say that a language came or went."""
    return f"terms in the language {code} {how}"


def hidden_sentence(language: str, concept: str) -> str:
    """Say that terms differ of which the earlier file is not at hand."""
    return f"terms of {concept} ({language}) changed; the earlier file is not in git, so which ones cannot be told"


def hidden_cue_sentence(language: str, kind: str) -> str:
    """Say that cues differ of which the earlier file is not at hand."""
    return f"cues of the kind {kind} ({language}) changed; the earlier file is not in git, so which ones cannot be told"


def changed_languages(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """List the languages of both bases whose rules differ, by code."""
    return sorted(
        code for code in old["rules"].keys() & new["rules"].keys() if old["rules"][code] != new["rules"][code]
    )


def diff_rules(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    old_words: Mapping[str, Vocabulary],
    new_words: Mapping[str, Vocabulary],
) -> RuleChanges:
    """Hold the rules of two bases against each other.

    ``old_words`` and ``new_words`` have the terms and cues of each changed language, where its files are at hand.
    """
    told = changed_languages(old, new)
    read = [code for code in told if code in old_words and code in new_words]
    hidden = [code for code in told if code not in read]
    terms: dict[str, TermChange] = {}
    cues: list[CueChange] = []
    for code in read:
        terms |= _terms(old_words[code], new_words[code])
        cues += _cues(old_words[code], new_words[code])
    return RuleChanges(
        terms=terms,
        cues=tuple(cues),
        heads=frozenset(code for code in told if old["rules"][code]["head"] != new["rules"][code]["head"]),
        languages=_came_and_went(dict.fromkeys(old["rules"], ""), dict.fromkeys(new["rules"], "")),
        concepts=_came_and_went(old["concepts"], new["concepts"]),
        hidden_terms=_hidden(old, new, hidden, "terms"),
        hidden_cues=_hidden(old, new, hidden, "cues"),
    )


def _terms(old: Vocabulary, new: Vocabulary) -> dict[str, TermChange]:
    before, after = ({term.rule_id: term for term in words.terms} for words in (old, new))
    changes = {rule_id: TermChange(before[rule_id], "removed") for rule_id in before.keys() - after.keys()}
    changes |= {rule_id: TermChange(after[rule_id], "added") for rule_id in after.keys() - before.keys()}
    for rule_id in before.keys() & after.keys():
        if before[rule_id] != after[rule_id]:
            how = "changed: " + _what_differs(before[rule_id], after[rule_id])
            changes[rule_id] = TermChange(after[rule_id], how)
    return changes


def _what_differs(before: Term, after: Term) -> str:
    parts = ["the concepts that it stands for also"] if before.also != after.also else []
    if before.context != after.context:
        parts.append("the company that it asks for (unless, with, list, within)")
    return " and ".join(parts)


def _cues(old: Vocabulary, new: Vocabulary) -> list[CueChange]:
    before, after = set(old.cues), set(new.cues)
    changes = [CueChange(cue, "removed") for cue in before - after]
    changes += [CueChange(cue, "added") for cue in after - before]
    return sorted(changes, key=lambda change: (change.cue.language, change.cue.kind, change.cue.phrase, change.how))


def _came_and_went(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    changes = dict.fromkeys(new.keys() - old.keys(), "added") | dict.fromkeys(old.keys() - new.keys(), "removed")
    kinds = {name: f"is now a {new[name]}" for name in old.keys() & new.keys() if old[name] != new[name]}
    return changes | kinds


def _hidden(old: Mapping[str, Any], new: Mapping[str, Any], codes: list[str], part: str) -> frozenset[tuple[str, str]]:
    pairs = [(code, old["rules"][code][part], new["rules"][code][part]) for code in codes]
    return frozenset(
        (code, name)
        for code, before, after in pairs
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    )
