"""Expressions written out: as text of the language, TeX, NumPy, PyTorch and JAX source."""
