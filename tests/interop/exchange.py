"""`export FORMAT` under software that reads the formats: prov, networkx, and the parsers of Python for XML, CSV and JSON.

The folder `exchange/` holds what .ci/interop exported: `NAME.prov.json` and `NAME.graphml` of claims, feeds, tables, literature.
"""

import csv
import io
import json
import sys
import xml.etree.ElementTree as ElementTree
from importlib.metadata import version
from pathlib import Path

import networkx
import prov.model

from tally import Tally

ATOM = "{http://www.w3.org/2005/Atom}"


def document(text: str) -> prov.model.ProvDocument:
    """A PROV document, as the package reads it."""
    return prov.model.ProvDocument.deserialize(content=text, format="json")


def provenance(folder: Path) -> None:
    """Every thing that a relation names is described, and the document says the same after their own reading and writing."""
    tally = Tally(f"prov {version('prov')}")
    for path in sorted(folder.glob("*.prov.json")):
        text = path.read_text(encoding="utf-8")
        read = tally.holds(path.name, Exception, lambda: document(text))
        tally.accepts(f"{path.name} written and read again", document(read.serialize(format="json")) == read)
        things = {record.identifier for record in read.get_records(prov.model.ProvElement)}
        relations = list(read.get_records(prov.model.ProvRelation))
        for relation in relations:
            for name, value in relation.formal_attributes[:2]:
                tally.accepts(f"{path.name}: {name} of {relation}", value in things)
        kinds = {type(relation).__name__ for relation in relations}
        wanted = {"ProvGeneration", "ProvAttribution", "ProvAssociation", "ProvDerivation", "ProvDelegation", "ProvUsage"}
        tally.accepts(f"{path.name}: {wanted - kinds}", wanted <= kinds)
        types = {str(kind) for thing in read.get_records(prov.model.ProvElement) for kind in thing.get_asserted_types()}
        for kind in ("claimledger:Claim", "claimledger:Source", "claimledger:Verdict", "prov:Person", "prov:Organization", "prov:SoftwareAgent"):
            tally.accepts(f"{path.name}: a {kind} among {types}", kind in types)
        # An end that was taken away is missed.
        less = json.loads(text)
        less["entity"].pop(next(iter(less["entity"])))
        left = document(json.dumps(less))
        there = {record.identifier for record in left.get_records(prov.model.ProvElement)}
        ends = [value for relation in left.get_records(prov.model.ProvRelation) for _, value in relation.formal_attributes[:2]]
        tally.refuses(f"{path.name} without an entity", all(end in there for end in ends))
        tally.raises(f"{path.name} with an end missing", ValueError, lambda: document(text[:-3]))
    tally.close("PROV-JSON")


def graphs(folder: Path) -> None:
    """Every edge leads from a node to a node that has attributes."""
    tally = Tally(f"networkx {networkx.__version__}")
    for path in sorted(folder.glob("*.graphml")):
        graph = tally.holds(path.name, Exception, lambda: networkx.read_graphml(path))
        tally.accepts(f"{path.name} is directed and has edges", graph.is_directed() and graph.number_of_edges() > 0)
        for node, attributes in graph.nodes(data=True):
            tally.accepts(f"{path.name}: {node}", attributes.get("kind") in ("claim", "source"))
        claims = [node for node, attributes in graph.nodes(data=True) if attributes["kind"] == "claim"]
        tally.accepts(f"{path.name}: one claim", len(claims) == 1)
        evidence = [edge for edge in graph.edges(data=True) if edge[2]["kind"] == "evidence"]
        tally.accepts(f"{path.name}: evidence for the claim", evidence and all(edge[1] == claims[0] for edge in evidence))
        broken = path.read_text(encoding="utf-8")[:-12].encode()
        tally.raises(f"{path.name} without its end", ElementTree.ParseError, lambda: networkx.read_graphml(io.BytesIO(broken)))
    tally.close("GraphML")


def feeds(folder: Path) -> None:
    """Ids are there once, dates are instants, and tables have as many cells in every row as in the first."""
    tally = Tally("python")
    for path in sorted(folder.glob("*.atom")):
        text = path.read_text(encoding="utf-8")
        root = tally.holds(path.name, ElementTree.ParseError, lambda: ElementTree.fromstring(text))
        ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        tally.accepts(f"{path.name}: ids", len(set(ids)) == len(ids) and all(one.startswith("urn:claimledger:") for one in ids))
        for name in ("id", "title", "updated"):
            tally.accepts(f"{path.name}: {name}", bool(root.findtext(f"{ATOM}{name}")))
        tally.raises(f"{path.name} without its end", ElementTree.ParseError, lambda: ElementTree.fromstring(text[:-9]))
    for path in sorted(folder.glob("*.feed.json")):
        feed = json.loads(path.read_text(encoding="utf-8"))
        tally.accepts(f"{path.name}: version", feed["version"] == "https://jsonfeed.org/version/1.1")
        tally.accepts(f"{path.name}: items", all(item["id"] and "content_text" in item for item in feed["items"]))
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as table:
            rows = list(csv.reader(table, strict=True))
        tally.accepts(f"{path.name}: {len(rows)} rows", len({len(row) for row in rows}) == 1)
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        tally.accepts(f"{path.name}: objects", all(isinstance(json.loads(line), dict) for line in lines))
    items = json.loads((folder / "sources.csl.json").read_text(encoding="utf-8"))
    tally.accepts("CSL keys", items and len({item["id"] for item in items}) == len(items))
    tally.close("feeds, tables and literature")


folder = Path(sys.argv[1]) / "exchange"
provenance(folder)
graphs(folder)
feeds(folder)
