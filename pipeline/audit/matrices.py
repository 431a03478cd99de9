"""Holds the matrices, the network and the grids of ties and instruments against the tables that they are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pipeline.audit.corpus import Corpus, Row, grouped, whole_number
from pipeline.audit.faults import Looked, faulty, judged, listed, rank_faults, told

# Shares have four decimals, and the matrix one of per cents.
_ROUNDING = 0.056
_WORDS = {"mentioned": "mentioned", "read_none_found": "none found", "not_read": "not read"}


def check_ties(corpus: Corpus) -> Looked:
    """Each tie has quotes with ranks from 1 and is targeted where a country targets it; each quote is of a tie."""
    ties = {row["tie_id"]: row for name in ("ecosystem.csv", "fusion.csv") for row in corpus.table(name)}
    quotes = grouped(corpus.table("ties_evidence.csv"), "tie_id")
    for name, tie in ties.items():
        rows = quotes.get(name, [])
        abroad = {row["country"] for row in rows} - {tie["scope"]}
        countries = {source.country for source in corpus.register.values()}
        targeted = tie["level"] == "targeted"
        yield from judged(
            "ecosystem.csv" if "sector" in tie else "fusion.csv",
            name,
            [
                told(not rows, "ties_evidence.csv has no quote for it"),
                told(tie["scope"] in countries and bool(abroad), f"it rests on quotes of {listed(abroad)}"),
                told(
                    targeted != (tie["n_targeting"] != "0"),
                    f"it is {tie['level']}, and {tie['n_targeting']} countries target it",
                ),
            ],
        )
    yield from _ranked("ties_evidence.csv", quotes, ties)


def check_instruments(corpus: Corpus) -> Looked:
    """Each instrument and tie that is found has quotes; what all countries do is the sum of what each does."""
    uses = {row["use_id"]: row for row in corpus.table("instruments.csv")}
    ties = {row["tie_id"] for row in corpus.table("instruments_by_concept.csv")}
    quotes = grouped(corpus.table("instruments_evidence.csv"), "row_id")
    statuses: dict[str, list[str]] = {}
    for use in uses.values():
        if use["scope"] != "all":
            statuses.setdefault(use["instrument"], []).append(use["status"])
    for name, use in uses.items():
        own = statuses.get(use["instrument"], []) if use["scope"] == "all" else [use["status"]]
        targeting = own.count("targeted")
        naming = targeting + own.count("mentioned")
        yield from judged(
            "instruments.csv",
            name,
            [
                told(
                    use["n_targeting"] != str(targeting),
                    f"n_targeting is {use['n_targeting']}; {targeting} countries target it",
                ),
                told(use["n_countries"] != str(naming), f"n_countries is {use['n_countries']}; {naming} name it"),
                told(
                    use["status"] in ("targeted", "mentioned") and use["scope"] != "all" and name not in quotes,
                    f"it is {use['status']} and instruments_evidence.csv has no quote for it",
                ),
            ],
        )
    for name in sorted(ties - set(quotes)):
        yield faulty("instruments_by_concept.csv", name, "instruments_evidence.csv has no quote for it")
    yield from _ranked("instruments_evidence.csv", quotes, {*uses, *ties})


def _ranked(table: str, quotes: Mapping[str, list[Row]], known: Collection[str]) -> Looked:
    for name, rows in quotes.items():
        yield from judged(
            table,
            name,
            [
                told(name not in known, "no row of the table that it is evidence for"),
                rank_faults([row["rank"] for row in rows]),
            ],
        )


def check_matrices(corpus: Corpus) -> Looked:
    """Each field of a matrix is the figure of the row that it stands for, or the mark for none."""
    everywhere = [row for row in corpus.table("ecosystem.csv") if row["scope"] == "all"]
    ties = {(row["view"], row["technology"], row["sector"]): row["n_targeting"] for row in everywhere}
    for row in corpus.table("ecosystem_matrix.csv"):
        names = [name for name in row if name not in ("view", "technology", "label")]
        wrong = [name for name in names if row[name] != ties.get((row["view"], row["technology"], name), "0")]
        yield from _fields("ecosystem_matrix.csv", f"{row['view']} {row['technology']}", wrong, "ecosystem.csv")
    uses = {(row["scope"], row["instrument"]): row for row in corpus.table("instruments.csv")}
    for row in corpus.table("instruments_matrix.csv"):
        names = [name for name in row if name not in ("kind", "family", "instrument", "label", "countries targeting")]
        wrong = [name for name in names if not _says(row[name], uses.get((name, row["instrument"])))]
        whole = uses.get(("all", row["instrument"]))
        wrong += ["countries targeting"] if not whole or row["countries targeting"] != whole["n_targeting"] else []
        yield from _fields("instruments_matrix.csv", row["instrument"], wrong, "instruments.csv")
    yield from _check_instruments_by_concept(corpus)


def _check_instruments_by_concept(corpus: Corpus) -> Looked:
    rows = [row for row in corpus.table("instruments_by_concept.csv") if row["scope"] == "all"]
    ties = {(row["instrument"], row["concept"]): row["n_targeting"] for row in rows}
    for row in corpus.table("instruments_by_concept_matrix.csv"):
        names = [name for name in row if name not in ("kind", "concept", "label") and row[name] != "not asked"]
        wrong = [name for name in names if row[name] != ties.get((name, row["concept"]), "0")]
        yield from _fields("instruments_by_concept_matrix.csv", row["concept"], wrong, "instruments_by_concept.csv")


def _fields(table: str, row: str, wrong: Iterable[str], source: str) -> Looked:
    named = listed(wrong)
    yield from judged(table, row, [told(bool(named), f"other than {source} says under {named}")])


def _says(field: str, use: Row | None) -> bool:
    """Say whether a field of the matrix is the share of a use that is targeted, in per cent, or else its status."""
    if use is None:
        return False
    if use["status"] != "targeted":
        return field == _WORDS.get(use["status"])
    number, _, sign = field.partition(" ")
    return sign == "%" and abs(float(number) - 100 * float(use["share"])) < _ROUNDING


def check_nodes(corpus: Corpus) -> Looked:
    """Each technology of the network of fusion has the countries whose cells target it."""
    for row in corpus.table("fusion_nodes.csv"):
        cells = corpus.cells.values()
        targeting = sorted(
            cell["country"] for cell in cells if cell["concept"] == row["technology"] and cell["status"] == "targeted"
        )
        yield from judged(
            "fusion_nodes.csv",
            row["technology"],
            [
                told(
                    row["countries"].split() != targeting,
                    f"its countries are {row['countries'] or 'none'}; cells.csv has {' '.join(targeting) or 'none'}",
                ),
                told(
                    whole_number(row["n_countries"]) != len(targeting),
                    f"n_countries is {row['n_countries']}, and {len(targeting)} target it",
                ),
            ],
        )
