"""Engines to compare with, pages under load, and tests of the benchmark."""
