"""The outlet on loopback, with the complete truth of every record that it plants."""

from tests.replica.client import Replica

__all__ = ["Replica"]
