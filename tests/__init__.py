"""Tests, and the tools that run them; the product never imports from here."""
