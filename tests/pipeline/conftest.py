"""The pipeline's tests film with the rendered athlete's studio."""

from tests.athlete.fixtures import studio

__all__ = ["studio"]
