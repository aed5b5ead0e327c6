"""What a command does, asked for in plain words: "remind me every monday at 6pm", "i live in Seoul", "use pounds"."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from telegram import Message, Update
from telegram.ext import ContextTypes
from telegram.ext.filters import MessageFilter

from bot.account import AccountHandlers
from bot.history import HistoryHandlers
from bot.reminders import ReminderHandlers
from bot.removal import Removal
from bot.schedule_words import Problem, ScheduleError, parse
from bot.sentences import say
from bot.services import Services
from bot.zones import zone_of

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[None]]
BY_NAME: Final = ("help", "history", "progress", "privacy")  # commands that are called as they are
LONGEST_CHARS: Final = 120  # what is longer tells a story
POLITE = r"(?:(?:please|pls|can you|could you|would you|hey|ok|okay|i want you to|i'd like you to)\s+)*"
TRAIN = r"(?:\s+to (?:train|work ?out|exercise|go to the gym|lift))?"
DELETE = r"(?:delete|remove|erase|drop|discard|scrap|throw (?:away|out))"
ENTRY = r"(?:sets?|clips?|workout|video|one|entry|recording)"
KOREAN_DELETE = r"(?:를|을|만)? ?(?:좀 )?(?:지워|삭제|빼|없애).*"
UNIT = r"(?P<set>kgs?|kilos?|kilograms?|lbs?|pounds?)"
PATTERNS: Final[Mapping[str, tuple[str, ...]]] = {
    "remind": (
        rf"(?:remind me|set (?:up )?a reminder|send me a reminder|nudge me){TRAIN}(?: for| on| at)?\s+"
        rf"(?P<when>.+?){TRAIN}",
        r"(?P<when>.+?)에? ?(?:운동 ?)?(?:하라고 ?)?(?:알려|알림|리마인드) ?"
        r"(?:줘|주세요|설정|해 ?줘|해 ?주세요|설정 ?해 ?줘)(?:요)?",
    ),
    "reminders": (
        r"(?:show|list|stop|cancel|delete|remove|turn off|change|edit)(?: me)?(?: all)?(?: my| the)? reminders?",
        r"알림 ?(?:목록|취소|꺼|끄기|보여|삭제|지워)(?: ?(?:줘|주세요|해 ?줘))?",
    ),
    "settings": (
        r"(?:(?:show|open|change)(?: me)? )?(?:my |the )?settings|설정(?: ?보여 ?줘| ?바꿔 ?줘)?",
        r"(?:i(?:'m| am| live| just moved| moved| have moved|'ve moved)(?: now)?(?: living| based)? (?:in|to)"
        r"|my (?:time ?zone|city) is(?: now)?|(?:set|change) my time ?zone to|time ?zone:?)\s+(?P<place>.+)",
        r"(?:저는 |나는 |난 )?(?P<place>\S+?)에(?:서)? 살아(?:요)?",
        rf"(?:use|switch to|change to|i use|i think in|set (?:the )?units? to) {UNIT}",
        r"(?:(?:speak|talk|use|switch to|change to|answer(?: me)? in)(?: in)? )?(?P<set>english|korean)",
        r"(?P<set>한국어|영어)로(?: ?(?:말해|답해|해|바꿔))?(?: ?줘| ?주세요)?(?:요)?",
    ),
    **{
        name: (rf"(?:(?:show|give)(?: me)? )?(?:my |the )?{name}",)
        for name in ("help", "history", "progress", "privacy")
    },
    "export": (
        r"(?:export|download|give me|send me)(?: all)?(?: of)? my data",
        r"내 (?:데이터|기록) ?(?:전부|모두|다)? ?(?:내보내|보내|다운로드).*",
    ),
    "forget": (
        r"(?:delete|erase|remove|wipe|forget)(?: all)?(?: of)? ?"
        r"(?:my (?:data|account)|everything(?: about me| of mine)?|all about me|me)",
        r"내 (?:데이터|기록) ?(?:전부|모두|다)? ?(?:지워|삭제).*",
    ),
    "undo": (
        r"(?:undo|take (?:that|it) back|revert)(?: (?:that|this|it|the last one))?",
        r"(?:되돌려|취소)(?: ?줘| ?주세요| ?해 ?줘)?",
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
COMPILED: Final = {
    command: tuple(re.compile(POLITE + rf"(?:{pattern})(?:\s+please)?[.!? ]*") for pattern in patterns)
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
    return next((one for one in wishes if one), None)


def _meant(command: str, match: re.Match[str]) -> Wish | None:
    groups = match.groupdict()
    if "when" in groups:
        return Wish(command, groups["when"]) if _is_time(groups["when"]) else None
    if "place" in groups:
        return Wish(command, groups["place"]) if zone_of(groups["place"]) else None
    return Wish(command, groups.get("set") or "")


def _is_time(text: str) -> bool:
    """Whether days of the week are told: what is then still missing is asked for."""
    try:
        parse(text)
    except ScheduleError as error:
        return error.problem not in (Problem.NO_DAYS, Problem.UNKNOWN_WORD)
    return True


class _Wished(MessageFilter):
    """Lets through texts that are a wish."""

    def filter(self, message: Message) -> bool:
        """See MessageFilter."""
        return bool(message.text) and wish(message.text or "") is not None


WISHED: Final = _Wished()


class Wishes:
    """Does what was wished for, as the command would; of what no command does it says what there is instead."""

    def __init__(
        self,
        services: Services,
        reminders: ReminderHandlers,
        account: AccountHandlers,
        history: HistoryHandlers,
        removal: Removal,
    ) -> None:
        self._services = services
        self._commands: Mapping[str, Handler] = {
            "remind": reminders.remind,
            "reminders": reminders.list,
            "settings": account.settings,
            "help": account.help,
            "privacy": account.privacy,
            "history": history.history,
            "progress": history.progress,
            "export": account.export,
            "forget": account.forget,
            "remove": removal.wished,
            "remove_which": removal.explain,
        }

    async def grant(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The wish is fulfilled."""
        message = update.effective_message
        found = wish(message.text or "") if message else None
        if message is None or found is None:
            return
        if found.command in self._commands:
            context.args = found.argument.split()
            await self._commands[found.command](update, context)
            return
        user = await self._services.meet(update)
        await message.reply_html(say(user.language, "talk.undo"))
