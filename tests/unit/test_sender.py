"""Who runs an installation: by settings, with nothing made up, and nothing that is no way to reach anybody."""

import pytest

from bosett_web.operations.sender import DIRECTORATE, contact_fault, sender_of, web_fault
from bosett_web.operations.settings_list import setting_faults


def test_who_runs_it_is_the_directorate_and_no_contact_is_made_up_when_nothing_is_told() -> None:
    sender = sender_of({})
    assert sender.name == DIRECTORATE
    assert {sender.help_at, sender.faults_at, sender.accessibility, sender.privacy} == {""}


def test_faults_are_told_where_help_is_asked_for_unless_another_place_is_named() -> None:
    sender = sender_of({"BOSETT_SENDER_NAME": "Vårt direktorat", "BOSETT_SENDER_HELP": "hjelp@direktorat.example"})
    assert (sender.name, sender.help_at) == ("Vårt direktorat", "mailto:hjelp@direktorat.example")
    assert sender.faults_at == sender.help_at
    other = sender_of({"BOSETT_SENDER_HELP": "a@b.example", "BOSETT_SENDER_FAULTS": "https://faults.example/@us"})
    assert other.faults_at == "https://faults.example/@us"


@pytest.mark.parametrize("contact", ["hjelp@imdi.example", "https://hjelp.example", "https://hjelp.example/a?b=1"])
def test_a_way_to_reach_somebody_is_taken(contact: str) -> None:
    assert contact_fault(contact) == ""


@pytest.mark.parametrize(
    "contact",
    [
        *("hjelp", "hjelp@imdi", "@imdi.example", "a b@imdi.example", "javascript:alert(1)", "http://hjelp.example"),
        *("https://", "a@b.example?subject=x", "a@b.example,c@d.example", "mailto:a@b.example", "<a@b.example>"),
    ],
)
def test_what_reaches_nobody_is_refused(contact: str) -> None:
    assert contact_fault(contact)
    named = {each.name for each in setting_faults({"BOSETT_SENDER_HELP": contact})}
    assert "BOSETT_SENDER_HELP" in named


def test_a_statement_lies_on_the_web() -> None:
    assert web_fault("https://uustatus.example/nb/1") == ""
    assert web_fault("/accessibility")
    assert "BOSETT_SENDER_PRIVACY" in {each.name for each in setting_faults({"BOSETT_SENDER_PRIVACY": "personvern"})}
