"""A question heard as what it can be of, where little speaks for its target: of a plank no repetition is asked, care is
for what ails, and form for who wants to know how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.hearing.exercise_asked import other_exercise
from bot.coach.hearing.intents import MOODS, THRESHOLDS, Question
from bot.coach.hearing.openers import asks
from bot.coach.hearing.told import part_in_question
from bot.coach.hearing.unsure import OF_BLOWS, OF_HOLDS, OF_REPS
from bot.coach.language import load
from bot.coach.words import folded, is_korean, words

OF_A_PART = frozenset(  # of the body: its name is said as often where its form is asked of
    f"topic:{part}_care" for part in ("knee", "shoulder", "back", "wrist_elbow", "hip_ankle")
)
AILS = re.compile(
    r"\b(?:pain\w*|hurt\w*|ach\w+|sore\w*|stiff\w*|click\w*|crack\w*|pop(?:s|ping)?|pinch\w*|tight\w*|injur\w+|cramp\w*|pulled|op"
    r"|surgery|operat\w+|swell\w*|swollen|torn|strain\w*|sprain\w*|bad|dodgy|trick\w*|cranky|bother\w*|twing\w+"
    r"|tweak\w*|niggl\w+|grumpy|touchy|numb|burn\w*|complain\w*|wobbly|funny|weird|beat|fried|toast|shot|heavy|tired"
    r"|grumbl\w*|moan\w*|protest\w*|play(?:s|ing) up|weak|off|uncomfortable|care|protect|safe|physio\w*|doctor)\b"
    r"|아[파프픈팠]|통증|쑤[셔시]|시[큰려]|뻐근|결[려리]|불편|수술|다[쳤친치]|저[려리린]|찌릿|욱신|쥐 ?[가난나]"
    r"|삐[끗었]|부었|붓|안 ?좋|걱정|뻣뻣|소리|당[겨기긴]|뭉[쳐쳤치]|경련"
)
FEELS: Mapping[str, re.Pattern[str]] = {  # said in so many words, whatever else is
    "sad": re.compile(
        r"\b(?:feel(?:ing)?|felt) (?:so |really |a bit |pretty |quite |very )*(?:down|blue|sad|depressed|miserable)\b"
        r"|우울|슬[퍼프픈픕]|서러[워운]"
    ),
    "ashamed": re.compile(r"\b(?:embarrass(?:ed|ing)|ashamed|self-conscious)\b|부끄[럽러]|창피|쑥스"),
    "angry": re.compile(
        r"\b(?:feel(?:ing)?|felt|i'm|im|i am|so|really) (?:so |really |a bit |pretty |quite |very )*"
        r"(?:discouraged|demotivated|disheartened|frustrated|annoyed|pissed off|fed up|gutted|disappointed)\b"
        r"|속상|낙담|좌절|답답하[네다]|제자리(?:걸음)? ?(?:같|라|인)"
    ),
}
OF_FORM = re.compile(
    r"\b(?:how(?! (?:many|much|long|fast|slow|heavy|often|old))|form|technique|correct\w*|proper\w*|right|wrong|tips?"
    r"|cues?|where|hands?|elbows?|feet|grip|teach|learn|explain|mistakes?|start\w*|begin\w*|hard|easier|set ?up"
    r"|position|do)\b|자세|방법|어떻게|하는 ?법|팁|요령|제대로|정확|손|팔꿈치|발|시작|힘들|쉽"
)
OF_THE_PAST = re.compile(  # of what was done, not of what should be
    r"^(?!.*\b(?:should|shall|would|could|can|do i|is it|how to|to (?:get|do|be))\b).*\b(?:was|were|did|had|went|got)\b"
    r"|^(?!.*(?:까|해야|하면|돼|되나|좋)).*(?:[했였었갔됐왔섰렸쳤켰]|느려졌|빨라졌)"
)
OF_A_HOLD = re.compile(r"\b(?:hold|held|holding|hang|hung|hanging|plank\w*|sit)\b|버[티텼틴]|매달|플랭크")
PICTURED = re.compile(r"\b(?:photo|picture|pic|image|pose)s?\b|사진|포즈|자세")
OF_PHOTOS = frozenset({"verdict", "fix", "line", "angles", "pose_name"})
ADVISED = re.compile(r"(?:and |so |but |ok )*(?:how (?:do|can|could|should|would) i|how to|what (?:do|should) i do)\b")
COUNTED_OR_TIMED = frozenset({"count", "hold", "tension", "verdict", "when_last", "slowest", "rep", "session_count"})
TOLD = MOODS | {"plan", "thanks", "ack"}  # which no question does
HELPS = re.compile(
    r"(?:and |so |but |ok )*(?:do|does|would|will|can|are|is) [a-z -]{3,30}? "
    r"(?:help(?:ful)?|useful|any good|any use|worth it|worth doing)"
    r"(?: (?:me|too|with (?:it|that|this)|for (?:it|that|this)))?[?!. ]*$"
    r"|what (?:is|are|do|does) [a-z -]{3,30}? (?:good for|work|do for (?:me|you)|used for|for)[?!. ]*$"
    r"|[가-힣 ]{2,20}(?:이|가|은|는|도)? ?(?:도움 ?(?:이|은)? ?(?:돼|되|될)|효과 ?(?:가|는)? ?있)[가-힣 ]{0,6}[?!. ]*$"
)
LOAD_WANTED = re.compile(
    r"\b(?:should|shall|could) i (?:drop|go|move|step|jump|come)(?: back| up| down| on)* to \d{1,3}(?:\.\d)?"
    r" ?(?:kgs?|kilos?|lbs?|pounds?)\b"
    r"|\d{1,3}(?:\.\d)? ?(?:키로|킬로|kg)(?:으?로|까지)? ?(?:내릴|낮출|줄일|올릴|늘릴|갈)(?:까|래)"
)
A_KIND = re.compile(
    r"\b(?:it'?s|it is|it was|that'?s|that was|this is|this was|were) (?:really |even )?(?:an? )?(?!\d)"
    r"|(?:이|가)? ?맞[아나는]"
)
HOW_SURE = re.compile(
    r"\bhow (?:far|much) off (?:can|could|might|may|would) (?:that|this|it|they|those)\b"
    r"|\bmargin of error\b|\berror (?:bars?|margin)\b|오차"
)
HOW_MANY = re.compile(r"\bhow many\b|몇 ?(?:개|번|회)")
OF_WHICH_JOINT = re.compile(
    r"\b(?:degrees?|deg|angle)\b.{0,4} of what\b|°.{0,4} of what\b|\b(?:is|was|are) (?:which|what) (?:joint|angle)\b"
    r"|\b(?:which|what) (?:joint|angle) (?:is|was|are|were) (?:it|that|this|those)\b"
    r"|\bwhat(?:'s| is| are| does| do)(?: the| that| those)? \d{1,3} ?(?:degrees|°)"
    r"|\d{1,3} ?도(?:면|가|는|란)?.{0,8}(?:뭐|뭔|무슨|무엇|어디|어느)|(?:무슨|어느|어디) ?(?:관절|각도)"
)
OF_ANY_POSE = frozenset({"pose", "left", "right", "the", "in", "자세", "포즈"})
FELT = (MOODS - {"glad"}) | {"off_topic", "topic:banter", "greeting"}  # rather unheard than mistaken
MET = frozenset({"apology", "ashamed", "bored", "angry"})  # whose answer hurts nobody who meant less
LEAST_MET = 0.3
SOCIAL = TOLD | FELT | {"praise", "arrived"}
LEAST_ASKED = 0.25
OF_ANOTHER_FORM = 0.3  # a guess
NEARLY, SURELY_MEANT = 0.7, 0.75
WORDS_OF_A_POSE = 6
FEW_WORDS = 2  # "push ups?" is of how they are done


def fitting(asked: Question, facts: Facts) -> Question:
    """The question with the likeliest target that can be meant; the same one where more than likeness told its target,
    or where it is sure."""
    if OF_WHICH_JOINT.search(folded(asked.text)):
        return replace(asked, target="which_joint", score=1.0, rep=None, reps=())
    if _names_the_pose(asked, facts):
        return replace(asked, target="verdict", score=1.0)
    asked = _cared_for(_doubting(_helping(_timed(_of_the_name(_loaded(asked), facts), facts))))
    if (felt := _felt(asked)) is not None:
        return replace(asked, target=felt, score=THRESHOLDS.sure, likely=((felt, THRESHOLDS.sure),))
    by_likeness = asked.likely[:1] == ((asked.target, asked.score),)
    of_form = asked.target is not None and asked.target.endswith("_form")  # the exercise's name outweighs the rest
    measured = asked.target in COUNTED_OR_TIMED
    surely = SURELY_MEANT if measured or asked.topic or asked.target in TOLD else THRESHOLDS.sure
    if not by_likeness or (asked.score >= surely and not of_form):
        return asked
    said = folded(asked.text)
    if of_form and not _names_its_exercise(asked, said, facts):
        return replace(asked, target="fix", score=OF_ANOTHER_FORM, likely=(("fix", OF_ANOTHER_FORM), *asked.likely))
    ails = AILS.search(said) is not None
    asking = asks(asked.text)
    advised = ADVISED.match(said) is not None
    how = len(said.split()) <= FEW_WORDS or OF_FORM.search(said) is not None
    left = tuple(
        (target, score)
        for target, score in asked.likely
        if _is_of(target, facts)
        and (ails or target not in OF_A_PART)
        and (how or not target.endswith("_form"))
        and not (advised and target in COUNTED_OR_TIMED)
        and (score >= (LEAST_MET if target in MET else THRESHOLDS.heard) or target not in FELT)
        and not (asking and target in TOLD)
    )
    left = _not_merely_social(_of_the_photo(left, facts, said))
    if of_form and not (left and left[0][1] >= THRESHOLDS.known):
        return replace(asked, target="count", score=THRESHOLDS.heard) if HOW_MANY.search(said) else asked
    if not left or left[0][1] < THRESHOLDS.known:
        return replace(asked, target=None, likely=left)
    target, score = next(filter(_is_measured, _close(left)), left[0]) if OF_THE_PAST.search(said) else left[0]
    return replace(asked, target=target, score=score, likely=left)


def _names_the_pose(asked: Question, facts: Facts) -> bool:
    """Whether a message that nothing else explains names the pose of the photo: "how's my down dog"."""
    if facts.photo is None or asked.exercise or not (asked.target is None or asked.topic or asked.target in FELT):
        return False
    label = {one for one in words(facts.photo.label) if one not in OF_ANY_POSE}
    return bool(label & set(words(asked.text))) and len(asked.text.split()) <= WORDS_OF_A_POSE


def _felt(asked: Question) -> str | None:
    """How somebody says to feel, who asks nothing beside it."""
    if asks(asked.text) or (asked.target in MOODS and asked.score >= THRESHOLDS.heard):
        return None
    said = folded(asked.text)
    return next((mood for mood, pattern in FEELS.items() if pattern.search(said)), None)


def _loaded(asked: Question) -> Question:
    """ "Should i drop to 45 kg" asks for a load, whatever else it is like."""
    return replace(asked, target="next_weight", score=1.0) if LOAD_WANTED.search(folded(asked.text)) else asked


def _of_the_name(asked: Question, facts: Facts) -> Question:
    """ "Are you sure it's a row at all" doubts what it was taken for, not how many there were."""
    this, said = facts.this, folded(asked.text)
    named = this is not None and asked.target == "doubts" and (asked.exercise or this.label.split()[-1] in said)
    named = named and other_exercise(asked, facts) is None
    return replace(asked, target="exercise") if named and A_KIND.search(said) else asked


def _doubting(asked: Question) -> Question:
    """ "How far off can that be" asks how accurate the numbers are."""
    return replace(asked, target="topic:accuracy", score=1.0) if HOW_SURE.search(folded(asked.text)) else asked


def _helping(asked: Question) -> Question:
    """ "Do dips help?" asks what they are for, not how they are done."""
    helps = asked.exercise and HELPS.match(folded(asked.text).strip())
    return replace(asked, target="topic:muscles", score=1.0) if helps else asked


def _cared_for(asked: Question) -> Question:
    """ "Are swings ok with a bad back?" asks for care, whichever exercise it names."""
    topic = load("data/adapt.toml")["topics"].get(part_in_question(asked.text))
    return replace(asked, target=f"topic:{topic}", exercise=None, score=1.0) if topic else asked


def _timed(asked: Question, facts: Facts) -> Question:
    """ "Time?" after repetitions is of the set, not of a hold, where no word for holding is said."""
    this = facts.this
    if this is None or this.is_hold or this.is_round or facts.photo or asked.exercise not in (None, this.exercise):
        return asked
    likely = {target: score for target, score in asked.likely if target != "tension"}
    if "hold" not in likely or OF_A_HOLD.search(folded(asked.text)):
        return asked
    likely = {"tension" if target == "hold" else target: score for target, score in likely.items()}
    return replace(asked, target="tension" if asked.target == "hold" else asked.target, likely=tuple(likely.items()))


def _names_its_exercise(asked: Question, said: str, facts: Facts) -> bool:
    """Whether the form that seems to be asked of is that of an exercise which is named, or of the set in question:
    "elbows in or out" after rows is not of the bench press."""
    if asked.exercise or facts.this is None or facts.photo:
        return True
    of = (asked.target or "").removeprefix("topic:").removesuffix("_form").rstrip("s")
    return of in facts.this.exercise or any(word in said for word in of.split("_")) or is_korean(said)


def _of_the_photo(likely: tuple[tuple[str, float], ...], facts: Facts, said: str) -> tuple[tuple[str, float], ...]:
    """The targets that a photo tells first, where one speaks of it and nearly as much speaks for them."""
    if facts.photo is None or not PICTURED.search(said):
        return likely
    told = [one for one in _close(likely) if one[0] in OF_PHOTOS]
    return (*told, *(one for one in likely if one not in told))


def _not_merely_social(likely: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The targets without a half-heard thank you or cheer at their head, where nearly as much speaks for what was
    measured: "6, up one from sunday, sweet"."""
    asked = [one for one in _close(likely) if _is_measured(one) and one[0] not in SOCIAL and one[1] >= LEAST_ASKED]
    if not asked or likely[0][0] not in SOCIAL or likely[0][1] >= THRESHOLDS.heard:
        return likely
    return tuple(one for one in likely if one[0] not in SOCIAL)


def _close(likely: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The targets for which nearly as much speaks as for the first."""
    return tuple(one for one in likely if one[1] >= NEARLY * likely[0][1])


def _is_measured(one: tuple[str, float]) -> bool:
    return not one[0].startswith("topic:")


def _is_of(target: str, facts: Facts) -> bool:
    """Whether a target can be of the set that is spoken of; where there is none, all can."""
    this = facts.this
    if target in ("session", "session_best") and len(facts.session) == 1 and not facts.photo:
        return False
    if this is None or facts.photo or this.is_round:
        return True
    return target not in ((OF_REPS | OF_BLOWS) - {"tempo"} if this.is_hold else OF_HOLDS | OF_BLOWS)
