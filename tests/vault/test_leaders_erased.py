"""Somebody whom only a register names is erased like anybody, also by a restore of before."""

import json
from pathlib import Path

from application.personal import Personal
from domain.people.person import Person, Stage
from infrastructure.erasing import journal_of, replay
from infrastructure.vault_of_registers import take_in
from tests.district import District

LEADER = "person:0b8f5a5e-4b5e-5c4e-9a51-1d6b7a3c2f10"


def test_an_erasure_of_the_journal_reaches_who_was_only_named_by_a_register(
    tmp_path: Path,
) -> None:
    district = District(f"sqlite:///{tmp_path / 'fundtrail.db'}")
    system = district.system
    stated = {LEADER: Personal(name="王芳", phone="13900010002")}
    assert take_in(system.vault, stated, "operator") == 1
    assert take_in(system.vault, stated, "operator") == 0
    others = [{"person": one, "at": "", "authority": "依申请"} for one in (LEADER, "person:nobody")]
    journal = journal_of(system.settings)
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_text("".join(f"{json.dumps(line)}\n" for line in others), encoding="utf-8")

    assert replay(system) == [LEADER]

    assert system.vault.read(LEADER, reader="operator", purpose="核对") == {}
    assert LEADER not in system.vault.names()
    with system.shelf() as shelf:
        person = shelf.fetch((LEADER,))[LEADER]
    assert isinstance(person, Person)
    assert person.stage == Stage.ERASED
    assert replay(system) == []
    assert take_in(system.vault, stated, "operator") == 0
    district.close()
