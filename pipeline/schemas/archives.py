"""Zip archives (XLSX, DOCX) that are the same to the byte on any machine."""

from __future__ import annotations

import io
import zipfile


def steady_zip(content: bytes, *, compressed: bool = False) -> bytes:
    """Repack an archive in the order of its parts, with constant records: these tell the hour and the kind of machine.

    Compressed bytes depend on the version of zlib: what git holds is stored as it is, what is made on request need not.
    """
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(stream, "w", method) as stored:
        for name in packed.namelist():
            record = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            record.create_system = 3  # else it says on which kind of machine it was made
            stored.writestr(record, packed.read(name), compress_type=method)
    return stream.getvalue()
