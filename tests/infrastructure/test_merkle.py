"""The Merkle tree against known roots, and against the definition of RFC 6962 taken literally."""

import base64
import hashlib

import pytest

from infrastructure.merkle import Frontier, encoded
from infrastructure.recorder import leaf_hash

LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
"""The leaves that implementations of Certificate Transparency test with, in hexadecimal."""

ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Their published roots by the number of leaves."""


def root_of(leaves: list[bytes]) -> bytes:
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf_hash(leaf))
    return tree.root()


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) of RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return hashlib.sha256(b"\1" + left + right).digest()


@pytest.mark.parametrize("size", ROOTS)
def test_the_root_is_the_published_one(size: int) -> None:
    leaves = [bytes.fromhex(leaf) for leaf in LEAVES[:size]]
    assert root_of(leaves).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(18))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    leaves = [f"善 {number}".encode() for number in range(size)]
    assert root_of(leaves) == by_definition(leaves)


def test_asking_for_the_root_does_not_change_the_tree() -> None:
    asked, silent = Frontier(), Frontier()
    for number in range(9):
        asked.add(leaf_hash(b"%d" % number))
        asked.root()
        silent.add(leaf_hash(b"%d" % number))
    assert asked.root() == silent.root()


def test_a_root_is_written_as_checkpoints_write_it() -> None:
    root = Frontier().root()
    assert base64.b64decode(encoded(root), validate=True) == root
    assert encoded(root) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
