"""Rows to files and back: Parquet between stages, JSON and CSV for readers, each written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Row = TypeVar("Row")
_VECTOR_COLUMNS = ("passage_id", "key", "vector")


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of some passages: the id of each, the key of its text, and one row of ``matrix``."""

    ids: tuple[str, ...]
    keys: tuple[str, ...]
    matrix: NDArray[np.float32]


_SCALARS: dict[type, pa.DataType] = {
    int: pa.int64(),
    float: pa.float64(),
    str: pa.string(),
    bool: pa.bool_(),
}


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and move it into place, so that a reader never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=path.suffix)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
        os.chmod(name, 0o644)  # mkstemp makes files for the owner only; tables are to be shared
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_rows(path: Path, rows: Sequence[Any], row_type: type, notes: Mapping[str, Any] | None = None) -> None:
    """Write rows of one dataclass as Parquet; ``notes`` (JSON values) travel in the file's metadata."""
    columns = _columns(rows, row_type)
    metadata = {b"notes": json.dumps(notes or {}, sort_keys=True).encode()}
    schema = pa.schema([(name, column.type) for name, column in columns.items()], metadata=metadata)
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(list(columns.values()), schema=schema), sink, compression="zstd", version="2.6")
    write_bytes(path, sink.getvalue().to_pybytes())


def write_columns(path: Path, columns: Mapping[str, tuple[type, str, Sequence[Any]]]) -> None:
    """Write named columns as Parquet for others to read: each a type, its description in words, and its values."""
    fields = [pa.field(name, _SCALARS[kind], metadata={"says": words}) for name, (kind, words, _) in columns.items()]
    arrays = [pa.array(values, type=_SCALARS[kind]) for kind, _, values in columns.values()]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), sink, compression="zstd", version="2.6")
    write_bytes(path, sink.getvalue().to_pybytes())


def read_rows(path: Path, row_type: type[Row]) -> list[Row]:
    """Read rows that ``write_rows`` wrote; a file of another shape is a ValueError that names it."""
    table = pq.read_table(path, memory_map=False)
    expected = list(_hints(row_type))
    if table.column_names != expected:
        raise ValueError(f"{path} has columns {table.column_names}; expected {expected}. Delete it and run again.")
    columns = [
        _values(column.combine_chunks(), hint)
        for column, hint in zip(table.columns, _hints(row_type).values(), strict=True)
    ]
    return [row_type(*values) for values in zip(*columns, strict=True)]


def read_columns(path: Path, *names: str) -> list[tuple[Any, ...]]:
    """Read some columns of a Parquet file, row by row in the order of ``names``, leaving the others on disk."""
    table = pq.read_table(path, columns=list(names), memory_map=False)
    return list(zip(*(table.column(name).to_pylist() for name in names), strict=True))


def write_vectors(path: Path, vectors: Vectors, notes: Mapping[str, Any] | None = None) -> None:
    """Write the vectors of passages as Parquet, single precision; ``notes`` as in ``write_rows``."""
    width = vectors.matrix.shape[1] if len(vectors.ids) else 0
    flat = pa.array(np.ascontiguousarray(vectors.matrix, dtype=np.float32).ravel())
    columns = [
        pa.array(vectors.ids, type=pa.string()),
        pa.array(vectors.keys, type=pa.string()),
        pa.FixedSizeListArray.from_arrays(flat, width) if width else pa.array([], type=pa.list_(pa.float32(), 1)),
    ]
    schema = pa.schema(
        [(name, column.type) for name, column in zip(_VECTOR_COLUMNS, columns, strict=True)],
        metadata={b"notes": json.dumps(notes or {}, sort_keys=True).encode()},
    )
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), sink, compression="zstd", use_dictionary=False)
    write_bytes(path, sink.getvalue().to_pybytes())


