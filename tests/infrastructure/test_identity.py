"""Who people are: asked for one by one or all at once, the answer is the same."""

from __future__ import annotations

import sqlalchemy as sa

from application.principals import Held
from tests.district import DISTRICT, District
from tests.played import with_organisation


def test_everybody_is_found_with_one_statement_as_they_are_one_by_one(sqlite_url: str) -> None:
    district = District(sqlite_url)
    organisation = with_organisation(district).organisation
    district.person("both", Held("leader", DISTRICT), Held("applicant", organisation=organisation))
    identity = district.system.identity
    statements: list[str] = []
    sa.event.listen(
        district.system.database.engine,
        "before_cursor_execute",
        lambda *said: statements.append(said[2]),
    )
    everybody = identity.principals()
    assert [text.split()[0] for text in statements] == ["BEGIN", "SELECT"]
    assert everybody == {id: identity.principal(id) for id in identity.names()}
    assert everybody["person:both"].interests == {organisation}
    district.close()
