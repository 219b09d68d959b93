"""Draws every panel again from `fundtrail export records`, with nothing but what is written there.

    python docs/draw_again.py records.jsonl
"""

import hashlib
import json
import sys

lists, same = {}, True
for line in open(sys.argv[1], encoding="utf-8"):
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
        key = lambda person: hashlib.sha256(f"{event['seed']}:{person}".encode()).digest()
        drawn = sorted(people, key=key)[: len(event["members"])]
        same = same and drawn == event["members"]
        print(stream, *drawn)
sys.exit(0 if same else "The records do not give the panels that they name.")
