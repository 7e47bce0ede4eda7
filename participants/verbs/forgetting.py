"""Deleting what a registration told for the journey, once nobody needs it."""

from participants.models import (
    EmergencyContact,
    Journey,
    Needs,
    Registration,
    RegistrationAnswer,
    Stay,
    TravelDocument,
    Visa,
)

DETAILS = (TravelDocument, Visa, Needs, EmergencyContact, Journey, Stay, RegistrationAnswer)


def forget_details(registration: Registration) -> None:
    """Delete the details of a registration; the row and its countries stay, for they are counted.

    The caller holds the transaction.

    Files nobody refers to any more go with the next purge (``participants.verbs.purges``).
    """
    for model in DETAILS:
        model.objects.filter(registration=registration).delete()
    Registration.objects.filter(pk=registration.pk).update(
        photo=None, passport_name="", arrives_on=None, leaves_on=None, speaks=[], other_languages=""
    )
