"""Corpora: what they hold, whether they are sound, how they are divided, compared and converted."""
