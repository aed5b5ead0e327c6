"""What the owner can set, by environment variable or a `.env` file: typed, checked once, when the program starts."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "SPOTTER_"
CREDENTIALS = re.compile(r"://[^/\s]*@")  # user and password in an address


class SettingsError(Exception):
    """One or more settings are wrong; the message says which, what they were and what was wanted."""


def default_data_dir() -> Path:
    """`var/` of a checkout, where `make` sets things up too; the user's data folder where Spotter is installed."""
    checkout = Path(__file__).resolve().parents[1]
    return checkout / "var" if (checkout / "Makefile").is_file() else Path(platformdirs.user_data_dir("spotter"))


class Settings(BaseSettings):
    """Every setting, in the order an owner meets them. Names: SPOTTER_ and the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr | None = Field(None, description="the bot's token, from @BotFather")
    telegram_api_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="another Bot API server; Telegram's own where empty"
    )
    allowed_users: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Telegram user ids, separated by commas, that may use the bot; everybody where empty"
    )
    webhook_url: str | None = Field(
        None, pattern=r"^https://\S+$", description="the https address Telegram calls; long polling where empty"
    )
    webhook_port: int = Field(8443, ge=1, le=65535, description="the port the webhook is served on")
    webhook_secret: SecretStr | None = Field(
        None, description="what Telegram must send with each call: 16 to 256 of A-Z a-z 0-9 _ -"
    )
    data_dir: Path = Field(
        default_factory=default_data_dir,
        description="database, models and temporary files; nothing is written elsewhere",
    )
    database_url: str | None = Field(
        None, pattern=r"^(sqlite\+aiosqlite|postgresql\+asyncpg)://\S+$", description="SQLite in data_dir where empty"
    )
    workers: int = Field(
        max(1, (os.cpu_count() or 2) // 2), ge=1, le=64, description="clips analysed at once, a process each"
    )
    deadline_s: float = Field(180.0, ge=5, le=3600, description="longest work on one clip, seconds")
    memory_limit_mb: int = Field(1200, ge=500, description="largest worker process, megabytes")
    download_limit_mb: int = Field(
        20, ge=1, le=2000, description="largest file the Bot API server hands out, megabytes; a local one allows 2000"
    )
    longest_clip_s: float = Field(300.0, ge=5, le=3600, description="longest clip that is analysed, seconds")
    join_logs_s: float = Field(
        3.0, ge=0, le=60, description="how long a sensor log waits for another file of its recording, seconds"
    )
    keep_jobs_days: int = Field(30, ge=1, description="how long an answered job without a set is remembered, days")
    chat_repository: str = Field(
        "TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF", description="where the chat model is fetched from"
    )
    chat_file: str = Field(
        "tinyllama-1.1b-chat-v1.0.Q8_0.gguf", description="the chat model's file there, or a path to a GGUF file"
    )
    chat_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="a chat server of OpenAI's kind instead of a model in this process"
    )
    chat_key: SecretStr | None = Field(None, description="the chat server's key, where it wants one")
    chat_model: str | None = Field(None, description="which model of the chat server; what it has loaded where empty")
    chat_fetch: bool = Field(True, description="fetch the chat model at the start where it is missing")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="how much is logged")

    @field_validator("allowed_users", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return [value] if isinstance(value, int) else value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_sendable(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if value and not (16 <= len(text) <= 256 and all(c.isalnum() or c in "_-" for c in text) and text.isascii()):
            raise ValueError("16 to 256 of A-Z a-z 0-9 _ -")
        return value

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Settings:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("SPOTTER_WEBHOOK_URL wants SPOTTER_WEBHOOK_SECRET: 16 to 256 of A-Z a-z 0-9 _ -")
        return self

    @property
    def models_dir(self) -> Path:
        """Where model files lie."""
        return self.data_dir / "models"

    @property
    def clips_dir(self) -> Path:
        """Where a file lies while it is analysed."""
        return self.data_dir / "clips"

    @property
    def store_url(self) -> str:
        """The database: the one that is set, else SQLite in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'spotter.sqlite3'}"


def load_settings(**given: object) -> Settings:
    """The settings from the environment and `.env`, with `given` above both. Raises SettingsError."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(_sentences(error)) from None


def _sentences(error: ValidationError) -> str:
    return "\n".join(_sentence(problem["loc"], problem["input"], problem["msg"]) for problem in error.errors())


def _sentence(where: tuple[int | str, ...], found: object, wanted: str) -> str:
    if not where:
        return wanted.removeprefix("Value error, ")
    name = str(where[0])
    secret = any(word in name for word in ("token", "secret", "key"))
    shown = "(kept secret)" if secret else CREDENTIALS.sub("://…@", repr(found))
    field = Settings.model_fields.get(name)
    meaning = f" It is {field.description}." if field and field.description else ""
    return f"{PREFIX}{name.upper()} is {shown}: {wanted.removeprefix('Value error, ')}.{meaning}"
