"""The published entries under pymerkle: the roots are those of the checkpoints, the proofs lead there, and no others."""

import sys
from importlib.metadata import version
from pathlib import Path

from pymerkle import ConsistencyProof, InclusionProof, InmemoryTree, InvalidProof

from published import Work, altered
from tally import Tally


def tree_of(entries: list[bytes]) -> InmemoryTree:
    """Their tree over these entries."""
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(entries)
    return tree


def main() -> None:
    work = Work(Path(sys.argv[1]))
    entries, kept = work.entries(), work.kept()
    newest = kept[-1]
    tree = tree_of(entries)
    tally = Tally(f"pymerkle {version('pymerkle')}")

    for head in kept:
        tally.accepts(f"the root at size {head.size}", tree.get_root(head.size) == head.root)
    for index in (0, 255, 256, newest.size - 1):
        other = tree_of([*entries[:index], altered(entries[index]), *entries[index + 1 :]])
        tally.refuses(f"entry {index} altered", other.get_root() == newest.root)

    for proof in work.proofs():
        name, place = f"the proof of entry {proof.index}", proof.index + 1  # they count from one
        leaf = tree.get_leaf(place)
        theirs = tree.prove_inclusion(place, newest.size)
        tally.accepts(f"{name}, hash by hash", [leaf, *proof.hashes] == theirs.path)

        def check(path: list[bytes], base: bytes = leaf, root: bytes = newest.root) -> None:
            one = InclusionProof("sha256", True, newest.size, place, theirs.rule, path)
            one.verify(base, root, index=place, size=newest.size, algorithm="sha256")

        tally.holds(name, InvalidProof, lambda: check([leaf, *proof.hashes]))
        for at in range(len(proof.hashes)):
            path = [leaf, *proof.hashes]
            path[at + 1] = altered(path[at + 1])
            tally.raises(f"{name} with hash {at} altered", InvalidProof, lambda: check(path))
        forged = tree.hash_buff(altered(entries[proof.index]))
        tally.raises(f"{name} for another entry", InvalidProof, lambda: check([forged, *proof.hashes], base=forged))
        tally.raises(f"{name} to another root", InvalidProof, lambda: check([leaf, *proof.hashes], root=kept[0].root))

    for older in kept[:-1]:
        name = f"consistency from {older.size} to {newest.size}"
        theirs = tree.prove_consistency(older.size, newest.size)

        def holds(path: list[bytes], before: bytes = older.root, after: bytes = newest.root) -> None:
            sizes = (newest.size, older.size)
            one = ConsistencyProof("sha256", True, *sizes, theirs.rule, theirs.subset, path)
            one.verify(before, after, prior_size=older.size, later_size=newest.size, algorithm="sha256")

        tally.holds(name, InvalidProof, lambda: holds(theirs.path))
        for at in range(len(theirs.path)):
            path = [*theirs.path]
            path[at] = altered(path[at])
            tally.raises(f"{name} with hash {at} altered", InvalidProof, lambda: holds(path))
        tally.raises(f"{name}, another root before", InvalidProof, lambda: holds(theirs.path, before=altered(older.root)))
        tally.raises(f"{name}, another root after", InvalidProof, lambda: holds(theirs.path, after=altered(newest.root)))
    tally.close("roots, inclusion and consistency")


main()
