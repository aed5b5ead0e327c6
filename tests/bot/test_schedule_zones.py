from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminding.zones import zone_of

JANUARY, JULY = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("Seoul", "Asia/Seoul"),
        ("서울", "Asia/Seoul"),
        ("제주", "Asia/Seoul"),
        ("뉴욕", "America/New_York"),
        ("런던", "Europe/London"),
        ("EST", "America/New_York"),
        (" new   york ", "America/New_York"),
        ("America/new_york", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("München", "Europe/Berlin"),
        ("mumbai", "Asia/Kolkata"),
        ("UTC", "UTC"),
        ("+09:00", "Etc/GMT-9"),
        ("UTC+9", "Etc/GMT-9"),
        ("gmt -3", "Etc/GMT+3"),
        ("UTC−5", "Etc/GMT+5"),
        ("+0530", "Asia/Kolkata"),
        ("+00:00", "Etc/UTC"),
        ("são paulo", "America/Sao_Paulo"),
        ("Zurich", "Europe/Zurich"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("London UK", "Europe/London"),
        ("New York City", "America/New_York"),
    ],
)
def test_a_place_or_an_offset_gives_its_zone(text: str, key: str) -> None:
    assert zone_of(text) == ZoneInfo(key)


@pytest.mark.parametrize(
    "text", ["", "nowhere", "+15", "-13", "-03:30", "+09:61", "localtime", "Factory", "../../etc/passwd", "9"]
)
def test_what_is_no_zone_gives_none(text: str) -> None:
    assert zone_of(text) is None


@given(st.integers(-12, 14), st.sampled_from(["", "UTC", "gmt "]), st.booleans())
def test_an_offset_is_kept_all_year(hours: int, prefix: str, with_minutes: bool) -> None:
    zone = zone_of(f"{prefix}{hours:+03d}{':00' * with_minutes}")
    assert zone is not None
    assert {at.astimezone(zone).utcoffset() for at in (JANUARY, JULY)} == {timedelta(hours=hours)}


@pytest.mark.parametrize("text", ["-09:30", "+03:30", "+04:30", "+05:30", "+05:45", "+06:30", "+08:45", "+09:30"])
def test_part_hour_offsets_are_what_they_say_all_year(text: str) -> None:
    zone = zone_of(text)
    assert zone is not None
    assert {at.astimezone(zone).strftime("%z") for at in (JANUARY, JULY)} == {text.replace(":", "")}


def test_every_zone_that_is_a_place_is_found_by_its_own_name() -> None:
    keys = available_timezones() - {
        "Factory",
        "localtime",
        "GMT+0",
        "GMT-0",
        "EST",
    }  # two read as offsets, one is New York's
    assert {key for key in keys if zone_of(key) != ZoneInfo(key)} == set()


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    zone = zone_of(text)
    assert zone is None or isinstance(zone, ZoneInfo)
