"""Reading a table that somebody pasted: what is understood, and what is refused in which words."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.regression import TableError, read_csv


@pytest.mark.parametrize(
    ("text", "names", "first"),
    [
        ("x,y\n1,2\n2,3.9\n", ("x", "y"), [1, 2]),
        ("\ufeffx , y\n1 , 2\n", ("x", "y"), [1, 2]),
        ('"x","y"\n"1","2"\n', ("x", "y"), [1, 2]),
        ("x;y\n1,5;2,5\n1,7;2\n", ("x", "y"), [1.5, 2.5]),
        ("x\ty\n1.5\t-2e3\n", ("x", "y"), [1.5, -2000]),
        ("x|y\r\n1|2\r\n\r\n", ("x", "y"), [1, 2]),
        ("1,2\n3,4\n", ("column 1", "column 2"), [1, 2]),
        ("-2+3,y\n1,2\n", ("-2+3", "y"), [1, 2]),
        ("sep=;\r\nx;y\r\n1,5;2\r\n", ("x", "y"), [1.5, 2]),
        ("x,y\n\u22121.5,2\n", ("x", "y"), [-1.5, 2]),
        ("x,y,,\n1,2,,\n3,4,,\n", ("x", "y"), [1, 2]),
    ],
)
def test_tables_as_people_paste_them(text: str, names: tuple[str, ...], first: list[float]) -> None:
    table = read_csv(text)
    assert table.names == names
    assert [column.values[0] for column in table.columns] == first


def test_missing_values_and_words() -> None:
    table = read_csv("x,place,y\n1,here,NA\n,there,3\n3,nowhere,4\n")
    assert table.names == ("x", "y")
    assert table.text_columns == ("place",)
    assert table.column("x").missing_rows == (1,)
    assert math.isnan(table.column("y").values[0])


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("", None, "empty"),
        ("\n\n", None, "empty"),
        ("x,y", None, "no rows"),
        ("x,y\n1,2,3\n", 2, "Line 2 has 3 cells where the header has 2"),
        ("x,y\n1,2\n3\n", 3, "Line 3 has 1 cell where the header has 2"),
        ('x,y\n"1,2\n', 2, "quotation mark"),
        ("x,y\n1,two\n3,4\n", 2, "Column “y”, line 2: “two” is not a finite number"),
        ("x,y\n1,2\n2,inf\n", 3, "line 3: “inf”"),
        ("x,y\n1,1e999\n2,3\n", 2, "1e999"),
        ("x,y\n1,0x10\n2,3\n", 2, "0x10"),
        ("x,y\n1,5%\n2,3\n", 2, "5%"),
        ("x,y\n1,2\x00\n", None, "control characters"),
        ("x,x\n1,2\n", 1, "Two columns are called “x”"),
        ("x,y\n=cmd|'/C calc'!A0,2\n2,3\n", 2, "is not a finite number"),
        ("x" * 200 + ",y\n1,2\n", 1, "longer than 100"),
        ("x\n" + "1\n" * 20_001, None, "20,000 rows"),
        ("x" * 2_000_001, None, "2 MB"),
        ("," * 500, None, "100 columns"),
    ],
)
def test_refusals_say_where(text: str, line: int | None, part: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_csv(text)
    assert part in refusal.value.problem.message
    assert refusal.value.problem.line == line


@pytest.mark.parametrize("cell", ["1.000,5", "12 000", "1'250"])
def test_thousands_are_not_guessed_at(cell: str) -> None:
    with pytest.raises(TableError, match="Write thousands without a separator"):
        read_csv(f"x;y\n{cell};1\n2;3\n")


@given(st.text(max_size=300) | st.text(alphabet='0123456789.,;\t"\n-exyz', max_size=300))
def test_nothing_but_our_own_errors(text: str) -> None:
    with contextlib.suppress(TableError):
        assert read_csv(text).rows >= 1
