"""How the parts may depend on each other, how large they may grow, and what a public repository must not hold."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pages.kit.page_list import PAGES

ROOT = Path(__file__).parents[1]
PACKAGES = ("loaders", "pages", "warehouse")
MOST_LINES, MOST_FUNCTION_LINES = 300, 45

# Who may import what is outside: a change of this list is a decision, not an accident.
IMPORTERS = {
    "duckdb": {
        *("warehouse.build", "warehouse.derivation", "warehouse.dimensions", "warehouse.findings", "warehouse.store"),
        *("warehouse.versions.figured", "warehouse.versions.publish"),
    },
    "xlsxwriter": {"warehouse.exports.sheets"},
    "pysdmx": {"warehouse.exports.sdmx"},
    "streamlit": {"app", "pages"},
    "starlette": {"pages.kit.server"},
    "uvicorn": {"pages.kit.server"},
    "plotly": {"pages"},
    "tqdm": {"cli"},
}
ONE_IMPORTER = ("xlsxwriter", "pysdmx", "fastexcel", "openpyxl", "docx", "pdfplumber", "lxml")
IMPORTED_AS = {"docx": "python-docx"}
DATABASE = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|CREATE\s+(TABLE|VIEW|OR))\b", re.DOTALL)

# Places on the machine where it is made, and marks that tools leave: of no use to a reader. The letters in brackets
# keep this list from finding itself.
PRIVATE = re.compile(
    r"/w[o]rk\b|/t[m]p/|/r[o]ot\b|/h[o]me/\w|i[n]dex-url|art[i]factory|dev[p]i\b|"
    r"\b(co-auth[o]red-by|cop[i]lot|chatb[o]t|language m[o]del|LL[M]|GP[T]|Cla[u]de|Anthr[o]pic|OpenA[I])\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1|localhost)[\w.-]*(pypi|registry|npmjs|mirror)[\w.-]*")


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}
    return {**named, "app": ROOT / "app.py", "cli": ROOT / "cli.py"}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """The full names that a module imports, at its top or within."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            assert node.module
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def importers(package: str) -> set[str]:
    """The modules that import a package or a part of it."""
    return {module for module in modules() if any(name.partition(".")[0] == package for name in imports(module))}


def tops(names: Iterable[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_no_two_test_modules_share_a_name() -> None:
    """pytest would import the first for both, and collect nothing."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


# Arrows ---------------------------------------------------------------------------------------------


def test_the_warehouse_imports_neither_side() -> None:
    assert {"warehouse"} & (tops(importers("loaders")) | tops(importers("pages"))) == set()


def test_loaders_and_pages_do_not_know_each_other() -> None:
    assert tops(importers("loaders")) == {"cli", "loaders"}
    assert tops(importers("pages")) == {"app", "cli", "pages"}


def test_every_part_uses_the_warehouse() -> None:
    assert tops(importers("warehouse")) == {"app", "cli", "loaders", "pages", "warehouse"}


@pytest.mark.parametrize("package", sorted(IMPORTERS))
def test_an_outside_library_has_its_importers(package: str) -> None:
    allowed, found = IMPORTERS[package], importers(package)
    whole = {name for name in allowed if "." not in name}
    assert {name for name in found if name.partition(".")[0] not in whole} == allowed - whole
    assert tops(found) == tops(allowed)


@pytest.mark.parametrize("package", ONE_IMPORTER)
def test_a_file_library_has_one_importer(package: str) -> None:
    assert len(importers(package)) <= 1


def test_no_importer_of_the_terminal_or_the_app() -> None:
    assert importers("app") | importers("cli") == set()


@pytest.mark.parametrize("package", ["loaders", "pages"])
def test_questions_are_asked_in_sql_files_only(package: str) -> None:
    """No text of a module outside the warehouse reads like a query."""
    found = [
        f"{module}:{node.lineno}"
        for module in modules()
        if module.partition(".")[0] == package
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DATABASE.search(node.value)
    ]
    assert found == []


def test_no_import_circle() -> None:
    graph = {module: {name for name in imports(module) if name in modules()} for module in modules()}
    while graph:
        free = {module for module, needed in graph.items() if not needed & graph.keys() - {module}}
        assert free, f"a circle among {sorted(graph)}"
        graph = {module: needed for module, needed in graph.items() if module not in free}


def test_every_import_is_a_dependency_or_of_python() -> None:
    declared = {re.split("[<>=]", name)[0] for name in settings()["project"]["dependencies"]}
    used = {IMPORTED_AS.get(name, name) for module in modules() for name in tops(imports(module))}
    assert sorted(used - declared - set(sys.stdlib_module_names) - {*PACKAGES, "cli", "app"}) == []


# Shape ----------------------------------------------------------------------------------------------


def test_pages_are_folders_in_the_list() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]
    folders = {path.name for path in (ROOT / "pages").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {"kit", *(entry.name for entry in PAGES)}
    for entry in PAGES:
        shown = [node for node in tree(f"pages.{entry.name}.page").body if isinstance(node, ast.FunctionDef)]
        assert [node.name for node in shown if not node.name.startswith("_")] == ["show"]


def test_figures_know_nothing_of_streamlit_or_the_warehouse() -> None:
    for module in modules():
        if module.rpartition(".")[2] in ("figures", "map", "icicle", "tiles", "colours"):
            assert {"streamlit", "warehouse"} & tops(imports(module)) == set(), module


def test_modules_are_short() -> None:
    lengths = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in modules().items()}
    assert {module: length for module, length in lengths.items() if length > MOST_LINES} == {}


def functions() -> Iterator[tuple[str, int]]:
    for module in modules():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module}.{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    assert {name: length for name, length in functions() if length > MOST_FUNCTION_LINES} == {}


def test_every_package_and_module_says_what_it_is() -> None:
    assert [module for module in modules() if not ast.get_docstring(tree(module))] == []


# Packaging ------------------------------------------------------------------------------------------


@cache
def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_installed() -> None:
    listed = settings()["tool"]["setuptools"]["packages"]
    assert listed == sorted(module for module, path in modules().items() if path.name == "__init__.py")


def test_every_data_file_is_installed() -> None:
    patterns = settings()["tool"]["setuptools"]["package-data"].items()
    installed = {path for package, globs in patterns for glob in globs for path in (ROOT / package).glob(glob)}
    data = {path for path in committed() if path.relative_to(ROOT).parts[0] in PACKAGES and path.suffix != ".py"}
    assert sorted(str(path.relative_to(ROOT)) for path in data - installed) == []


def test_dependencies_are_bounded_below_and_above() -> None:
    loose = [
        name for name in settings()["project"]["dependencies"] if not re.fullmatch(r"[\w-]+>=[\d.]+,<[\d.]+", name)
    ]
    assert loose == []
    tools = settings()["dependency-groups"]["dev"]
    assert [name for name in tools if not re.fullmatch(r"[\w-]+==[\d.]+", name)] == []


def test_no_committed_file_tells_where_or_how_it_was_made() -> None:
    found = []
    for path in committed():
        name = path.relative_to(ROOT).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), start=1)
        found += [f"{name}:{number}" for number, line in lines if PRIVATE.search(line) or ADDRESS.search(line)]
        if "../shared" in text and not name.startswith(("tests/", "README")):
            found.append(name)
    assert found == []
