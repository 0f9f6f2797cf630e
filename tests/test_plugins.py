"""Plugins: ours and others' come through one door, and what breaks the contract is said before the first article."""

from __future__ import annotations

import importlib.metadata
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

from onrecord import plugins
from onrecord.errors import PluginError
from onrecord.model import Name
from onrecord.plugins import address_of, load, load_readers, load_stages, order_stages
from onrecord.reading.page import Page, Reading
from tests.standins import Names, Sayings


class Ships(Names):
    """A stage as another package would offer it."""

    name = "ships"
    needs = ("names",)


class Reader:
    """A reader as another package would offer it."""

    format = "telegram"
    file_limit = 1000

    def claims(self, name: str, head: bytes) -> bool:
        return name.endswith(".telegram")

    def read(self, raw: bytes) -> object:
        return iter(())


class Unnamed(Names):
    name = ""


class Unnumbered(Names):
    version = "1"  # type: ignore[assignment]


class Listed(Names):
    needs = ["names"]  # type: ignore[assignment]  # noqa: RUF012


class Silent:
    name, version, needs, makes = "silent", 1, (), (Name,)


class Asking(Names):
    def __init__(self, model: str) -> None:
        self.model = model


def stage(stage_name: str, *stage_needs: str) -> Any:
    class Made:
        name, version, needs, makes = stage_name, 1, stage_needs, (Name,)

        def read(self, page: Page) -> Reading:
            return Reading()

    return Made()


def offer(monkeypatch: pytest.MonkeyPatch, **groups: dict[str, type]) -> None:
    """Pretend that installed packages offer these classes under their groups."""
    points = [
        EntryPoint(name, f"{kind.__module__}:{kind.__qualname__}", f"onrecord.{group}")
        for group, offered in groups.items()
        for name, kind in offered.items()
    ]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: EntryPoints(points).select(group=group))


def test_a_plugins_stage_takes_its_place_among_ours_by_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "BUILT_IN_STAGES", ("tests.standins:Sayings", "tests.standins:Names"))
    offer(monkeypatch, stages={"ships": Ships})
    assert [stage.name for stage in load_stages()] == ["names", "statements", "ships"]


def test_our_own_stages_load_and_each_comes_after_those_it_needs() -> None:
    stages = load_stages()
    done: set[str] = set()
    for made in stages:
        assert done.issuperset(made.needs)
        done.add(made.name)
    assert {"roles", "times", "names", "references", "statements", "acts"} <= done


def test_stages_keep_the_order_given_where_nothing_else_is_needed() -> None:
    given = [stage("c", "a"), stage("b"), stage("a"), stage("d", "c", "b")]
    assert [made.name for made in order_stages(given)] == ["b", "a", "c", "d"]
    assert order_stages([]) == ()


def test_two_stages_of_one_name_are_refused_with_both_addresses() -> None:
    with pytest.raises(PluginError, match=r"two stages are called 'names': .*:Names and .*:Names"):
        order_stages([Names(), Names()])


def test_a_need_that_nobody_meets_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(PluginError, match=r"'statements' needs 'names', which does not exist; there are a, statements"):
        order_stages([stage("a"), Sayings()])


def test_a_ring_is_refused_with_its_stages() -> None:
    with pytest.raises(PluginError, match="a needs b, b needs c, c needs a"):
        order_stages([stage("free"), stage("a", "b"), stage("b", "c"), stage("c", "a")])


@pytest.mark.parametrize("address", ["onrecord.nowhere:Names", "tests.standins:Nothing", "tests.test_plugins:Asking"])
def test_a_stage_that_cannot_be_loaded_is_named(address: str) -> None:
    with pytest.raises(PluginError, match=address):
        load_stages([address])


@pytest.mark.parametrize(
    ("kind", "problem"),
    [(Unnamed, "`name`"), (Unnumbered, "`version`"), (Listed, "`needs`, a tuple"), (Silent, r"`read\(page\)`")],
)
def test_a_stage_that_breaks_its_contract_is_told_what_is_missing(kind: type, problem: str) -> None:
    with pytest.raises(PluginError, match=f"{kind.__name__} does not keep its contract: .*{problem}"):
        load_stages([f"{kind.__module__}:{kind.__qualname__}"])


def test_readers_of_plugins_come_by_name_and_keep_their_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, readers={"telegram": Reader})
    assert [reader.format for reader in load_readers()] == ["telegram"]
    offer(monkeypatch, readers={"bad": Names})
    with pytest.raises(PluginError, match="a reader has format, file_limit, claims"):
        load_readers()


def test_what_is_loaded_can_be_loaded_again_by_its_address() -> None:
    assert address_of(load("tests.standins:Names")) == "tests.standins:Names"
