"""Draws every panel again from `fundtrail export records`, with nothing but what is written there.

python docs/draw_again.py records.jsonl
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

lists: dict[tuple[str, int], set[str]] = {}
same = True
for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    record = json.loads(line)
    event, stream, version = record["event"], record["stream"], record["version"]
    if stream.startswith("pool:"):
        people = set(lists.get((stream, version - 1), ()))
        if event["type"] == "pool.expert_added":
            people.add(event["expert"]["person"])
        if event["type"] == "pool.expert_removed":
            people.discard(event["person"])
        lists[stream, version] = people
    if event["type"] == "panel.drawn" and event.get("pool_id"):
        people = lists["pool:" + event["pool_id"], event["pool_version"]]
        people = people - {excluded["person"] for excluded in event.get("excluded", ())}
        digests = {sha256(f"{event['seed']}:{who}".encode()).digest(): who for who in people}
        drawn = [digests[digest] for digest in sorted(digests)][: len(event["members"])]
        same = same and drawn == event["members"]
        sys.stdout.write(" ".join([stream, *drawn]) + "\n")
sys.exit(0 if same else "The records do not give the panels that they name.")
