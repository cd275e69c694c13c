"""Nabla, the interactive textbook of matrix calculus; README.md says which room holds what."""

__version__ = "0.1.0"
