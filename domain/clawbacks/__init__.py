"""Clawbacks: what is ordered back from a grantee, repaid, given up or withdrawn."""
