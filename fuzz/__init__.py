"""Fuzzing (`make fuzz`): bytes that no author would write, and what must hold for every one of them."""
