"""Checks of cues: what gives the key away to those who have not read the passage."""

CHECKS = ()
