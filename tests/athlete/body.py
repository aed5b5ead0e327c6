"""Who is filmed: lengths of bone, girth, skin, hair and clothes.

Segment lengths are shares of stature after Drillis and Contini (1966), as given by Winter, Biomechanics and Motor
Control of Human Movement, figure 4.1; the factors of a `Body` bend them within what people differ by.
"""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[float, float, float]  # red, green, blue, 0..255


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one person. Sleeves and shorts end at a share of the bone they cover; 0 leaves it bare."""

    skin: Colour = (198, 142, 110)
    hair: Colour = (46, 32, 26)
    shirt: Colour = (226, 96, 62)
    shorts: Colour = (38, 46, 66)
    shoe: Colour = (236, 236, 232)
    sole: Colour = (214, 92, 60)
    sleeve: float = 0.42
    trouser: float = 0.55
    bun: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths in metres are `stature_m` times a share; `legs`, `arms`, `shoulders` and `girth` are factors about 1."""

    stature_m: float = 1.76
    legs: float = 1.0
    arms: float = 1.0
    shoulders: float = 1.0
    girth: float = 1.0
    look: Look = Look()

    def __post_init__(self) -> None:
        if not 1.3 <= self.stature_m <= 2.2:
            raise ValueError(f"stature_m is that of a person, got {self.stature_m}")

    @property
    def thigh_m(self) -> float:
        return 0.245 * self.stature_m * self.legs

    @property
    def shin_m(self) -> float:
        return 0.246 * self.stature_m * self.legs

    @property
    def ankle_height_m(self) -> float:
        return 0.045 * self.stature_m

    @property
    def foot_m(self) -> float:
        """From below the ankle to the tip of the toes."""
        return 0.115 * self.stature_m

    @property
    def sole_m(self) -> float:
        """How far above the floor the landmarks of toes and heel are in a flat foot."""
        return 0.012 * self.stature_m

    @property
    def heel_m(self) -> float:
        """From below the ankle back to the heel."""
        return 0.03 * self.stature_m

    @property
    def hip_half_width_m(self) -> float:
        return 0.0545 * self.stature_m

    @property
    def trunk_m(self) -> float:
        """From the middle of the hips to the middle of the shoulders."""
        return 0.288 * self.stature_m

    @property
    def shoulder_half_width_m(self) -> float:
        return 0.106 * self.stature_m * self.shoulders

    @property
    def upper_arm_m(self) -> float:
        return 0.172 * self.stature_m * self.arms

    @property
    def forearm_m(self) -> float:
        return 0.146 * self.stature_m * self.arms

    @property
    def arm_m(self) -> tuple[float, float]:
        """Upper arm and forearm."""
        return self.upper_arm_m, self.forearm_m

    @property
    def hand_m(self) -> float:
        return 0.1 * self.stature_m * self.arms

    @property
    def neck_m(self) -> float:
        """From the middle of the shoulders to the middle of the head."""
        return 0.118 * self.stature_m


PEOPLE: dict[str, Body] = {
    "medium": Body(),
    "tall": Body(
        stature_m=1.93,
        legs=1.04,
        girth=0.94,
        look=Look(skin=(112, 74, 54), hair=(22, 18, 18), shirt=(240, 240, 236), shorts=(30, 92, 120), sleeve=0.0),
    ),
    "short": Body(
        stature_m=1.60,
        legs=0.97,
        shoulders=0.93,
        girth=0.96,
        look=Look(
            skin=(232, 190, 166), hair=(120, 74, 44), shirt=(58, 128, 132), shorts=(40, 40, 48), trouser=0.98, bun=True
        ),
    ),
    "stocky": Body(
        stature_m=1.72,
        shoulders=1.06,
        girth=1.16,
        look=Look(skin=(164, 112, 82), hair=(30, 26, 26), shirt=(70, 76, 92), shorts=(126, 44, 48)),
    ),
}
