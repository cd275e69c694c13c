"""Write static/math/operations.json from the table of operations: python -m tools.operations"""

from __future__ import annotations

from pathlib import Path

from app.calculus.operations import table_as_json

TARGET = Path(__file__).parents[1] / "static" / "math" / "operations.json"

if __name__ == "__main__":
    TARGET.write_text(table_as_json(), encoding="utf-8")
