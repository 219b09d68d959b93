"""The Merkle tree of RFC 6962 over leaf hashes that come one after the other."""

from __future__ import annotations

import base64
import hashlib

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def encoded(root: bytes) -> str:
    """A root as signed checkpoints write it: base64 with padding."""
    return base64.b64encode(root).decode()


class Frontier:
    """The complete subtrees along the right edge of a growing tree, the largest first.

    They are all that the root needs: one hash for each 1 in the binary count of the leaves.
    """

    def __init__(self) -> None:
        self.size = 0
        self.subtrees: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Takes the next leaf hash; subtrees of one size join into one of twice the size."""
        grown, count = leaf, self.size
        while count & 1:
            grown = node_hash(self.subtrees.pop(), grown)
            count >>= 1
        self.subtrees.append(grown)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.subtrees:
            return EMPTY
        root = self.subtrees[-1]
        for subtree in reversed(self.subtrees[:-1]):
            root = node_hash(subtree, root)
        return root
