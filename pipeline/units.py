"""Units that users choose and the pipeline does not use."""

from typing import Final

KG_PER_LB: Final = 0.45359237  # the international avoirdupois pound of 1959, exact
