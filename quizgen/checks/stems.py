"""Checks of what is asked: stems, statements, and the texts of clozes."""

CHECKS = ()
