"""The commands of ``python -m bot``, one module each; imported only after the patches of Rasa are applied."""

from __future__ import annotations

import argparse


def train(options: argparse.Namespace) -> int:
    """Train a model."""
    from bot.commands import training

    return training.run(options)


def parse(options: argparse.Namespace) -> int:
    """Parse JSON lines."""
    from bot.commands import parsing

    return parsing.run(options)


def ablate(options: argparse.Namespace) -> int:
    """Measure what each part of understanding adds."""
    from bot.commands import ablation

    return ablation.run(options)


def classify(options: argparse.Namespace) -> int:
    """Train the intent classifier on other sentences than the assistant's, and rank the rest of them."""
    from bot.commands import classifying

    return classifying.run(options)


def serve(options: argparse.Namespace) -> int:
    """Serve a model."""
    from bot.serve import serve as serve_model

    serve_model(options.model, options.port)
    return 0
