"""The types of arrays, and checks that the values share: a condition with its message, and read-only arrays."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]  # what networks read


def require(condition: bool, message: str) -> None:
    """Raise ValueError with this message unless the condition holds."""
    if not condition:
        raise ValueError(message)


def frozen_array(values: npt.ArrayLike) -> Array:
    """A read-only copy of the values as float64, of the same shape."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
