"""E-mail addresses in any script, written in one way at every door."""

import pytest
from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.addresses import as_read, on_the_wire
from accounts.api.fields import AddressField as ApiAddressField
from accounts.errors import Invalid
from accounts.portal.forms import AddressField, AddressInput

LABEL = "b" * 63
LONGEST = f"{'a' * 49}@{LABEL}.{LABEL}.{LABEL}.{'c' * 4}.example"  # 254 octets
GOOD = [
    ("Amal@Ministry.EXAMPLE", "Amal@ministry.example", "Amal@ministry.example"),
    ("  amal@ministry.example\t", "amal@ministry.example", "amal@ministry.example"),
    ("anna@ПОЧТА.РФ", "anna@почта.рф", "anna@xn--80a1acny.xn--p1ai"),
    ("anna@XN--80A1ACNY.XN--P1AI", "anna@почта.рф", "anna@xn--80a1acny.xn--p1ai"),
    ("用户@例子.广告", "用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
    ("أمل@بيئة.example", "أمل@بيئة.example", "أمل@xn--lgbde4k.example"),
    ("o'brien+amman@ministry.example", "o'brien+amman@ministry.example", "o'brien+amman@ministry.example"),
    (LONGEST, LONGEST, LONGEST),
]
BAD = [
    "amal",
    "amal@",
    "@ministry.example",
    "amal@ministry",
    "amal@ministry..example",
    ".amal@ministry.example",
    "amal@-ministry.example",
    "a@b.example\nBcc: x@y.example",
    "a@b.example\r\nBcc: x@y.example",
    "a\x00@b.example",
    "a@b.example, c@d.example",
    "Amal <amal@ministry.example>",
    '"amal@home"@ministry.example',
    "amal@[192.0.2.1]",
    "amal @ministry.example",
    "a\u202eb@ministry.example",
    f"a{LONGEST}",
    f"{'a' * 40}@{'例' * 20}.{'例' * 20}.{'例' * 20}.{'例' * 20}.{'例' * 20}.example",  # long in octets alone
]


@pytest.mark.parametrize(("typed", "read", "wire"), GOOD)
def test_an_address_is_written_in_one_way(typed: str, read: str, wire: str):
    assert as_read(typed) == read
    assert on_the_wire(typed) == wire
    assert as_read(wire) == read
    assert on_the_wire(read) == wire


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_address_is_refused(typed: str):
    for writes in (as_read, on_the_wire):
        with pytest.raises(Invalid) as refused:
            writes(typed, field="contact")
        assert (refused.value.code, refused.value.field) == ("email_invalid", "contact")


@pytest.mark.parametrize(("typed", "read", "wire"), GOOD)
def test_pages_and_programs_take_the_same(typed: str, read: str, wire: str):
    assert AddressField().clean(typed) == read
    assert ApiAddressField().run_validation(typed) == read


@pytest.mark.parametrize("typed", [*BAD, ""])
def test_pages_and_programs_refuse_the_same(typed: str):
    with pytest.raises(ValidationError) as on_a_page:
        AddressField().clean(typed)
    with pytest.raises(serializers.ValidationError) as to_a_program:
        ApiAddressField().run_validation(typed)
    codes = {"email_invalid", "max_length", "null_characters_not_allowed"}
    assert {error.code for error in on_a_page.value.error_list} <= {"required", *codes}
    assert {str(code) for code in to_a_program.value.get_codes() or ()} <= {"blank", *codes}


def test_no_address_may_be_given_where_none_is_asked_for():
    assert AddressField(required=False).clean("") == ""
    assert ApiAddressField(allow_blank=True).run_validation("") == ""


def test_the_box_lets_a_browser_take_any_script():
    box = AddressInput().render("email", "用户@例子.广告", {"id": "id_email"})
    assert 'type="text"' in box
    assert 'inputmode="email"' in box
