"""All critical points of a function in a box, with a proof that none is missing where there is one.

Branch and prune on intervals: a box over which some partial derivative cannot vanish is dropped;
a box on which Krawczyk's operator maps into itself holds exactly one critical point, which Newton's
method then finds; every other box is halved.  Over a kink (of |x|, relu, max …) the Hessian says
nothing about how the gradient changes, and no box is settled there.  When each box has been dropped
or settled the list is complete, and that is a proof.  Boxes that stay open down to the smallest
width hold degenerate points (where the Hessian is singular): such a point is found by a damped
Newton method and reported, but the list is not called complete.  Deterministic: no random starts.

Source: Neumaier, Interval Methods for Systems of Equations, chapter 5 (Krawczyk's operator);
Moore, Kearfott & Cloud, Introduction to Interval Analysis, chapter 8.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.calculus.evaluate import evaluate
from app.calculus.intervals import Interval, bounds, enclose
from app.calculus.tape import Tape
from app.calculus.zeros import newton, rounded

Vector = NDArray[np.float64]
Boxes = NDArray[np.float64]
"""Shape (k, n, 2): k boxes, n coordinates, lower and upper bound."""

SMALLEST: Final = 1e-5
"""Boxes are not halved below this share of the searched box …"""
FINEST: Final = 1e-8
"""… or below this one while there are few of them, so that points close together are told apart."""
FEW: Final = 256
INFLATION: Final = 0.1
MOST_BOXES: Final = 60_000
AT_ONCE: Final = 2048
"""Boxes examined together; between such lots the time is looked at."""
POLISHING_SECONDS: Final = 0.2
"""How long degenerate points may be looked for after the search has ended …"""
MOST_STARTS: Final = 300
"""… from so many places …"""
DEGENERATE_STEPS: Final = 200
"""… for Newton's method approaches a degenerate zero by a third or less at each step."""
MOST_POINTS: Final = 200
ON_THE_EDGE: Final = 1e-9
"""How far outside a point may be found that belongs to the edge, as a share of the box."""
GRADIENT_ZERO: Final = 1e-9

SINGULAR: Final = (
    "Beside a critical point with a singular Hessian the proof that there is no other does not go "
    "through."
)
CLOSE: Final = (
    "In a small part of the box critical points can be neither found nor ruled out: there may be "
    "several close together."
)
CROWDED: Final = (
    "The critical points do not seem to be isolated: they form a curve, or there are very many of "
    "them."
)
UNDEFINED: Final = "In a part of the box the function is not defined or not smooth."
OUT_OF_TIME: Final = "The time for the search ran out."


@dataclass(frozen=True)
class CriticalPoints:
    """``points`` (k×n), sorted; ``complete`` only if proven; ``reason`` says why it is not."""

    points: Vector
    complete: bool
    reason: str | None = None
    boxes: int = 0

    @property
    def out_of_time(self) -> bool:
        """Whether a calmer machine might find more."""
        return self.reason == OUT_OF_TIME


def critical_points(
    tape: Tape, box: Sequence[tuple[float, float]], seconds: float = 1.0
) -> CriticalPoints:
    """The zeros of the gradient in ``box``, boundary included.

    ``tape`` has the outputs ``gradient`` (n) and ``hessian`` (n×n).  Stops after ``seconds`` and
    returns what was found until then, marked as incomplete.
    """
    search = _Search(tape, np.array(box, dtype=float), time.monotonic() + seconds)
    search.run()
    return search.result()


