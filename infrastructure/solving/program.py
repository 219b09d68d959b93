"""A linear program in whole numbers, handed to HiGHS in one piece."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from typing import Any

OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
    "time_limit": 60.0,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
"""One thread and one seed, so that the same question has the same answer; values are whole
numbers, so that a gap below one is none. After a minute it says the best that it has, and the bound
says how good that is at least."""


def is_there() -> bool:
    """Whether the solver is installed."""
    return importlib.util.find_spec("highspy") is not None


@dataclass(slots=True)
class Program:
    """What is to be maximised: columns between bounds, rows of sums between bounds."""

    worth: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, dict[int, float]]] = field(default_factory=list)
    is_whole: bool = True

    def column(self, worth: int, most: int = 1) -> int:
        """Adds a column from 0 to `most`, and gives its number."""
        self.worth.append(float(worth))
        self.most.append(float(most))
        return len(self.worth) - 1

    def row(self, least: float, most: float, parts: dict[int, int]) -> None:
        """Adds a sum of columns that stays between two bounds."""
        self.rows.append((least, most, {index: float(by) for index, by in parts.items()}))


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of the best solution that was found, and what none can exceed."""

    values: list[float]
    bound: float


def maximise(program: Program) -> Found | None:
    """Solves the program; None where no solution keeps to its rows."""
    import highspy

    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.passModel(model_of(program, highspy))
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    bound = info.mip_dual_bound if program.is_whole else info.objective_function_value
    return Found(list(highs.getSolution().col_value), bound)


def model_of(program: Program, highspy: Any) -> Any:
    """The program in the solver's own form."""
    import numpy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.worth), len(program.rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = numpy.array(program.worth)
    model.col_lower_ = numpy.zeros(len(program.worth))
    model.col_upper_ = numpy.array(program.most)
    model.row_lower_ = numpy.array([row[0] for row in program.rows])
    model.row_upper_ = numpy.array([row[1] for row in program.rows])
    parts = [sorted(row[2].items()) for row in program.rows]
    starts = numpy.cumsum([0, *(len(row) for row in parts)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts.astype(numpy.int32)
    model.a_matrix_.index_ = numpy.array([i for row in parts for i, _ in row], dtype=numpy.int32)
    model.a_matrix_.value_ = numpy.array([by for row in parts for _, by in row])
    if program.is_whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.worth)
    return model
