"""Bytes as text, whatever program and country they come from."""

from __future__ import annotations

import re

HEAD_BYTES = 4096
EASTERN = ("cp949", "shift_jis", "gb18030")
# A minus as word processors and some spreadsheets write it, and digits as phones set to other languages do
PLAIN = str.maketrans("\u2212\uff0d\uff0e\u066b", "--..") | {
    first + digit: str(digit) for first in (0x0660, 0x06F0, 0xFF10) for digit in range(10)
}
SPOKEN = re.compile(r"시간|가속|자이로|時間|时间|加速")


def text_of(data: bytes) -> str | None:
    """The bytes as text with "\\n" at line ends, whatever wrote them; None where they are no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    elif b"\x00" in data[:HEAD_BYTES]:
        code = wide_code(data[:HEAD_BYTES])
        if code is None:
            return None
        text = data.decode(code, errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode(_local_code(data[:HEAD_BYTES]), errors="replace")
    text = text.replace("\x00", "")
    text = text.translate(PLAIN) if any(chr(one) in text for one in PLAIN) else text
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _local_code(head: bytes) -> str:
    """The code in which spreadsheets of the east save a table, where its head then speaks of time or acceleration."""
    spoken = (code for code in EASTERN if SPOKEN.search(head.decode(code, errors="ignore")))
    return next(spoken, "latin-1")


def wide_code(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of plain digits is zero."""
    if len(head) < 8 or head.count(0) < 0.3 * len(head):
        return None
    if head[::2].count(0) > 0.9 * len(head[::2]):
        return "utf-16-be"
    return "utf-16-le" if head[1::2].count(0) > 0.9 * len(head[1::2]) else None
