"""Benchmarks, run by hand: a server with a million orders, and what the product's work takes on it."""