def read_vectors(path: Path) -> Vectors:
    """Read vectors that ``write_vectors`` wrote; a file of another shape is a ValueError that names it."""
    table = pq.read_table(path, memory_map=False)
    if tuple(table.column_names) != _VECTOR_COLUMNS:
        raise ValueError(f"{path} has columns {table.column_names}; expected {_VECTOR_COLUMNS}. Delete it, run again.")
    column = table.column("vector").combine_chunks()
    flat = np.asarray(column.flatten().to_numpy(zero_copy_only=False), dtype=np.float32)
    ids, keys = (tuple(table.column(name).to_pylist()) for name in _VECTOR_COLUMNS[:2])
    return Vectors(ids, keys, flat.reshape(len(ids), -1) if ids else np.zeros((0, 0), dtype=np.float32))


def read_notes(path: Path) -> dict[str, Any]:
    """Read the notes of a Parquet file from its footer alone; a file without notes, or no file at all, has none."""
    try:
        metadata = pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return {}
    notes = json.loads(metadata.get(b"notes", b"{}"))
    return notes if isinstance(notes, dict) else {}


def write_json(path: Path, content: Any) -> None:
    """Write JSON as people read it: indented, keys in the order given, final line break."""
    write_bytes(path, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())


def remove_others(folder: Path, keep: Iterable[str], suffix: str = ".parquet") -> list[str]:
    """Remove the files of documents that are no longer in the register; return their ids."""
    kept = set(keep)
    gone = sorted(path for path in folder.glob(f"*{suffix}") if path.name.removesuffix(suffix) not in kept)
    for path in gone:
        path.unlink()
    return [path.name.removesuffix(suffix) for path in gone]


def _hints(row_type: Any) -> dict[str, Any]:
    return _cached_hints(row_type)


@cache
def _cached_hints(row_type: Any) -> dict[str, Any]:
    hints = get_type_hints(row_type)
    return {field.name: hints[field.name] for field in fields(row_type)}


def _parts(hint: Any) -> dict[str, Any] | None:
    """Return the named parts of a dataclass or of a fixed-length tuple; None for anything else."""
    if is_dataclass(hint):
        return _hints(hint)
    if get_origin(hint) is tuple and get_args(hint)[-1] is not Ellipsis:
        return {str(place): part for place, part in enumerate(get_args(hint))}
    return None


def _scalar(hint: Any) -> pa.DataType:
    if get_origin(hint) is UnionType:
        (hint,) = [part for part in get_args(hint) if part is not NoneType]
    if hint not in _SCALARS:
        raise TypeError(f"no Parquet type for {hint!r}; rows hold str, int, float, bool, tuples and dataclasses")
    return _SCALARS[hint]


def _columns(rows: Sequence[Any], hint: Any) -> dict[str, pa.Array]:
    """Turn rows into one Arrow array per part: column by column, because lines come by the hundred thousand."""
    parts = _parts(hint) or {}
    if is_dataclass(hint):
        return {name: _array([getattr(row, name) for row in rows], part) for name, part in parts.items()}
    return {name: _array([row[int(name)] for row in rows], part) for name, part in parts.items()}


def _array(values: Sequence[Any], hint: Any) -> pa.Array:
    if _parts(hint) is not None:
        columns = _columns(values, hint)
        return pa.StructArray.from_arrays(list(columns.values()), names=list(columns))
    if get_origin(hint) is tuple:
        offsets = [0, *accumulate(len(value) for value in values)]
        flat = _array([part for value in values for part in value], get_args(hint)[0])
        return pa.ListArray.from_arrays(pa.array(offsets, type=pa.int32()), flat)
    return pa.array(values, type=_scalar(hint))


def _values(array: pa.Array, hint: Any) -> list[Any]:
    """Turn an Arrow array back into the values of a column: the way back of ``_array``."""
    parts = _parts(hint)
    if parts is not None:
        columns = [_values(array.field(name), part) for name, part in parts.items()]
        rows = zip(*columns, strict=True)
        return [hint(*row) for row in rows] if is_dataclass(hint) else list(rows)  # type: ignore[operator]
    if get_origin(hint) is tuple:
        flat = _values(array.flatten(), get_args(hint)[0])
        offsets = [0, *accumulate(array.value_lengths().to_pylist())]
        return [tuple(flat[start:end]) for start, end in pairwise(offsets)]
    return list(array.to_pylist())
