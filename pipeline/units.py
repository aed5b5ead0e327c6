"""Units that people use and the pipeline does not."""

from typing import Final

KG_PER_LB: Final = 0.45359237  # the international avoirdupois pound of 1959, exact
