"""The regression case study: hand, descent, digits, ridge, own tables, links, refusals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, problem


def _row(widget: Widget, table: str, name: str) -> Locator:
    found = widget.root.get_by_role("table", name=table).get_by_role("row")
    return found.filter(has=widget.page.get_by_role("rowheader", name=name, exact=True))


def test_from_no_influence_to_the_lessons_weights(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("regression")
    root = widget.root
    widget.expect_sentence("At offset 10,000 h, voltage 0 h/V: residuals of 8971 h")
    away = root.locator(".plane .away")
    expect(away).to_have_text("↑ the line lies higher")
    asked = len(open_page.requests)
    expect(root).to_contain_text("The slowest part of the error needs about 2.7×10⁸ steps")
    root.get_by_role("button", name="Back to no influence").click()
    widget.expect_sentence("At offset 1034 h, voltage 0 h/V: residuals of 301 h")
    expect(away).to_be_empty()
    root.get_by_role("button", name="Solve the normal equations").click()
    widget.expect_sentence("this is the minimum; the gradient has length 0.")
    expect(root.get_by_label("Weight upwards, value")).to_have_value("-58.2369")
    expect(_row(widget, "Weights of least squares", "voltage")).to_contain_text("−58.237h/V1.33")
    matrix = root.get_by_role("table", name="Normal equations")
    expect(matrix).to_contain_text("12,730,238.44")
    expect(matrix).to_contain_text("56,798,685.2")
    root.get_by_label("Weight upwards, value").fill("-50")
    widget.expect_sentence("voltage −50")
    root.get_by_role("button", name="One descent step").click()
    expect(root.get_by_label("Weight upwards, value")).not_to_have_value("-50")
    root.get_by_label("voltage (V) of the new case").fill("200")
    expect(root.locator(".prediction")).to_contain_text("lifespan 2796\u00a0h ±")
    expect(root).to_contain_text("Outside the data in voltage")
    root.get_by_label("Ridge λ").press("End")
    expect(root).to_contain_text("(XᵀX + λP) w = Xᵀy with λ = 1,000,000")
    assert open_page.requests[asked:] == []


@pytest.mark.parametrize(("layout", "rows"), [("numerator", 2), ("denominator", 2)])
def test_the_derivative_is_a_row_or_a_column_and_is_derived(
    open_widget: OpenWidget, layout: str, rows: int
) -> None:
    widget = open_widget("regression", f"?layout={layout}")
    shape = "row" if layout == "numerator" else "column"
    table = widget.root.get_by_role("table", name=f"Derivative of the loss as a {shape}")
    expect(table).to_have_count(1)
    expect(table.locator("tr")).to_have_count(rows)
    expect(table.locator("tr").first.locator("th")).to_have_count(2 if shape == "row" else 1)
    widget.root.get_by_text("Derive the gradient, step by step").click()
    steps = widget.root.locator(f".derivation .layout-{layout}")
    expect(steps).to_contain_text("squared norm")
    expect(steps).to_contain_text(f"derivative is a {shape}")
    assert steps.locator("math").count() >= 4


def test_standardising_changes_condition_and_speed(open_widget: OpenWidget) -> None:
    widget = open_widget("regression")
    expect(widget.root).to_contain_text("Condition of the Hessian1.2×10⁸")
    widget.root.get_by_label("Standardise the features").check()
    expect(widget.root).to_contain_text("Condition of the Hessian1.00")
    expect(widget.root.locator(".descent-outcome")).to_contain_text("It arrives after 1 step.")
    slider = widget.root.get_by_label("Step size η")
    slider.press("End")
    expect(widget.root.locator(".descent-outcome")).to_contain_text("It diverges")


def test_a_second_thermometer_costs_digits_and_ridge_makes_it_sensible(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    widget = open_widget("regression", viewport={"width": 320, "height": 700})
    widget.choose("A second thermometer (nearly collinear)")
    expect(widget.root).to_contain_text(
        "“temperature” and “temperature in °F” are nearly dependent"
    )
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320
    cholesky = _row(widget, "Correct digits of each method", "Normal equations (Cholesky)")
    orthogonal = _row(widget, "Correct digits of each method", "QR")
    expect(cholesky).to_contain_text(re.compile(r"[2-5]\.\d"))
    expect(orthogonal).to_contain_text(re.compile(r"(9|1\d)\.\d"))
    asked = len(open_page.requests)
    widget.root.get_by_label("Deviation δ").press("End")
    expect(cholesky).to_contain_text("none")
    expect(orthogonal).to_contain_text(re.compile(r"[4-7]\.\d"))
    weight = _row(widget, "Weights of least squares", "temperature in °F")
    expect(weight).to_contain_text("×10¹⁰")
    widget.root.get_by_label("Ridge λ").press("End")
    expect(weight).not_to_contain_text("×10")
    assert open_page.requests[asked:] == []
    widget.page.wait_for_url(re.compile(r"d\.8.*r\.21"))
    again = open_widget("regression", "?" + widget.page.url.split("?")[1])
    expect(again.root.get_by_label("Deviation δ")).to_have_value("8")
    expect(_row(again, "Correct digits of each method", "QR")).to_contain_text(
        orthogonal.inner_text().split("\t")[1]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_poor_designs_are_told_in_words(open_widget: OpenWidget, scheme: str) -> None:
    widget = open_widget("regression", color_scheme=scheme)
    notes = widget.root.locator(".data-notes")
    widget.choose("A column that is constant")
    expect(notes).to_contain_text("“pressure (hPa)” has the same value in every row")
    expect(widget.root).to_contain_text("Along the flat direction the loss has no slope")
    widget.choose("Fewer bulbs than weights")
    expect(notes).to_contain_text("There are fewer rows (3) than weights (4).")
    expect(notes).to_contain_text("the ones shown have the least norm")
    widget.choose("All three features, raw")
    expect(_row(widget, "Weights of least squares", "thickness")).to_contain_text("28.927h/µm")


def test_an_own_table_is_pasted_refused_mended_and_fitted(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    open_page.expect_error("400 (Bad Request)")
    widget = open_widget("regression")
    widget.root.get_by_text("Your own table").click()
    area = widget.root.get_by_label("Table as CSV")
    fit = widget.root.get_by_role("button", name="Fit this table")
    told = widget.root.locator(".own-problem")
    fit.click()
    expect(told).to_contain_text("There is no table yet.")
    area.fill("height (m);weight (kg)\n1,6;55\n1,7;sixty\n")
    fit.click()
    expect(told).to_contain_text("Column “weight (kg)”, line 3: “sixty” is not a finite number.")
    expect(area).to_have_value(re.compile("sixty"))
    expect(area).to_have_attribute("aria-invalid", "true")
    widget.expect_sentence("At offset 10,000 h")
    area.fill("place;weight\nhere;1\nthere;2\nnowhere;4\n")
    fit.click()
    expect(told).to_contain_text("“weight” is the only column of numbers")
    area.fill("height (m);weight (kg)\n1,6;55\n1,7;62\n1,8;71\n")
    fit.click()
    expect(told).to_contain_text("Read: 3 rows, columns “height (m)”, “weight (kg)”.")
    expect(_row(widget, "Weights of least squares", "height (m)")).to_contain_text("80.000kg/m")
    expect(widget.root.locator(".prediction")).to_contain_text("kg")
    assert "?" not in widget.page.url


def test_a_file_is_read_or_refused_before_it_is_sent(
    open_widget: OpenWidget, open_page: PageOpener, tmp_path: Path
) -> None:
    widget = open_widget("regression")
    widget.root.get_by_text("Your own table").click()
    told = widget.root.locator(".own-problem")
    large, good = tmp_path / "large.csv", tmp_path / "good.csv"
    large.write_text("x,y\n" + "1,2\n" * 600_000)
    good.write_bytes("größe,y\n1,2\n2,3\n3,5\n".encode("latin-1"))
    asked = len(open_page.requests)
    chooser = widget.root.get_by_label("Choose a file")
    chooser.set_input_files(large)
    expect(told).to_contain_text("“large.csv” has 2.4 MB; a table may have 2 MB.")
    assert open_page.requests[asked:] == []
    chooser.set_input_files(good)
    expect(told).to_contain_text("columns “größe”, “y”")
    widget.expect_sentence("größe")


def test_features_are_chosen_and_a_failure_can_be_tried_again(
    open_widget: OpenWidget, open_page: PageOpener
) -> None:
    open_page.expect_error("503")
    widget = open_widget("regression")
    widget.root.get_by_role("checkbox", name="thickness (µm)").check()
    widget.expect_sentence("At voltage 0 h/V, thickness 0 h/µm: residuals of 301 h")
    expect(widget.root.get_by_role("group", name="Data in space.")).to_be_visible()
    widget.page.route(
        "**/api/regression",
        lambda route: route.fulfill(**problem("busy", "The server is busy.", status=503)),
    )
    widget.root.get_by_role("checkbox", name="temperature (°C)").click()
    expect(widget.root.get_by_role("alert")).to_contain_text("The server is busy.")
    expect(widget.root.get_by_role("checkbox", name="temperature (°C)")).not_to_be_checked()
    widget.page.unroute("**/api/regression")
    widget.root.get_by_role("button", name="Try again").click()
    expect(widget.root.get_by_role("checkbox", name="temperature (°C)")).to_be_checked()
    expect(widget.root.get_by_role("alert")).to_have_count(0)
    # The same weight chosen twice: the two change places.
    widget.root.get_by_label("Weight across").first.select_option("temperature")
    expect(widget.root.get_by_label("Weight upwards").first).to_have_value("voltage")
