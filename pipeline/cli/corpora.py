"""Commands that look after a corpus: its register, its files, the languages it can be read in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shell import (
    PARAMS,
    PROJECT,
    CorpusName,
    app,
    console,
    corpus_folder,
    line,
    sentences,
    shown_progress,
)

# A register of addresses has many documents that a mirror does not: coverage.csv names them all.
SHOWN = 12


@app.command(epilog="Example: `python -m pipeline fetch --corpus strategies --mirror ../shared/corpus`")
def fetch(
    corpus: CorpusName,
    mirror: Annotated[
        Path | None, typer.Option(help="A folder that has the files; without it they are downloaded.")
    ] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow addresses inside private networks.")] = False,
) -> None:
    """Bring the files of a corpus register from a mirror or the internet, checked against their sha256."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.fetch import fetch_corpus

        folder = corpus_folder(corpus)
        outcomes = fetch_corpus(folder, mirror=mirror, allow_private=allow_private, progress=progress)
        failed = [outcome for outcome in outcomes if outcome.status == "failed"]
        for outcome in failed[:SHOWN]:
            line(f"{outcome.document_id}: {outcome.reason}")
        if len(failed) > SHOWN:
            line(f"… and {len(failed) - SHOWN} more that are not there")
        counts = {status: sum(outcome.status == status for outcome in outcomes) for status in
                  ("present", "copied", "downloaded", "failed")}  # fmt: skip
        line(", ".join(f"{number} {status}" for status, number in counts.items()))


@app.command(
    epilog="Example: `python -m pipeline add plan.pdf --corpus mine --country KOR --year 2023 --title 'Growth 4.0'`"
)
def add(
    source: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="A PDF, HTML or text file, or its address.")],
    corpus: CorpusName,
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3 code; EUU for the European Union.")],
    year: Annotated[int, typer.Option(help="The year of publication.")],
    title: Annotated[str, typer.Option(help="The title as printed.")],
    issuer: Annotated[str, typer.Option(help="The ministry or body that issued it.")] = "",
    language: Annotated[str, typer.Option(help="BCP 47 code; found from the text when not given.")] = "",
    kind: Annotated[
        str, typer.Option(help="industrial-strategy, technology-strategy, sector-strategy or other.")
    ] = "industrial-strategy",
    supersedes: Annotated[str, typer.Option(help="The id of the document that this one replaces.")] = "",
) -> None:
    """Add a document to a corpus: copy it in under its id, hash it, find its language, append it to the register."""
    with sentences():
        from pipeline.stages.fetch import add_source

        folder = corpus_folder(corpus)
        document = add_source(
            folder, source, country=country, year=year, title=title, issuer=issuer, language=language, kind=kind,
            supersedes=supersedes, params=PARAMS if folder.parent == PROJECT / "corpora" else None,
        )  # fmt: skip
        line(f"added {document.id} ({document.language}) as {folder / document.file}")
        line(f"refresh the tables with `make CORPUS={folder.name}` or `dvc repro`")


@app.command(epilog="Example: `python -m pipeline coverage --language ko`")
def coverage(
    language: Annotated[
        str, typer.Option(help="A language's code: list the concepts that have no terms in it yet.")
    ] = "",
    rules: Annotated[
        bool, typer.Option("--rules", help="With --language: list the never phrases and contexts without an example.")
    ] = False,
    corpus: CorpusName = "sample",
) -> None:
    """Print what was read of each document of a corpus, or what a language's file of terms lacks."""
    with sentences():
        if language:
            _print_language(language, rules)
        elif rules:
            raise typer.BadParameter("--rules needs --language; add for example `--language en`.")
        else:
            from pipeline.cli.terminal import shown_coverage

            console.print(shown_coverage(corpus_folder(corpus) / "tables"))


def _print_language(language: str, rules: bool) -> None:
    from pipeline.concepts import REGISTERS

    for name in REGISTERS:
        _print_register(name, language, rules)


def _print_register(name: str, language: str, rules: bool) -> None:
    from pipeline.concepts import REGISTERS, concepts_without_terms, load_vocabulary, read_examples

    models, register = PROJECT / "models", REGISTERS[name]
    vocabulary = load_vocabulary(models, register)
    if rules and language in {known.code for known in vocabulary.languages}:
        from pipeline.mentions.examples import rules_without_example

        untried = rules_without_example(vocabulary, language, read_examples(models, language, register))
        for term, lack in untried:
            line(f"{term.concept}: {'never ' if term.never else ''}{term.phrase!r}: {lack}")
        own = [term for term in vocabulary.terms if term.language == language and (term.never or term.context)]
        names = {term.rule_id for term, _ in untried}
        line(f"{len(names)} of {len(own)} never phrases and contexts in {language} lack an example ({name})")
        return
    missing = concepts_without_terms(vocabulary, language)
    for concept in missing:
        line(concept)
    line(
        f"{len(missing)} of {len(vocabulary.concepts)} {name} have no terms in {language}; "
        f"they go to models/{name}/terms.{language}.yaml"
    )
