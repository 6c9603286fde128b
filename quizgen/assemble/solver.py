"""Integer programming by HiGHS: the least cost of whole numbers under linear constraints.

Costs are chosen so that hardly ever two answers cost the same, and the least cost is found exactly; so what comes out
does not depend on how it was looked for.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from dataclasses import dataclass, field
from math import inf
from typing import Any

NODES = 20_000
"""So many branches are looked at before giving up; hundreds are usual. A number, not a time: all machines agree."""


ANY = 1e6
"""As a gap: the first answer will do."""


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of factor * column <= high; `terms` is column -> factor."""

    terms: Mapping[int, float]
    low: float = -inf
    high: float = inf


@dataclass
class Model:
    """Columns, each a whole number from 0 to its limit, and rows."""

    costs: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, cost: float = 0, limit: float = 1) -> int:
        """A new column; returns its number."""
        self.costs.append(cost)
        self.limits.append(limit)
        return len(self.costs) - 1


class Undecided(Exception):
    """No answer was found, and it was not shown that there is none."""


def solve(model: Model, gap: float = 0.0, nodes: int = NODES) -> list[int] | None:
    """The value of every column at the least cost; `None` where no values keep to all rows.

    `gap`: how far the cost may be above the least, as a share of it. Raises `Undecided` after `nodes` branches.
    """
    if not model.costs:
        return [] if all(row.low <= 0 <= row.high for row in model.rows) else None
    with _quiet():
        import highspy
        import numpy as np

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
    for name, value in (
        ("threads", 1), ("parallel", "off"), ("random_seed", 0), ("mip_rel_gap", gap), ("mip_abs_gap", 0.5),
        ("mip_feasibility_tolerance", 1e-7), ("mip_max_nodes", nodes),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    columns, lp = len(model.costs), highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(model.rows)
    lp.col_cost_ = np.array(model.costs, dtype=float)
    lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.array(model.limits, dtype=float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    lp.row_lower_ = np.array([row.low for row in model.rows], dtype=float)
    lp.row_upper_ = np.array([row.high for row in model.rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in model.rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([column for row in model.rows for column in row.terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([factor for row in model.rows for factor in row.terms.values()], dtype=float)
    solver.passModel(lp)
    solver.run()
    status: Any = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None
    if status is not highspy.HighsModelStatus.kOptimal and status != highspy.HighsModelStatus.kOptimal:
        raise Undecided(f"{status}")
    return [round(value) for value in solver.getSolution().col_value]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the solver's banner, which its options do not silence, out of what programs and people read from us.

    It writes to the standard output of C, past Python, and into a buffer that would be emptied when the program ends.
    """
    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        yield
        with suppress(OSError, AttributeError, TypeError):  # a system without a C library that Python can call
            CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


def total(values: Sequence[int], terms: Mapping[int, float]) -> float:
    """The sum of factor * column."""
    return sum(values[column] * factor for column, factor in terms.items())
