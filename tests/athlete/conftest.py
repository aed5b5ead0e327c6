"""The athlete's own tests film with the studio, as others do."""

from tests.athlete.fixtures import studio

__all__ = ["studio"]
