"""Keeps TensorFlow out of the process.

Rasa 3.6 imports every component that it comes with, those that stand on TensorFlow too, whatever the configuration
names: half of the memory and of the start-up, for nothing that this assistant uses. Their modules are replaced by ones
that hold empty classes of the same names, for the validators that ask whether one of them is configured. A
configuration that does name one sets ``BXL_TENSORFLOW=1``.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Final

#: With a value, TensorFlow and what needs it are loaded as Rasa does.
VARIABLE: Final = "BXL_TENSORFLOW"

#: Rasa's modules that import TensorFlow, with the classes that others import from them.
_MODULES: Final = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
}


def apply() -> None:
    """Put the empty modules in place; does nothing where TensorFlow is wanted or loaded already."""
    if os.environ.get(VARIABLE) or "tensorflow" in sys.modules:
        return
    for name, classes in _MODULES.items():
        module = ModuleType(name, "Stands for a module that needs TensorFlow.")
        for each in classes:
            setattr(module, each, type(each, (), {"__module__": name}))
        sys.modules[name] = module
