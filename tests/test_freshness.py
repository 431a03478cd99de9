"""A fingerprint holds exactly as long as input, parameters, code and libraries do."""

from pathlib import Path

import pytest

from pipeline import freshness
from pipeline.freshness import code_hash, file_hash, fingerprint, folder_hash


def test_a_fingerprint_changes_with_each_of_its_parts() -> None:
    first = fingerprint(["a", "b"], {"max_pages": 1}, "code")
    assert first == fingerprint(["a", "b"], {"max_pages": 1}, "code")
    others = [
        fingerprint(["a", "c"], {"max_pages": 1}, "code"),
        fingerprint(["ab"], {"max_pages": 1}, "code"),
        fingerprint(["a", "b"], {"max_pages": 2}, "code"),
        fingerprint(["a", "b"], {"max_pages": 1}, "other"),
    ]
    assert len({first, *others}) == 5


def test_code_hash_follows_a_module_and_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_PACKAGE", tmp_path)
    (tmp_path / "one.py").write_text("a = 1")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "part.py").write_text("b = 1")
    hashes = set()
    for _ in range(2):
        code_hash.cache_clear()
        hashes.add(code_hash(("one", "two"), ("pyarrow",)))
        (tmp_path / "two" / "part.py").write_text("b = 2")
    code_hash.cache_clear()
    assert len(hashes) == 2


def test_a_module_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="no module pipeline/absent"):
        code_hash(("absent",), ())


def test_hashes_of_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    assert file_hash(tmp_path / "a.yaml").startswith("ca978112")
    before = folder_hash(tmp_path, "*.yaml")
    (tmp_path / "b.txt").write_text("c")
    assert folder_hash(tmp_path, "*.yaml") == before
    (tmp_path / "a.yaml").rename(tmp_path / "c.yaml")
    assert folder_hash(tmp_path, "*.yaml") != before
