"""Every test that docs/threat-model.md names exists."""

from __future__ import annotations

import ast
import re

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_named_test_exists(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_threat_names_a_test() -> None:
    table = PAGE.split("## What a file could try")[1].split("## What is not covered")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 15 and len(NAMED) >= 12
    assert [line for line in rows if "::test_" not in line] == []


def test_the_page_says_what_the_recipe_makes() -> None:
    from hostile import recipe

    (count,) = re.findall(r"more than (\d+) of them", PAGE)
    assert len([*recipe.cases(), *recipe.packed()]) > int(count)
