"""``whereas model``: which models there are, what they say of themselves, and if that is true."""

from typing import Annotated

import typer

app = typer.Typer(help="List, show and verify models.", no_args_is_help=True)

Model = Annotated[str, typer.Argument(help="Name of a shipped model, or folder of a bundle.")]


@app.command("list")
def list_models() -> None:
    """List the models that come with whereas."""
    from whereas.bundle import read_manifest, shipped_bundles

    for path in shipped_bundles():
        manifest = read_manifest(path)
        labels = len(manifest.scheme.functions)
        typer.echo(f"{manifest.name}\t{', '.join(manifest.languages)}\t{labels} functions\t{path}")


@app.command()
def show(model: Model = "default") -> None:
    """Print a model's card."""
    from whereas.bundle import find_bundle, load_bundle

    card = load_bundle(find_bundle(model)).card
    typer.echo("".join(c for c in card if c.isprintable() or c in "\n\t"), nl=False)


@app.command()
def verify(model: Model = "default") -> None:
    """Check a model's format, files, versions and content."""
    from whereas.bundle import find_bundle, load_bundle

    path = find_bundle(model)
    manifest = load_bundle(path).manifest
    typer.echo(f"{path}: sound")
    typer.echo(f"format {manifest.format}, commit {manifest.commit or 'unknown'}")
    for name, number in sorted(manifest.versions.items()):
        typer.echo(f"made with {name} {number}")
    for name, entry in sorted(manifest.files.items()):
        typer.echo(f"{name}: {entry.size} bytes, sha256 {entry.sha256}")
    for corpus in manifest.corpora:
        typer.echo(
            f"trained on {corpus.get('name')}: {corpus.get('documents')} documents, "
            f"{corpus.get('clauses')} clauses, sha256 {corpus.get('sha256')}"
        )
