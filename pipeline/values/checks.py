"""What the values are held to when they are made: a condition with its message, and arrays nobody can write to."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def require(condition: bool, message: str) -> None:
    """Return where the condition holds. Raises ValueError with the message where it does not."""
    if not condition:
        raise ValueError(message)


def frozen_array(values: npt.ArrayLike) -> Array:
    """A copy of the values as floats, of their own shape, that cannot be written to."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
