"""Parse one call of a Bot API method, however it was sent: query, form, multipart or JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.refusals import bad_request, too_large

_TRUE = frozenset({"true", "yes", "1"})
_ATTACHED = "attach://"
_CHUNK_BYTES = 64 * 1024  # read at once
_TEXT_BYTES = 1024 * 1024  # of a field that is no file


@dataclass(frozen=True, slots=True)
class Upload:
    """A file uploaded with a call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """A method and its parameters, as sent: text, with JSON for anything nested.

    `at_s` is the wall clock's time of arrival in seconds.
    """

    method: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    at_s: float = field(default_factory=time.time)

    def text(self, name: str) -> str:
        """The parameter as text, empty where missing."""
        return self.parameters.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a whole number. Raises: Refusal 400 for anything else."""
        sent = self.parameters.get(name, "")
        try:
            return int(float(sent)) if sent else default
        except (ValueError, OverflowError):
            raise bad_request(f"invalid integer value of the parameter {name} specified") from None

    def flag(self, name: str) -> bool:
        """The parameter as a boolean."""
        return self.text(name).lower() in _TRUE

    def nested(self, name: str) -> Any:
        """The parameter's JSON, None where missing. Raises: Refusal 400 where it is not JSON."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def uploaded(self, reference: str, name: str) -> Upload | None:
        """The file that `attach://…` names, or the one sent as the parameter itself; None where there is neither."""
        key = reference.removeprefix(_ATTACHED) if reference.startswith(_ATTACHED) else name
        return None if reference and not reference.startswith(_ATTACHED) else self.uploads.get(key)


async def read_call(request: web.Request, method: str, upload_limit_bytes: int) -> Call:
    """The call in a request; the body's parameters override the query's.

    Raises: Refusal 413 when the files exceed the limit, after the whole body was read, so that a client which is still
    writing gets the answer instead of a broken pipe.
    """
    parameters = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        parameters |= await _json_parameters(request)
    elif request.content_type == "multipart/form-data":
        uploads = await _read_parts(request, parameters, upload_limit_bytes)
    elif request.can_read_body:
        parameters |= {name: str(value) for name, value in (await request.post()).items()}
    return Call(method, parameters, uploads)


async def _json_parameters(request: web.Request) -> dict[str, str]:
    try:
        sent = await request.json()
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(sent, dict):
        raise bad_request("can't parse JSON object")
    return {name: as_text(value) for name, value in sent.items() if value is not None}


def as_text(value: object) -> str:
    """A value as a form would carry it: text unchanged, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value)


async def _read_parts(request: web.Request, parameters: dict[str, str], limit_bytes: int) -> dict[str, Upload]:
    uploads: dict[str, Upload] = {}
    left_bytes = limit_bytes
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.filename is None:
            parameters[part.name or ""] = (await read_part(part, _TEXT_BYTES)).decode("utf-8", "replace")
        else:
            uploads[part.name or ""] = await _upload(part, max(left_bytes, 0))
            left_bytes -= len(uploads[part.name or ""].content)
    if left_bytes < 0:
        raise too_large()
    return uploads


async def _upload(part: BodyPartReader, keep_bytes: int) -> Upload:
    mime_type = part.headers.get("Content-Type", "application/octet-stream")
    return Upload(part.filename or "", await read_part(part, keep_bytes), mime_type)


async def read_part(part: BodyPartReader, keep_bytes: int) -> bytes:
    """A part's bytes; of a part longer than `keep_bytes` one byte more is kept, and the rest is read and dropped."""
    kept = bytearray()
    while chunk := await part.read_chunk(_CHUNK_BYTES):
        kept += chunk[: max(keep_bytes + 1 - len(kept), 0)]
    return bytes(kept)
