"""``python -m whereas`` is the ``whereas`` command."""

from whereas.cli import main

main()
