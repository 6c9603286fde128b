"""How the tests run: which examples the laws are held against.

By default the same ones every time, so that a run that fails today fails tomorrow. With QUIZGEN_EXAMPLES=n there are n
new ones for each law, which is how new faults are found (`make laws`). A failing example is shown as it was found;
QUIZGEN_SHRINK=1 makes it small first, which takes minutes where a page is made for each try.
"""

import functools
import gc
import os
import tempfile

from hypothesis import HealthCheck, Phase, settings

# What `check` remembers from run to run must not come from another run of the tests, nor go into the user's own folder.
os.environ.setdefault("QUIZGEN_CACHE_DIR", tempfile.mkdtemp(prefix="quizgen-tests-"))

_EXAMPLES = os.environ.get("QUIZGEN_EXAMPLES")
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.target]

settings.register_profile(
    "quizgen",
    max_examples=int(_EXAMPLES or "100"),
    derandomize=_EXAMPLES is None,
    database=None,
    deadline=None,  # two cores under load are no stopwatch
    suppress_health_check=[HealthCheck.too_slow],
    phases=[*_PHASES, Phase.shrink] if "QUIZGEN_SHRINK" in os.environ else _PHASES,
)
settings.load_profile("quizgen")


def pytest_sessionstart() -> None:
    """Forget what an earlier session in this process remembered: `make mutants` runs many, each with another fault."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith("quizgen"):
            thing.cache_clear()
