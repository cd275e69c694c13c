"""Linear regression, as the case study of the book tells it.

table → design → regress → Regression          (tables, design, model)
least_squares, conditioning, statistics, descent hold the mathematics, each formula with its
source; datasets knows the tables that ship with the book.
"""

from app.regression.datasets import dataset_names, load_dataset
from app.regression.design import Design, design
from app.regression.errors import ModelError, TableError
from app.regression.model import Regression, regress
from app.regression.tables import Table, read_csv

__all__ = [
    "Design",
    "ModelError",
    "Regression",
    "Table",
    "TableError",
    "dataset_names",
    "design",
    "load_dataset",
    "read_csv",
    "regress",
]
