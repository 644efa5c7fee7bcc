"""Runs the model's parts one after the other, as they need each other.

Rasa has dask work out the order of the parts, and hand each to an executor, for every message and every step of the
dialogue. The order is always the same.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

_original = DaskGraphRunner.run


def apply() -> None:
    """Replace ``DaskGraphRunner.run``."""
    DaskGraphRunner.run = _run  # type: ignore[method-assign]


def _run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Return the output of each target; raises GraphRunError as Rasa does."""
    schema: GraphSchema = self._graph_schema
    wanted = tuple(targets or schema.target_names)
    given: dict[str, Any] = dict(inputs or {})
    orders: dict[tuple[str, ...], list[str]] = self.__dict__.setdefault("_orders", {})
    if wanted not in orders:
        orders[wanted] = _order(schema, wanted)
    done: dict[str, Any] = {name: (name, value) for name, value in given.items()}
    try:
        for name in orders[wanted]:
            # A name that nothing gives is handed on as it is: the part says which input it misses.
            needs = (done.get(each, each) for each in schema.nodes[name].needs.values())
            done[name] = self._instantiated_nodes[name](*needs)
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[name] for name in wanted)


def _order(schema: GraphSchema, wanted: tuple[str, ...]) -> list[str]:
    """Return the parts that the targets need, each after those that it needs itself."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in schema.nodes and name not in order:
            for need in schema.nodes[name].needs.values():
                visit(need)
            order.append(name)

    for name in wanted:
        visit(name)
    return order
