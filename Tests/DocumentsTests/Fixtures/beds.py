#!/usr/bin/env python3
"""Plans the beds of the garden."""
import math

WIDTH = 1.2


class Bed:
    """A bed of the garden."""

    def __init__(self, length):
        self.length = length

    def area(self):
        # In square metres.
        return self.length * WIDTH


def beds_for(area):
    return math.ceil(area / Bed(4).area())