class _Search:
    """The state of one search: boxes still open, zeros proven, boxes given up."""

    def __init__(self, tape: Tape, box: Vector, deadline: float) -> None:
        self.tape = tape
        self.box = box
        self.deadline = deadline
        self.extent = np.maximum(box[:, 1] - box[:, 0], 1e-300)
        self.proven: list[Vector] = []
        self.alone: list[Vector] = []
        """For each proven zero a box (n×2) in which there is no other one."""
        self.open: list[Vector] = []
        self.boxes = 0
        self.reason: str | None = None

    def run(self) -> None:
        # The searched box is a little larger, so that a point on its edge is inside for the proof.
        margin = 1e-6 * self.extent[:, None] * np.array([-1.0, 1.0])
        waiting = deque([(self.box + margin)[None]])
        while waiting:
            boxes = waiting.popleft()
            self.boxes += len(boxes)
            boxes = self._settle(self._drop(boxes))
            smallest = (FINEST if len(boxes) <= FEW else SMALLEST) * self.extent
            small = ((boxes[:, :, 1] - boxes[:, :, 0]) <= smallest).all(axis=1)
            self.open.extend(boxes[small])
            boxes = _halved(boxes[~small], self.extent)
            waiting.extend(boxes[i : i + AT_ONCE] for i in range(0, len(boxes), AT_ONCE))
            if waiting and self._must_stop(sum(map(len, waiting))):
                self.open.extend(box for boxes in waiting for box in boxes)
                break

    def _must_stop(self, waiting: int) -> bool:
        if time.monotonic() > self.deadline:
            self.reason = OUT_OF_TIME
        elif len(self.proven) >= MOST_POINTS:
            self.reason = (
                f"There are more than {MOST_POINTS} critical points: choose a smaller box."
            )
        elif waiting + len(self.open) > MOST_BOXES:
            self.reason = CROWDED
        return self.reason is not None

    def _drop(self, boxes: Boxes) -> Boxes:
        """Without the boxes over which some partial derivative keeps its sign."""
        gradient = bounds(self.tape, _intervals(boxes))["gradient"]
        return boxes[((gradient.low <= 0.0) & (gradient.high >= 0.0)).all(axis=0)]

    def _settle(self, boxes: Boxes) -> Boxes:
        """Boxes that Krawczyk's operator leaves open; zeros that it proves are kept aside."""
        if not len(boxes):
            return boxes
        half = 0.5 * (boxes[:, :, 1] - boxes[:, :, 0])
        middle = boxes.mean(axis=2)
        wide = half * (1.0 + 2.0 * INFLATION)
        inflated = np.stack([middle - wide, middle + wide], axis=2)
        image = self._krawczyk(inflated, middle, wide)
        known = np.isfinite(image).all(axis=(1, 2))
        inside = known & (
            (image[:, :, 0] > inflated[:, :, 0]) & (image[:, :, 1] < inflated[:, :, 1])
        ).all(axis=1)
        apart = known & ((image[:, :, 1] < boxes[:, :, 0]) | (image[:, :, 0] > boxes[:, :, 1])).any(
            axis=1
        )
        for index in np.flatnonzero(inside):
            if len(self.proven) < MOST_POINTS:
                self._keep(image[index], inflated[index])
        return boxes[~inside & ~apart]

    def _krawczyk(self, boxes: Boxes, middle: Vector, half: Vector) -> Boxes:
        """K(X) = m − Y∇f(m) + (I − Y·∇²f(X))(X − m), with Y near the inverse of ∇²f(m).

        ∇f(m) is taken as an interval, so that rounding in it is covered.
        """
        k, n = middle.shape
        with np.errstate(all="ignore"):
            at_middle = evaluate(self.tape, list(middle.T))["hessian"].reshape(n, n, k)
            gradient = bounds(self.tape, _intervals(np.stack([middle, middle], axis=2)))["gradient"]
            outputs, smooth = enclose(self.tape, _intervals(boxes))
            hessian = outputs["hessian"]
            Y = _inverses(np.moveaxis(at_middle, -1, 0))
            residual, rest = gradient.width.T * 0.5, np.moveaxis(hessian.width, -1, 0) * 0.5
            centre = np.moveaxis(hessian.middle, -1, 0)
            shift = np.einsum("kij,kj->ki", Y, gradient.middle.T)
            slack = np.einsum("kij,kj->ki", np.abs(Y), residual)
            identity = np.abs(np.eye(n) - Y @ centre) + np.abs(Y) @ rest
            reach = slack + np.einsum("kij,kj->ki", identity, half)
            reach = reach * (1.0 + 1e-12) + 1e-15 * np.abs(middle) + 1e-300
            reach = np.where(smooth[:, None], reach, np.nan)
            return np.stack([middle - shift - reach, middle - shift + reach], axis=2)

    def _keep(self, image: Vector, alone: Vector) -> None:
        """Polish a proven zero and note it once, if it lies in the box that was asked for."""
        (zero,) = newton(self.tape, image.mean(axis=1)[None], steps=20)
        if not _holds(image, zero, ON_THE_EDGE * self.extent):
            zero = image.mean(axis=1)
        known = any(_holds(other, zero, 0.0 * zero) for other in self.alone)
        if not known and _holds(self.box, zero, ON_THE_EDGE * self.extent):
            self.proven.append(np.clip(zero, self.box[:, 0], self.box[:, 1]))
            self.alone.append(alone)

    def result(self) -> CriticalPoints:
        degenerate = self._degenerate() if self.open else []
        points = np.array(
            sorted([*self.proven, *degenerate], key=lambda p: np.round(p, 6).tolist())
        )
        reason = self.reason
        if reason is None and self.open:
            reason = UNDEFINED if not self._open_are_smooth() else SINGULAR if degenerate else CLOSE
        elif reason == CROWDED and not len(points) and not self._open_are_smooth():
            reason = UNDEFINED
        shape = (len(points), len(self.extent))
        return CriticalPoints(points.reshape(shape), reason is None, reason, self.boxes)

    def _open_are_smooth(self) -> bool:
        """Whether there are derivatives throughout the boxes that stayed open."""
        outputs, smooth = enclose(self.tape, _intervals(np.array(self.open)))
        known = [np.isfinite(outputs[name].width).all() for name in ("gradient", "hessian")]
        return bool(smooth.all() and all(known))

    def _degenerate(self) -> list[Vector]:
        """One point for each cluster of open boxes in which the gradient does vanish."""
        found: list[Vector] = []
        starts = self._starts()
        until = max(time.monotonic(), self.deadline) + POLISHING_SECONDS
        zeros = newton(self.tape, starts, DEGENERATE_STEPS, until)
        near = (2e-3 if self.reason is None else 0.05) * self.extent
        for start, zero in zip(starts, zeros, strict=True):
            if not (np.abs(zero - start) <= 100 * SMALLEST * self.extent).all():
                continue
            if any((np.abs(zero - other) <= near).all() for other in (*found, *self.proven)):
                continue
            zero = rounded(self.tape, zero, self.extent) if time.monotonic() < until else zero
            if np.abs(evaluate(self.tape, list(zero))["gradient"]).max() <= GRADIENT_ZERO:
                found.append(np.clip(zero, self.box[:, 0], self.box[:, 1]))
        return found

    def _starts(self) -> Vector:
        """The middle of one open box from each small cell of the box, and not too many of them."""
        middles = np.array(self.open).mean(axis=2)
        cells = np.floor(middles / (2e-3 * self.extent))
        _, chosen = np.unique(cells, axis=0, return_index=True)
        thinned: Vector = middles[np.sort(chosen)[:: max(1, len(chosen) // MOST_STARTS)]]
        return thinned


def _intervals(boxes: Boxes) -> list[Interval]:
    return [Interval(low, high) for low, high in np.moveaxis(boxes, 0, -1)]


def _holds(box: Vector, place: Vector, tolerance: Vector) -> bool:
    low, high = box[:, 0] - tolerance, box[:, 1] + tolerance
    return bool(((place >= low) & (place <= high)).all())


def _halved(boxes: Boxes, extent: Vector) -> Boxes:
    """Each box cut in two across its relatively widest side, a little off the middle.

    Off the middle because special points like to lie there, where a cut would meet them.
    """
    if not len(boxes):
        return boxes
    widest = ((boxes[:, :, 1] - boxes[:, :, 0]) / extent).argmax(axis=1)
    rows = np.arange(len(boxes))
    cut = 0.5127 * boxes[rows, widest, 0] + 0.4873 * boxes[rows, widest, 1]
    lower, upper = boxes.copy(), boxes.copy()
    lower[rows, widest, 1] = cut
    upper[rows, widest, 0] = cut
    return np.concatenate([lower, upper])


def _inverses(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverses of k matrices; NaN for those that have none."""
    usable = np.asarray(np.isfinite(matrices).all(axis=(1, 2)))
    usable[usable] = np.abs(np.linalg.det(matrices[usable])) > 1e-290
    inverses = np.full_like(matrices, np.nan)
    inverses[usable] = np.linalg.inv(matrices[usable])
    return inverses
