"""Make content/datasets/bulbs.csv: a synthetic endurance test of 240 incandescent bulbs.

The data are simulated, not measured. The model, its sources, its units and its limits are
described in content/datasets/bulbs.md. Run ``python -m tools.bulbs`` to write the file again.

Only ``random.Random.random`` is drawn from: Python promises that this one method gives the same
numbers for the same seed in every version, so the file can be made again byte for byte.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import NormalDist

CSV = Path(__file__).resolve().parent.parent / "content" / "datasets" / "bulbs.csv"
HEADER = "voltage_V,temperature_C,thickness_um,lifespan_h"
SEED = 2718
ROWS = 240

RATED_VOLTAGE = 230.0  # V
ROOM_TEMPERATURE = 25.0  # °C
NOMINAL_THICKNESS = 30.0  # µm
RATED_LIFE = 1000.0  # h, at the three nominal values
VOLTAGE_EXPONENT = -13.0
THICKNESS_EXPONENT = 1.0
TEMPERATURE_RATE = -0.003  # per °C
SCATTER = 0.06  # standard deviation of the logarithm of life between equal bulbs


@dataclass(frozen=True)
class Bulb:
    """One bulb: the conditions of its test and the hours until its filament broke."""

    voltage: float  # V
    temperature: float  # °C, of the air around the bulb
    thickness: float  # µm
    lifespan: int  # h


def expected_life(voltage: float, temperature: float, thickness: float) -> float:
    """Median life in hours at a voltage in V, an air temperature in °C and a thickness in µm."""
    return (
        RATED_LIFE
        * (voltage / RATED_VOLTAGE) ** VOLTAGE_EXPONENT
        * (thickness / NOMINAL_THICKNESS) ** THICKNESS_EXPONENT
        * math.exp(TEMPERATURE_RATE * (temperature - ROOM_TEMPERATURE))
    )


def draw_bulb(source: Random) -> Bulb:
    """Draw the conditions (rounded as an instrument would) and then the life under them."""
    voltage = round(222 + 16 * source.random(), 1)
    temperature = round(50 * source.random(), 1)
    thickness = round(27 + 6 * source.random(), 2)
    scatter = math.exp(NormalDist(0, SCATTER).inv_cdf(source.random()))
    return Bulb(
        voltage,
        temperature,
        thickness,
        round(expected_life(voltage, temperature, thickness) * scatter),
    )


def make_bulbs(rows: int = ROWS, seed: int = SEED) -> tuple[Bulb, ...]:
    """Simulate ``rows`` bulbs, one after the other, from one seeded source."""
    source = Random(seed)
    return tuple(draw_bulb(source) for _ in range(rows))


def as_csv(bulbs: tuple[Bulb, ...]) -> str:
    """Write one header line and one line a bulb, each ended by a line feed."""
    lines = (f"{b.voltage:.1f},{b.temperature:.1f},{b.thickness:.2f},{b.lifespan}" for b in bulbs)
    return "\n".join((HEADER, *lines)) + "\n"


if __name__ == "__main__":
    CSV.parent.mkdir(parents=True, exist_ok=True)
    CSV.write_text(as_csv(make_bulbs()), encoding="utf-8", newline="\n")
