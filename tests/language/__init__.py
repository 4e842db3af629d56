"""Parsed articles."""
