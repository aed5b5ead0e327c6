"""What a command does, heard in plain words: "remind me every monday at 6pm", "i live in Seoul", "use pounds"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.reminding.once_words import once, snoozed_to
from bot.reminding.pause_words import paused_until
from bot.reminding.schedule_words import Problem, ScheduleError, parse, with_note
from bot.reminding.zones import zone_of

LONGEST_CHARS: Final = 120  # what is longer tells a story
_ANY_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)  # whether a time is told does not hang on the day
POLITE = (
    r"(?:(?:please|pls|plz|can you|can u|could you|would you|hey|ok|okay|i want you to|i'd like you to"
    r"|bye(?: for ?ever| now)?,?|let'?s)\s+)*"
)
KINDLY = r"(?:,?\s+(?:please|pls|plz|thanks|thx|bro|man|dude|coach|btw))*"
TRAIN = r"(?:\s+to (?:train|work ?out|exercise|go to the gym|lift))?"
ERRAND = r"(?:\s+to (?!mon|tue|wed|thu|fri|sat|sun|\d)(?P<what>[a-z][a-z' ]{1,40}?))?"  # "to squat", but "mon to fri"
DOING = re.compile(r"^(?:(?:do|for|to|have|hit|my|some|the|a) )+")  # what a note does without
ANY_TRAINING = re.compile(  # what every reminder is for: of it the message tells the last set instead
    r"(?:train(?:ing)?|work ?out|exercise|lift|gym|go(?: to (?:the )?gym)?|it|this|that|them)?(?: again)?"
)
DELETE = r"(?:delete|delet|del|remove|erase|drop|discard|scrap|throw (?:away|out))"
COUNT = r"(?:(?:the |my |your )?(?:counts?|reps?|number))"
ENTRY = r"(?:sets?|clips?|workout|video|one|entry|recording)"
DELETED = rf"(?:the |my )?(?:deletion|(?:last |deleted |removed )*{ENTRY}(?: i (?:just )?(?:deleted|removed))?)"
KOREAN_DELETED = r"(?:(?:방금 |마지막 )?(?:지운|삭제한) ?(?:세트|기록|거|것)|삭제|지운 ?거|방금)"
KOREAN_DELETE = r"(?:를|을|만)? ?(?:좀 )?(?:지워|삭제|빼|없애).*"
IN_UNIT = r"(?:kgs?|kilos?|kilograms?|lbs?|pounds?)"
UNIT = rf"(?P<set>{IN_UNIT})"
NUDGES = r"(?:reminders?|notifications?|nudges?|alerts?|reminding me|nudging me|notifying me)"
UNTIL = r"(?P<until>(?:for|until|till|til|this week|today).{0,40})"
KOREAN_UNTIL = r"(?P<until>(?:\S+ ){0,3}?\S*?(?:까지|동안|간|이번 ?주|오늘)(?:는|은)?)"
SILENCE = r"(?:잠시 |잠깐 )?(?:꺼|끄|멈춰|중지|쉬|보내지 ?마|하지 ?마|그만)\S*(?: ?(?:해 ?)?(?:줘|주세요|줄래))?(?:요)?"
AMOUNT = rf"\d{{1,4}}(?:[.,]\d{{1,2}})? ?{IN_UNIT}"
PATTERNS: Final[Mapping[str, tuple[str, ...]]] = {
    "remind": (
        rf"(?:(?:remind|ring|call|text|message|ping|nudge|notify|poke) me|set (?:up )?a reminder"
        rf"|send me a reminder){TRAIN}(?: for| on| at)?\s+"
        rf"(?P<when>.+?){ERRAND}",
        r"remind me to (?P<errand>.+)",
        r"(?:time|count|clock) (?:my |a |the )?(?:next )?(?:rest|break)(?: for| of|,)? (?P<when>.+)",
        r"(?:(?:set|start|give me|put)\s+)?(?:a |the |my )?(?:rest |break )?timer(?: for| of| on)?\s+(?P<when>.+)",
        r"(?:(?:set|start|give me|put)(?: on)?\s+)?(?:a |the |my )?(?P<when>\d+.+?) (?:rest |break )?timer",
        r"(?P<when>.+?)에? ?(?:운동 ?)?(?:하라고 ?)?(?:알려|알림|리마인드) ?"
        r"(?:줘|주게|주세요|설정|해 ?줘|해 ?주세요|설정 ?해 ?줘)(?:요)?",
        r"(?:(?:휴식|쉬는 ?시간) ?)?타이머 (?P<when>.+?)(?: ?(?:맞춰|설정해?|켜) ?(?:줘|주세요)?(?:요)?)?",
        r"(?P<when>\S.*?) ?(?:(?:휴식|쉬는 ?시간) ?)?타이머(?: ?(?:맞춰|설정해?|켜) ?(?:줘|주세요)?(?:요)?)?",
    ),
    "snooze": (
        r"(?:(?:hit )?snooze|remind me (?:again )?later|(?:ask|try|remind) me again)"
        r"(?: (?:it|this|that|the reminder))?(?P<off> .{1,30})?",
        r"(?P<off>\S.{0,20}?(?:분|시간) ?(?:뒤|후)에?) 다시(?: ?(?:알려|말해)(?: ?(?:줘|주세요))?(?:요)?)?",
        r"(?:이따가?|나중에) 다시 ?(?:알려|말해)(?: ?(?:줘|주세요))?(?:요)?",
    ),
    "pause": (
        rf"(?:pause|suspend|mute|snooze|hold|silence)(?: all)?(?: of)?(?: (?:my|the))? {NUDGES}(?: {UNTIL})?",
        rf"(?:skip|stop|cancel|turn off|disable|no(?: more)?)(?: all)?(?: of)?(?: (?:my|the))? {NUDGES} {UNTIL}",
        rf"pause {UNTIL}",
        rf"(?:don't|dont|do not) (?:remind|nudge|notify) me {UNTIL}",
        rf"skip (?P<until>today|this week)'?s {NUDGES}",
        rf"{KOREAN_UNTIL} ?(?:알림|리마인더)(?:을|를|은)? ?{SILENCE}",
        rf"(?:알림|리마인더)(?:을|를|은)? ?{KOREAN_UNTIL} ?{SILENCE}",
        r"(?:알림|리마인더)(?:을|를|은)? ?(?:잠시|잠깐|좀) ?(?:꺼|멈춰|쉬)\S*(?: ?(?:줘|주세요))?(?:요)?",
    ),
    "resume": (
        rf"(?:resume|unpause|un-pause|restart|turn (?:back )?on|continue|start)(?: all)?(?: (?:my|the))? {NUDGES}"
        r"(?: (?:again|back on|now))?",
        rf"turn (?:my |the )?{NUDGES} (?:back )?on(?: again)?|resume|end the pause|(?:remind|nudge) me again",
        r"(?:알림|리마인더)(?:을|를)? ?다시 ?(?:켜|시작|보내)\S*(?: ?(?:줘|주세요))?(?:요)?",
    ),
    "reminders": (
        r"(?:pause|skip|snooze|postpone|suspend|move|reschedule|change|cancel|stop)"
        r"(?: all)?(?: of)?(?: (?:my|the|these|today'?s|tomorrow'?s|this week'?s))? (?:\S+ )?"
        r"(?:reminders?|notifications?|nudges?|alerts?)(?: (?:for|until|till|to|while|during|this|next) .{1,40})?",
        r"(?:\S+ ){0,3}(?:알림|리마인더)(?:을|를|은)? ?(?:\S+ ){0,3}?(?:잠시 |잠깐 )?"
        r"(?:꺼|끄기|취소|멈춰|중지|쉬고|쉬게|미뤄|건너뛰|바꿔|그만)"
        r"(?: ?(?:줘|싶어|해 ?줘|주세요|해 ?주세요|줄래|볼래))?(?:요)?",
        r"(?:show|list|stop|cancel|delete|remove|turn off|disable|mute|end|no more|change|edit)(?: me| sending)*"
        r"(?: all)?(?: of)?(?: my| the| these| those)? (?:reminders?|notifications?|nudges?|alerts?)",
        r"(?:stop|cancel|delete|remove|turn off|change|edit) (?:my |the )(?:\S+ ){1,3}reminders?",
        r"(?:stop|quit) (?:reminding|nudging|notifying|pinging) me(?: .{1,30})?",
        r"(?:don't|dont|do not) remind me(?: any ?more)?",
        r"(?:what|which) reminders? (?:do i have|have i set|are (?:set|on|active))",
        r"(?:when|what)(?:'s| is) my next reminder",
        r"(?:what(?:'s| is|s| do i have)|is (?:there )?anything)(?: currently| still)?"
        r" (?:set|turned on|switched on|scheduled)(?: up)?(?: (?:right )?now| at the moment)?",
        r"(?:지금 |현재 )?(?:알림(?:은|이|으로)? )?(?:뭐|뭐가|무엇이|어떤 ?게|무슨 알림이|알림이?) ?"
        r"(?:켜져|설정돼|설정되어|예약돼|예약되어|맞춰져) ?있(?:어|나|지|어요|나요|죠|니)",
        r"(?:my |do i have (?:any )?)reminders?(?: set)?",
        r"(?:다음 )?(?:알림|리마인더) ?"
        r"(?:목록(?: ?보여)?|취소|꺼|끄기|보여|삭제|지워|그만|중지|멈춰|해제|언제야|언제예요)"
        r"(?:해|보내)?(?: ?(?:줘|주세요|해 ?줘|해 ?주세요))?",
    ),
    "settings": (
        r"(?:(?:show|open|change)(?: me)? )?(?:my |the )?settings|설정(?: ?보여 ?줘)?",
        r"(?:설정|시간대|단위|언어)(?:를|을)? ?(?:좀 )?"
        r"(?:바꿔 ?줘|바꾸고 ?싶어|바꿀래|변경(?:해 ?줘)?|어떻게 ?바꿔)(?:요)?",
        r"(?P<place>[a-z가-힣]\S*?)(?:이야|이에요|예요|입니다|이요)",
        r"(?:change|switch)(?: the| my)? (?:language|units?|time ?zone)",
        r"(?:i(?:'m| am| live| just moved| moved| have moved|'ve moved)(?: now)?(?: living| based)? (?:in|to)"
        r"|my (?:time ?zone|city) is(?: now)?|(?:set|change) my time ?zone to|time ?zone:?)\s+(?P<place>.+)",
        r"(?:저는 |나는 |난 |나 |저 )?(?P<place>\S+?)(?:에(?:서)?)? (?:살아|있어|살고 있어)(?:요)?",
        rf"(?:(?:use|switch to|change to|i use|i think in|set (?:the )?units? to) )?{UNIT}",
        rf"(?:how (?:do|can) i |can i )?(?:use|switch|change|set|show|display|give)(?: me)?"
        rf"(?: everything| it| all| all weights| (?:the |my )?(?:weights?|units?|numbers))?(?: over)?"
        rf" (?:to|in|into) {UNIT}(?: instead)?",
        r"(?:(?:speak|talk|use|switch to|change to|answer(?: me)? in)(?: in)? )?(?P<set>english|korean)(?: again)?",
        r"(?:change|switch|set)(?: the| my)? language(?: to)? (?P<set>english|korean)",
        r"i want (?P<set>english|korean)",
        r"(?:언어(?:를)? ?)?(?P<set>한국어|영어)로(?: ?(?:말해|답해|해|바꿔))?(?: ?줘| ?주세요)?(?:요)?",
        r"(?:단위(?:를)? ?)?(?P<set>파운드|킬로그램|킬로|kg|lb)로(?: ?(?:바꿔|보여|표시해|해))?"
        r"(?: ?줘| ?주세요)?(?:요)?",
    ),
    "convert": (
        rf"(?:how (?:much|many)(?: {IN_UNIT})? (?:is|are) |what(?:'?s| is| are) |convert )?"
        rf"(?P<amount>{AMOUNT} (?:in|to|into|as) {IN_UNIT})",
        rf"how many (?P<wanted>{IN_UNIT}) (?:is|are|in) (?P<amount>{AMOUNT})",
        r"(?P<amount>\d{1,4}(?:\.\d{1,2})? ?(?:kg|킬로|키로|lb|파운드))(?:는|은|이|가)? ?(?:몇 ?)?"
        r"(?P<wanted>kg|킬로|키로|lb|파운드)(?:로|야|예요|이야)?",
    ),
    **{
        name: (rf"(?:(?:show|give)(?: me)? )?(?:my |the )?{name}", *korean)
        for name, *korean in (
            ("help", r"(?:도움말|명령어)(?: ?목록)?(?: ?(?:보여|알려) ?줘)?(?:요)?"),
            ("history",),
            ("progress",),
            ("privacy",),
        )
    },
    "export": (
        r"(?:export|download|give me|send me)(?: all)?(?: of)? my data",
        r"(?:show|send|give) me (?:everything|all)(?: (?:that )?you (?:have|store|know|keep|saved?|stored)"
        r"(?: stored| saved)?)(?: about me| of mine| on me)?",
        r"(?:내|제|나의|저의) (?:데이터|기록|정보)(?:를|을)? ?(?:전부|모두|다)? ?(?:내보내|보내|다운로드).*",
    ),
    "forget": (
        r"(?:delete|erase|remove|wipe|forget)(?: all)?(?: of)? ?"
        r"(?:my (?:data|account|history|sets)"
        r"|(?:everything|all)(?: (?:that )?you (?:know|have|store|stored|saved?|kept)(?: stored| saved)?)?"
        r"(?: about me| of mine| on me)?|all about me|me)",
        r"(?:내|제|나의|저의) (?:데이터|기록|정보)(?:를|을)? ?(?:전부|모두|다)? ?(?:지워|삭제).*",
    ),
    "undo": (
        rf"(?:undo|take (?:that|it) back|revert)(?: (?:that|this|it|the last one|{DELETED}))?",
        rf"undelete|(?:undelete|restore|recover|bring back|get back) (?:that|this|it|{DELETED})",
        rf"(?:(?:no|nah|wait|sorry|actually|oops),? )?(?:bring|get|put|change|set|switch|turn|i want|give me)"
        rf" (?:that|it|this|{COUNT}|{DELETED}) back(?: to (?:what|how|the way) it was(?: before)?)?",
        rf"go back to (?:what it was|the (?:old|first|original) (?:one|{COUNT}))(?: before)?",
        rf"(?:oops,? )?i (?:deleted|removed) (?:it|that|the wrong {ENTRY}|{DELETED})"
        r" ?(?:by (?:accident|mistake)|accidentally)?",
        rf"(?:아니,? |앗,? )?(?:(?:{KOREAN_DELETED}|횟수|개수)(?:을|를)? ?)?(?:다시 |도로 )?"
        r"(?:되돌려|취소|복구|다시 ?살려|원래대로|돌려놔|돌려 놔)(?: ?(?:해|바꿔|돌려|되돌려|고쳐|놔))?"
        r"(?: ?줘| ?주세요)?(?:요)?",
        rf"(?:{KOREAN_DELETED} )?(?:실수로|잘못) ?(?:지웠|삭제했)(?:어|어요|네|네요)",
    ),
    "remove": (
        rf"{DELETE} (?:that|this|it)",
        rf"{DELETE} (?:this|that|(?:the|my) (?:last|latest|newest)|last|latest) {ENTRY}(?: again)?",
        rf"(?:이|그|지난|마지막|방금|최근)(?: ?번)? ?(?:한 ?)?(?:세트|기록|영상|운동|거|것|건)?{KOREAN_DELETE}",
    ),
    "remove_which": (
        rf"(?:(?:how (?:do|can) i|can i|i want to) )?{DELETE} (?:just |only )?(?:a |one |an |the |my )?(?:\S+ ){{0,3}}"
        rf"{ENTRY}(?: \d+)?(?: (?:from|of|on) \S+(?: \S+)?)?",
        rf"(?:\S+ ){{0,2}}세트(?: ?(?:하나|한 ?개))?(?:만|를|을)?{KOREAN_DELETE}",
    ),
}
CALLED: Final = re.compile(
    r"\b(?:remind|ping|poke|nudge|wake|ring|buzz) me\b|\b(?:alarm|reminder) (?:for|on|at|me)\b"
    r"|(?:알림|알람|깨워).*(?:줘|주세요|주실|ㄱㄱ|해|부탁)"
    r"|(?:아침|저녁|밤|새벽|오전|오후|\d ?시|[한두세네섯곱덟홉열] ?시).*알려.*(?:줘|주세요|주실)"
)
ABOUT_ONE: Final = re.compile(
    r"^(?:did|do|does|why|how|what|when|which|is|are|was|have|has)\b|\b(?:don't|dont|do not|stop|cancel|scratch)\b"
    r"|\bremind me (?:again )?(?:what|how|which|when|who|where|of)\b|몇|뭐|어떻|왜|취소|꺼|기록|지난|저번|했"
)
AN_HOUR: Final = re.compile(r"\bat \d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?\b")
WORD: Final = re.compile(r"[^\s,.!?]+(?:[.:]\d+\S*)?")
MOST_OF_A_TIME: Final = 6  # words: "every mon wed fri at 18:00"
COMPILED: Final = {
    command: tuple(re.compile(POLITE + rf"(?:{pattern}){KINDLY}[.!? ]*") for pattern in patterns)
    for command, patterns in PATTERNS.items()
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A command and what stands behind it."""

    command: str
    argument: str = ""


