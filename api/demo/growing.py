"""The volunteers who grew into an association, and won four projects of the district."""

from __future__ import annotations

from datetime import date

from api.demo.agenda import Story
from api.demo.days import START, at
from api.demo.district import District
from api.demo.organisations import GROWN, credit_code, leader_of, let_in_people
from api.demo.people import OFFICER, person_id
from application.changed_organisations import ConfirmRegistration, StartUpgrade
from application.organisations import ImportFiledOrganisation

VOLUNTEERS_NO, ASSOCIATION_NO = "曙光备〔2016〕011号", 900
"""The number under which the volunteers were filed, and that of their credit code later."""


def grown(district: District) -> Story:
    """Volunteers who are filed become an association that is registered; its history stays one."""
    yield at(date(START.year, START.month, START.day + 1), 9)
    volunteers = ImportFiledOrganisation(
        name=GROWN.name,
        filing_no=VOLUNTEERS_NO,
        place=GROWN.place,
        leader=person_id(leader_of(GROWN.key)),
    )
    id = district.organisations[GROWN.key] = district.tell(OFFICER, volunteers).id
    let_in_people(district, GROWN, id)
    yield at(date(2017, 9, 25), 10)
    let_in_people(district, GROWN, id)
    district.tell(leader_of(GROWN.key), StartUpgrade(), id)
    yield at(date(2017, 10, 23), 10)
    certificate, _ = district.store(OFFICER, f"organisation:{id}", f"{GROWN.name}登记证书\n")
    registration = ConfirmRegistration(
        uscc=credit_code(GROWN.form, ASSOCIATION_NO),
        authority="南关区民政局",
        certificate=certificate,
    )
    district.tell(OFFICER, registration, id)
