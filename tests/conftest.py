"""How the tests run: the number of examples for laws, and what many files share."""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "quizgen",
    max_examples=int(os.environ.get("QUIZGEN_EXAMPLES", "100")),
    deadline=None,  # two cores under load are no stopwatch
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target]
    + ([Phase.shrink] if "QUIZGEN_SHRINK" in os.environ else []),  # shrinking a page takes minutes: ask for it
)
settings.load_profile("quizgen")
