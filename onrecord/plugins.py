"""Stages and readers, ours and those that other packages offer under entry points; ours go through the same door.

A package offers a stage in its pyproject.toml::

    [project.entry-points."onrecord.stages"]
    ships = "package.module:Ships"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.errors import PluginError

if TYPE_CHECKING:
    from onrecord.intake import Reader
    from onrecord.reading.page import Stage

STAGES = "onrecord.stages"
READERS = "onrecord.readers"
EXPORTERS = "onrecord.exporters"

BUILT_IN_STAGES = (
    "onrecord.intake.roles:Roles",
    "onrecord.reading.times:Times",
    "onrecord.reading.names:Names",
    "onrecord.reading.references:References",
    "onrecord.reading.statements:Statements",
    "onrecord.reading.acts:Acts",
)
"""Our stages, as "module:Class"; a plugin's stage takes its place among them by what it needs."""


def load_stages(addresses: Sequence[str] | None = None) -> tuple[Stage, ...]:
    """The stages at hand, each after those it needs; ours and those of plugins, or those at these addresses.

    Raises PluginError where one cannot be loaded or breaks its contract, where two have one name, where one needs
    what does not exist, or where stages need each other in a ring.
    """
    if addresses is None:
        addresses = (*BUILT_IN_STAGES, *offered(STAGES))
    return order_stages([load(address, _breaks_stage_contract) for address in addresses])


def load_readers() -> tuple[Reader, ...]:
    """The readers that plugins offer, by name; intake asks them before its own."""
    return tuple(load(address, _breaks_reader_contract) for address in offered(READERS))


def offered(group: str) -> tuple[str, ...]:
    """The addresses ("module:Class") that installed packages offer under a group, by name."""
    from importlib.metadata import entry_points

    return tuple(
        point.value for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value))
    )


def load(address: str, broken: Callable[[Any], str | None] = lambda made: None) -> Any:
    """What stands at "module:Class", made without arguments. ``broken`` says what of the contract it does not keep."""
    module, _, kind = address.partition(":")
    try:
        made = getattr(import_module(module), kind)()
    except (ImportError, AttributeError, TypeError) as error:
        raise PluginError(f"{address} cannot be loaded: {error}; uninstall the package or repair it") from error
    if problem := broken(made):
        raise PluginError(f"{address} does not keep its contract: {problem}")
    return made


def address_of(made: object) -> str:
    """The address at which ``load`` finds the class of this again, in any process."""
    return f"{type(made).__module__}:{type(made).__qualname__}"


def order_stages(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages, each after those it needs, otherwise in the order given.

    Raises PluginError for a name given twice, a need that no stage meets, and a ring.
    """
    by_name: dict[str, Stage] = {}
    for stage in stages:
        if stage.name in by_name:
            both = f"{address_of(by_name[stage.name])} and {address_of(stage)}"
            raise PluginError(f"two stages are called {stage.name!r}: {both}; uninstall one of the packages")
        by_name[stage.name] = stage
    for stage in stages:
        for need in stage.needs:
            if need not in by_name:
                known = ", ".join(sorted(by_name))
                raise PluginError(f"the stage {stage.name!r} needs {need!r}, which does not exist; there are {known}")
    ordered: list[Stage] = []
    waiting = list(stages)
    while waiting:
        done = {stage.name for stage in ordered}
        ready = next((stage for stage in waiting if done.issuperset(stage.needs)), None)
        if ready is None:
            ring = ", ".join(f"{stage.name} needs {' and '.join(stage.needs)}" for stage in waiting)
            raise PluginError(f"these stages need each other in a ring, so none can be first: {ring}")
        ordered.append(ready)
        waiting.remove(ready)
    return tuple(ordered)


def _breaks_stage_contract(made: Any) -> str | None:
    if not isinstance(getattr(made, "name", None), str) or not made.name:
        return "a stage has a `name`"
    if not isinstance(getattr(made, "version", None), int):
        return "a stage has a `version`, a whole number"
    for field in ("needs", "makes"):
        if not isinstance(getattr(made, field, None), tuple):
            return f"a stage has `{field}`, a tuple"
    return None if callable(getattr(made, "read", None)) else "a stage has `read(page)`"


def _breaks_reader_contract(made: Any) -> str | None:
    missing = [name for name in ("format", "file_limit", "claims", "read") if not hasattr(made, name)]
    return f"a reader has {', '.join(missing)}" if missing else None
