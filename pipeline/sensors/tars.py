"""Unpack a tar archive in memory."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from pipeline.errors import DamagedLog


def untarred(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each file's name and content, in order. Raises DamagedLog for an archive that is cut short or not a tar.

    Links, folders and devices are skipped, and so is a file that claims to be larger than the archive (a sparse file).
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for entry in archive:
                if entry.isreg() and entry.size <= len(data) and (content := archive.extractfile(entry)):
                    yield entry.name, content.read()
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise DamagedLog(format="tar") from error
