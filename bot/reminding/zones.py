"""Which time zone somebody means: an IANA name, a city, an offset.

An offset says nothing of clock changes and a place does: ask for the city first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# Large cities that the zone database has no entry of its own for, and what people write instead of a city.
_PLACES = {
    "America/Chicago": "cdt, central time, cst, austin, dallas, houston, minneapolis, new orleans, san antonio, "
    "st louis, 시카고, 댈러스, 휴스턴",
    "America/Denver": "mdt, mountain time",
    "America/Los_Angeles": "pacific time, pdt, pst, la, las vegas, portland, san diego, san francisco, san jose, "
    "seattle, sf, 로스앤젤레스, 엘에이, 샌프란시스코, 샌디에이고, 시애틀, 라스베이거스",
    "America/New_York": "eastern time, edt, est, atlanta, boston, dc, miami, nyc, philadelphia, washington, "
    "washington dc, 뉴욕, 보스턴, 워싱턴, 애틀랜타, 마이애미",
    "America/Sao_Paulo": "brasilia, rio, rio de janeiro",
    "America/Toronto": "ottawa, montreal, quebec, 토론토",
    "America/Vancouver": "밴쿠버",
    "Asia/Bangkok": "방콕, 태국",
    "Asia/Dubai": "두바이",
    "Asia/Hong_Kong": "홍콩",
    "Asia/Ho_Chi_Minh": "hanoi, vietnam, 하노이, 호찌민, 호치민, 베트남",
    "Asia/Kolkata": "bangalore, bengaluru, chennai, delhi, hyderabad, india, mumbai, new delhi, pune",
    "Asia/Riyadh": "jeddah, mecca",
    "Asia/Seoul": "busan, daegu, daejeon, gwangju, incheon, korea, kst, south korea, suwon, ulsan, "
    "서울, 부산, 대구, 대전, 광주, 인천, 수원, 울산, 세종, 제주, 제주도, 고양, 용인, 성남, 창원, 청주, 전주, 천안, "
    "포항, 안산, 안양, 김해, 춘천, 강릉, 여수, 일산, 분당, 강남, 한국, 대한민국",
    "Asia/Shanghai": "beijing, china, guangzhou, shenzhen, 베이징, 북경, 상하이, 중국",
    "Asia/Singapore": "싱가포르",
    "Asia/Taipei": "타이베이, 대만",
    "Asia/Tokyo": "fukuoka, jst, kyoto, nagoya, osaka, sapporo, 도쿄, 동경, 오사카, 후쿠오카, 일본",
    "Australia/Melbourne": "멜버른",
    "Australia/Sydney": "시드니",
    "Europe/Berlin": "cologne, frankfurt, germany, hamburg, köln, leipzig, munich, münchen, stuttgart, "
    "베를린, 프랑크푸르트, 뮌헨, 독일",
    "Europe/Istanbul": "ankara, izmir",
    "Europe/London": "birmingham, edinburgh, england, glasgow, leeds, liverpool, manchester, uk, 런던, 영국",
    "Europe/Madrid": "barcelona, seville, spain, valencia",
    "Europe/Paris": "france, lyon, marseille, toulouse, 파리, 프랑스",
    "Europe/Rome": "florence, italy, milan, naples, turin, venice",
    "Europe/Zurich": "basel, bern, geneva, zürich",
}

LEAST_LETTERS = 4  # of a place that something follows: shorter ones begin too many other words
_NO_PLACES = {"Factory", "localtime"}  # a placeholder, and whatever the machine is set to

# Part-hour offsets have no Etc zone; these zones keep theirs all year (tz database 2026a).
_PART_HOURS = {
    -570: "Pacific/Marquesas",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
}

_OFFSET = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+\-−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")


def zone_of(text: str) -> ZoneInfo | None:
    """The zone that was meant, None where it is not known: "Asia/Seoul", "new york", "서울", "+09:00", "UTC-3", "utc".

    `.key` is what to store. An offset gives a zone that keeps it all year (Etc/GMT-9 is nine hours ahead of UTC), None
    where no place does.
    """
    words = _spelt(text)
    offset = _OFFSET.fullmatch(words)
    key = _fixed(_minutes(offset)) if offset else _keys().get(words) or _keys().get(_city(words))
    return ZoneInfo(key) if key else None


def is_bare_offset(text: str) -> bool:
    """Whether it is a sign and whole hours only, which may as well be an amount: "+1", not "+01:00" or "UTC+1"."""
    offset = _OFFSET.fullmatch(_spelt(text))
    return offset is not None and offset.start("sign") == 0 and not offset["minutes"]


def _spelt(text: str) -> str:
    """In small letters without accents, so that two ways of writing one place are equal."""
    apart = unicodedata.normalize("NFKD", text).casefold().replace("_", " ")
    plain = "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _city(words: str) -> str:
    """The known place that the words begin with, where a country or the like follows: "london uk"."""
    parts = words.replace(",", " ").split()
    begun = (" ".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((place for place in begun if len(place) >= LEAST_LETTERS and place in _keys()), "")


def _minutes(offset: re.Match[str]) -> int:
    ahead = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
    return ahead if offset["sign"] == "+" else -ahead


def _fixed(minutes: int) -> str | None:
    hours, rest = divmod(minutes, 60)
    if rest or not -12 <= hours <= 14:
        return _PART_HOURS.get(minutes)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"  # POSIX signs: west is positive


@cache
def _keys() -> dict[str, str]:
    """What people write -> IANA key. Of two zones with one city name, the shorter key is the one people mean."""
    zones = sorted(available_timezones() - _NO_PLACES, key=lambda key: (len(key), key), reverse=True)
    cities = {key.rsplit("/", 1)[-1]: key for key in zones if "/" in key and not key.startswith("Etc/")}
    written = {**cities, **{key: key for key in zones}}
    plain = {_spelt(name): key for name, key in written.items()}
    return {**plain, **{_spelt(place): key for key, places in _PLACES.items() for place in places.split(", ")}}
