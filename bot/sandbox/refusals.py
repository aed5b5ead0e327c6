"""Telegram's refusals: a status, a description in its own words, and sometimes a wait."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """A call that Telegram would refuse. `body` is the JSON of its answer."""

    def __init__(self, status: int, description: str, retry_after_s: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after_s = retry_after_s

    @property
    def body(self) -> Json:
        """The answer's JSON, with `parameters.retry_after` where there is a wait."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after_s is not None:
            body["parameters"] = {"retry_after": self.retry_after_s}
        return body


def bad_request(reason: str) -> Refusal:
    """A 400 in Telegram's words; `reason` goes after "Bad Request: "."""
    return Refusal(400, f"Bad Request: {reason}")


def not_found() -> Refusal:
    """The answer for an unknown method or path, or a malformed token."""
    return Refusal(404, "Not Found")


def unauthorized() -> Refusal:
    """The answer for a well-formed token that belongs to no bot."""
    return Refusal(401, "Unauthorized")


def too_many_requests(retry_after_s: int) -> Refusal:
    """A 429 with its wait in whole seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after_s}", retry_after_s)


def too_large() -> Refusal:
    """The answer for an upload beyond the limit, from the web server in front of the Bot API."""
    return Refusal(413, "Request Entity Too Large")


def forbidden(reason: str) -> Refusal:
    """A 403 in Telegram's words."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """A 409 in Telegram's words."""
    return Refusal(409, f"Conflict: {reason}")
