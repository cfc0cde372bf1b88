"""Parsing XML that nobody vouches for: no entities, no network, bounded size and depth."""

from lxml import etree

from whereas.errors import ReadError

LARGEST = 64 * 2**20  # bytes
DEEPEST = 100  # elements inside one another


def parse_xml(data: bytes, source: str) -> etree._Element:
    """Return the root element of ``data``, without comments and processing instructions.

    Raises:
        ReadError: it is not well-formed, declares entities, or is too large or too deep.
    """
    if len(data) > LARGEST:
        raise ReadError(f"{source}: {len(data)} bytes of XML; more than {LARGEST} are not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{source}: not well-formed XML ({error.msg})") from None
    declared = root.getroottree().docinfo.internalDTD
    if (declared is not None and any(True for _ in declared.iterentities())) or any(
        True for _ in root.iter(etree.Entity)
    ):
        raise ReadError(f"{source}: declares XML entities, which are not read; remove its DOCTYPE")
    _check_depth(root, source)
    return root


def _check_depth(root: etree._Element, source: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise ReadError(f"{source}: XML elements nested more than {DEEPEST} deep")
