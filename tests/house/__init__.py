"""The house checks: how the code is laid out, over its files and syntax trees.

Each check is a function over text that yields complaints, so that it can be tried on a bad sample.
"""
