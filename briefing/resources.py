"""Where the files that travel with the program are: prompts, templates, models.txt.

In a wheel they lie inside the package; in a checkout they lie at the top of the repository.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of `name` ("models.txt", "prompts", "templates/brief.md.j2") as installed or as checked out."""
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name
