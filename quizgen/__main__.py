"""`quizgen` and `python -m quizgen`: runs the command line and turns what it raises into exit codes."""

import atexit
import gc
import os
import sys


def main() -> None:
    """Run the command line. Exit 0 done, 1 the author's or the data's fault, 2 wrong usage (one line), 130 interrupted.

    Only a fault of quizgen's own ends in a traceback.
    """
    from .cli import app

    atexit.register(gc.freeze)  # at its end a program need not look for garbage: that takes a sixth of a short run
    try:
        code = app(standalone_mode=False)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # `quizgen check | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as problem:
        if type(problem).__name__ == "Abort":
            sys.exit(130)
        if not hasattr(problem, "format_message"):
            raise
        # Typer's own errors of usage; their base class is not a public name of Typer.
        print(f"quizgen: {' '.join(problem.format_message().split())}", file=sys.stderr)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