def wish(text: str) -> Wish | None:
    """The command whose work the whole text asks for; None for all other talk, and for a day or a place not known."""
    said = " ".join(text.replace("’", "'").casefold().split())
    if len(said) > LONGEST_CHARS:
        return None
    found = ((command, pattern.fullmatch(said)) for command, patterns in COMPILED.items() for pattern in patterns)
    wishes = (_meant(command, match) for command, match in found if match)
    return next((one for one in wishes if one), None) or _reminder_within(said)


def _reminder_within(said: str) -> Wish | None:
    """A reminder that is asked for among other words: "ok redo tomorrow after school remind me at 4". The most words in
    a row that tell a time are it; who asks about a reminder wants none."""
    if not CALLED.search(said) or ABOUT_ONE.search(said):
        return None
    told = WORD.findall(said)
    spans = [" ".join(told[at : at + size]) for size in range(MOST_OF_A_TIME, 0, -1) for at in range(len(told))]
    hours = [match.group() for match in AN_HOUR.finditer(said)]
    apart = (f"{day} {hour}" for day in spans if len(day.split()) == 1 for hour in hours)
    return next((Wish("remind", when) for when in (*spans, *apart) if _is_whole_time(when)), None)


def _meant(command: str, match: re.Match[str]) -> Wish | None:
    groups = match.groupdict()
    if "when" in groups:
        when = groups["when"]
        return Wish(command, _with_errand(when, groups.get("what") or "")) if _is_time(when) else None
    if "errand" in groups:
        day = _day_behind(groups["errand"])
        return Wish(command, _with_errand(day, groups["errand"].removesuffix(day))) if day else None
    if command in _SPANS:
        span = next((said.strip() for said in groups.values() if said), "")
        return Wish(command, span) if not span or _SPANS[command](span) else None
    if "place" in groups:
        return Wish(command, groups["place"]) if zone_of(groups["place"]) else None
    if "amount" in groups:
        return Wish(command, f"{groups['amount']} in {groups['wanted']}" if "wanted" in groups else groups["amount"])
    return Wish(command, groups.get("set") or "")


