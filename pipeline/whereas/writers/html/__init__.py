"""A web page that shows a resolution and what each clause does: one file, nothing else needed."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from whereas.document import Document
from whereas.writers.html.view import view_of


def write(document: Document) -> str:
    """Return the page of a document."""
    return _template().render(page=view_of(document))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("whereas.writers.html"),
        autoescape=select_autoescape(("html.j2",), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
