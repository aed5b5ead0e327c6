"""Decode bytes as text, from whatever program and country."""

from __future__ import annotations

import re

HEAD_BYTES = 4096
EASTERN = ("cp949", "shift_jis", "gb18030")
# A minus as word processors and some spreadsheets write it, and digits as phones set to other languages do
PLAIN = str.maketrans("\u2212\uff0d\uff0e\u066b", "--..") | {
    first + digit: str(digit) for first in (0x0660, 0x06F0, 0xFF10) for digit in range(10)
}
LEAST_WIDE = 0.2  # of the signs of a table that plain digits and separators are, though dates be written in words
CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")
SPOKEN = re.compile(r"시간|가속|자이로|時間|时间|加速")


def text_of(data: bytes) -> str | None:
    """The bytes as text with "\n" at line ends; None where they are not text."""
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
    """The East Asian encoding in which the table's head speaks of time or acceleration, if any."""
    spoken = (code for code in EASTERN if SPOKEN.search(head.decode(code, errors="ignore")))
    return next(spoken, "latin-1")


def wide_code(head: bytes) -> str | None:
    """UTF-16 without a byte order mark, by its name for decoding; None where the bytes are not that.

    In characters of tables one of the two bytes is zero, in those of words neither.
    """
    high, low = head[::2].count(0), head[1::2].count(0)
    code, zeros, others = ("utf-16-be", high, low) if high > low else ("utf-16-le", low, high)
    if len(head) < 8 or zeros < LEAST_WIDE * len(head) / 2 or others > LEAST_WIDE * zeros:
        return None
    words = head[: len(head) // 2 * 2].decode(code, errors="ignore")
    return None if CONTROL.search(words) else code
