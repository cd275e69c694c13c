"""Linear regression, as the case study of the book tells it.

table → design → regress → Regression          (tables, design, model)
least_squares, conditioning, statistics, descent hold the mathematics, each formula with its
source; exact solves without rounding, near_copy adds a column that is nearly dependent; datasets
knows the tables that ship with the book.
"""

from app.regression.datasets import dataset_names, dataset_text, load_dataset
from app.regression.design import Design, design
from app.regression.errors import ModelError, TableError
from app.regression.exact import correct_digits
from app.regression.model import Regression, regress
from app.regression.near_copy import DEVIATIONS, NearCopy, near_copy_of, with_near_copy
from app.regression.tables import Table, read_csv

__all__ = [
    "DEVIATIONS",
    "Design",
    "ModelError",
    "NearCopy",
    "Regression",
    "Table",
    "TableError",
    "correct_digits",
    "dataset_names",
    "dataset_text",
    "design",
    "load_dataset",
    "near_copy_of",
    "read_csv",
    "regress",
    "with_near_copy",
]
