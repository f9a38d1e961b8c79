"""Write the licences of all that is installed with CCHC to `docs/licences.md`."""

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

INTO = Path(__file__).parents[2] / "docs" / "licences.md"
_NAME = re.compile(r"^[\w.-]+")


def needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """A package and all that it needs here, without extras."""
    key = name.lower().replace("_", "-")
    try:
        package = distribution(name)
    except ImportError:  # for another system only
        return found
    if key not in found:
        found[key] = package
        for line in package.requires or ():
            if "extra ==" not in line and (match := _NAME.match(line)):
                needed(match[0], found)
    return found


def licence(package: Distribution) -> str:
    """What the package itself says."""
    told = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License")
    ]
    text = told.get("License-Expression") or "; ".join(classifiers) or (told.get("License") or "?").splitlines()[0]
    return str(text)


def main() -> None:
    """Write the list."""
    packages = needed("cchc", {})
    packages.pop("cchc")
    rows = [f"| {name} | {package.version} | {licence(package)} |" for name, package in sorted(packages.items())]
    head = ["# Licences of the dependencies", "", "Written by `uv run python tests/faults/licences.py`.", ""]
    INTO.write_text("\n".join([*head, "| package | version | licence |", "|---|---|---|", *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
