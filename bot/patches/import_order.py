"""Imports skops before Rasa.

scikit-learn's estimators and skops scan every module that is loaded for subclasses; after TensorFlow's thousands of
modules that takes seconds. Loaded first, they scan next to nothing.
"""

from __future__ import annotations

import sys


def apply() -> None:
    """Import ``skops.io``; does nothing good when Rasa is loaded already."""
    import skops.io

    del skops


def is_too_late() -> bool:
    """Tell whether TensorFlow is loaded already."""
    return "tensorflow" in sys.modules