def _with_errand(when: str, errand: str) -> str:
    """The time with what the reminder is for behind it, as /remind takes it; the time alone where that is training as
    such, or would be read as a part of the time."""
    note = DOING.sub("", errand.strip(" ,."))
    whole = f"{when} {note}"
    return when if ANY_TRAINING.fullmatch(note) or with_note(whole, _told)[0] != when else whole


def _told(text: str) -> object:
    return once(text, _ANY_DAY, UTC) or parse(text)


def _day_behind(errand: str) -> str | None:
    """The days and time that end what somebody is to be reminded of: "do my squats tomorrow at 6pm"."""
    words = errand.split()
    tails = (" ".join(words[start:]) for start in range(1, len(words)))
    return next((tail for tail in tails if _is_time(tail)), None)


def _is_pause(text: str) -> bool:
    """Whether it says until when; a day that is past is told to be."""
    try:
        return bool(paused_until(text, _ANY_DAY.date()))
    except ScheduleError as error:
        return error.problem is not Problem.UNKNOWN_WORD


def _is_delay(text: str) -> bool:
    """Whether it says how long from now, or until when today."""
    try:
        return bool(snoozed_to(text, _ANY_DAY, UTC))
    except ScheduleError:
        return False


_SPANS: Final = {"pause": _is_pause, "snooze": _is_delay}


def _is_whole_time(text: str) -> bool:
    """Whether days and an hour are told, or how long from now."""
    try:
        return once(text, _ANY_DAY, UTC) is not None or bool(parse(text))
    except ScheduleError:
        return False


def _is_time(text: str) -> bool:
    """Whether days are told, or how long from now: what is then still missing is asked for."""
    try:
        return once(text, _ANY_DAY, UTC) is not None or bool(parse(text))
    except ScheduleError as error:
        return error.problem not in (Problem.NO_DAYS, Problem.UNKNOWN_WORD)
