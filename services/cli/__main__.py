"""Runs the command line: ``python -m services.cli``."""

from services.cli.app import main

main()
