"""Settings: read from the environment and `.env`, checked once; a wrong one is named, with what was wanted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests is seen."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    """What is said of this value of SPOTTER_`name`."""
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("TELEGRAM_API_URL", "localhost:8081", "https?://"),
        ("WEBHOOK_URL", "http://plain.example", "https"),
        ("WEBHOOK_PORT", "70000", "65535"),
        ("WEBHOOK_PORT", "eighty", "integer"),
        ("DATABASE_URL", "mysql://here", "postgresql"),
        ("WORKERS", "0", "greater than or equal to 1"),
        ("WORKERS", "two", "integer"),
        ("DEADLINE_S", "1", "greater than or equal to 5"),
        ("MEMORY_LIMIT_MB", "1", "500"),
        ("DOWNLOAD_LIMIT_MB", "9000", "2000"),
        ("LONGEST_CLIP_S", "-3", "5"),
        ("ALLOWED_USERS", "1001,ada", "integer"),
        ("CHAT_FETCH", "perhaps", "boolean"),
        ("LOG_LEVEL", "LOUD", "DEBUG"),
    ],
)
def test_a_wrong_value_is_named_shown_and_put_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: str
) -> None:
    said = refused(monkeypatch, name, value)
    assert said.startswith(PREFIX + name)
    assert value.rpartition(",")[2] in said
    assert wanted in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("secret", ["short", "sixteen or more with spaces", "ä" * 20])
def test_a_wrong_secret_is_named_and_never_shown(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    said = refused(monkeypatch, "WEBHOOK_SECRET", secret)
    assert "SPOTTER_WEBHOOK_SECRET" in said
    assert "16 to 256" in said
    assert secret not in said


def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refused(monkeypatch, "DATABASE_URL", "postgres://spotter:hunter2@db.example/spotter")
    assert "'postgres://…@db.example/spotter'" in said
    assert "hunter2" not in said


def test_a_webhook_wants_its_secret_and_names_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "1234567:" + "T" * 35)
    said = refused(monkeypatch, "WEBHOOK_URL", "https://spotter.example")
    assert "SPOTTER_WEBHOOK_SECRET" in said
    assert "TTTT" not in said


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}WORKERS", "0")
    assert len(refused(monkeypatch, "LOG_LEVEL", "LOUD").splitlines()) == 2


def test_secrets_are_not_shown_by_the_settings_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "1234567:" + "T" * 35)
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_SECRET", "S" * 20)
    assert not {"TTTT", "SSSS"} & {shown for shown in ("TTTT", "SSSS") if shown in repr(load_settings())}


def test_a_dotenv_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SPOTTER_WORKERS=3\nSPOTTER_LOG_LEVEL=DEBUG\nOTHER=1\n")
    monkeypatch.setenv(f"{PREFIX}LOG_LEVEL", "ERROR")
    settings = load_settings()
    assert (settings.workers, settings.log_level) == (3, "ERROR")


@pytest.mark.parametrize(
    ("value", "allowed"), [("", frozenset()), ("7", {7}), ("1001, 1002,", {1001, 1002}), ("-5", {-5})]
)
def test_allowed_users_are_read(monkeypatch: pytest.MonkeyPatch, value: str, allowed: set[int]) -> None:
    monkeypatch.setenv(f"{PREFIX}ALLOWED_USERS", value)
    assert load_settings().allowed_users == frozenset(allowed)


@pytest.mark.parametrize(
    "name", ["TELEGRAM_TOKEN", "TELEGRAM_API_URL", "WEBHOOK_URL", "WEBHOOK_SECRET", "DATABASE_URL"]
)
def test_a_setting_left_empty_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(PREFIX + name, "")
    assert getattr(load_settings(), name.lower()) is None


def test_everything_is_written_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data")
    assert {settings.models_dir.parent, settings.clips_dir.parent} == {tmp_path / "data"}
    assert str(tmp_path / "data") in settings.store_url


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())
