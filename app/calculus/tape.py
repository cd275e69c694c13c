"""The tape: a function and its derivatives as one straight-line program.

Slots are numbered inputs, constants, operations, in that order, and every operation names only
earlier slots, so that a single pass from front to back evaluates everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.calculus.operations import OPERATIONS

NestedSlots = int | tuple["NestedSlots", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a tape with the slots of its operands."""

    name: str
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tape:
    """``outputs`` maps a name to a slot, a row of slots, or rows of rows.

    Raises ``ValueError`` at construction for an unknown operation, a wrong number of operands or a
    slot that is not earlier: a tape that exists can be run.
    """

    inputs: tuple[str, ...]
    constants: tuple[float, ...]
    steps: tuple[Step, ...]
    outputs: Mapping[str, NestedSlots]

    def __post_init__(self) -> None:
        for slot, step in enumerate(self.steps, start=self.first_step):
            _check(step, slot)
        for slot in _flat(tuple(self.outputs.values())):
            if not 0 <= slot < self.first_step + len(self.steps):
                raise ValueError(f"An output refers to slot {slot}, which does not exist.")

    @property
    def first_step(self) -> int:
        """The slot of the first operation."""
        return len(self.inputs) + len(self.constants)

    def as_json(self) -> dict[str, Any]:
        """The form that the browser reads, ready for ``json.dumps``."""
        return {
            "inputs": list(self.inputs),
            "constants": list(self.constants),
            "operations": [[step.name, *step.operands] for step in self.steps],
            "outputs": {name: _lists(slots) for name, slots in self.outputs.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Tape:
        """Read that form back; raises ``ValueError`` for what is no tape."""
        return cls(
            tuple(data["inputs"]),
            tuple(data["constants"]),
            tuple(Step(name, tuple(operands)) for name, *operands in data["operations"]),
            {name: _tuples(slots) for name, slots in data["outputs"].items()},
        )


_NO_OPERATION: Final = "The tape uses the unknown operation “{}”."


def _check(step: Step, slot: int) -> None:
    operation = OPERATIONS.get(step.name)
    if operation is None:
        raise ValueError(_NO_OPERATION.format(step.name))
    if len(step.operands) != operation.arity:
        raise ValueError(f"“{step.name}” takes {operation.arity} operands.")
    if not all(0 <= operand < slot for operand in step.operands):
        raise ValueError(f"“{step.name}” in slot {slot} refers to a slot that is not earlier.")


def _flat(slots: NestedSlots) -> Iterator[int]:
    if isinstance(slots, int):
        yield slots
    else:
        for inner in slots:
            yield from _flat(inner)


def _lists(slots: NestedSlots) -> Any:
    return slots if isinstance(slots, int) else [_lists(inner) for inner in slots]


def _tuples(slots: Any) -> NestedSlots:
    return slots if isinstance(slots, int) else tuple(_tuples(inner) for inner in slots)
