"""The fields that tell nothing of anybody, one by one, so that a new field cannot be forgotten.

Left out here and in ``participants.privacy`` are keys, relations, moments, numbers and yes or no: they tell nothing by
themselves.
"""

_FIELDS = {
    "accounts.ActivityEntry": "verb subject_kind subject_key",
    "accounts.User": "role",
    "correspondence.Mailing": "title",
    "correspondence.Message": (
        "key kind language link_key link_digest link_path topic about_kind about_key person_key state worker relay_id"
    ),
    "correspondence.MessageAttempt": "outcome worker",
    "correspondence.Bounce": "kind source",
    "correspondence.StoredFile": "purpose media_type sha256 storage_name purge_on",
    "correspondence.Relay": "detail",
    "correspondence.LetterTemplate": "kind language subject body",
    "correspondence.Letterhead": "organization address",
    "workshops.Party": (
        "iso2 m49 kind name name_en formal_name search_text deposited_on in_force_on language capital "
        "latitude longitude zone"
    ),
    "workshops.PartyName": "language name valid_from valid_to",
    "workshops.DecisionIssue": "title",
    "workshops.Decision": "reference",
    "workshops.DecisionCitation": "paragraphs parts search_text note",
    "workshops.Framework": "title adopted_on due_on source",
    "workshops.Target": "goal title summary elements due_on",
    "workshops.Programme": "slug code title objective participants_rule method starts_on ends_on",
    "workshops.Mandate": "paragraph",
    "workshops.Expectation": "kind code text",
    "workshops.Partner": "name role",
    "workshops.Coverage": "reason_left_out",
    "workshops.Workshop": (
        "slug reference title city venue zone latitude longitude starts_on ends_on opens_at closes_at "
        "web_address languages stage"
    ),
    "workshops.Contribution": "fund kind amount currency description earmark pledged_on received_on source",
    "workshops.CurriculumItem": "code title text",
    "workshops.HostOffer": "city free_from free_to covers state",
    "workshops.Session": "kind title room",
    "workshops.Material": "kind title language address published_on",
    "workshops.Output": "title text recorded_on",
    "workshops.Region": "of_list name",
    "workshops.RegionMembership": "valid_from valid_to",
    "participants.Call": (
        "symbol file_reference issued_on thematic_areas state deadline_zone criteria tracks sectors papers "
        "reminder_days planning_signatures late_policy funding funded_lists"
    ),
    "participants.Organization": "name acronym kind",
    "participants.FocalPoint": "kind valid_from valid_to language confirmed_on",
    "participants.NominationDocument": "kind",
    "participants.SavedStage": "stage",
    "participants.AskedStage": "stage asking",
    "participants.RegistrationQuestion": "kind label help options depends_value",
    "participants.Attendance": "day",
    "participants.Campaign": "title kinds state due_zone reminder_days",
    "participants.CampaignEntry": "kind answer proposed_from",
    "participants.Defect": "kind",
    "participants.Dispute": "judged_on",
    "participants.DraftDocument": "kind",
    "participants.DuplicatePair": "state",
    "participants.Endorsement": "channel letter_date",
    "participants.CallExtension": "previous_zone deadline_zone",
    "participants.DirectoryImport": "state ignored problem",
    "participants.DirectoryRow": "verdict",
    "participants.Purge": "counts problem",
    "participants.Selection": "state origin currency digest levels conflict problem level",
    "participants.SelectionEntry": "outcome computed cost",
    "participants.CostPart": "budget amount",
    "participants.SelectionQuestion": "kind state",
    "participants.Reopening": "state",
    "participants.Replacement": "letter_date sunk",
    "participants.Criterion": "name",
    "participants.SelectionRules": "sector_shares priority_lists currency fare_start fare_per_1000_km allowance_a_day",
    "participants.Budget": "amount lists sectors",
    "participants.Lock": "verdict",
    "participants.TerritoryDecision": "territory",
    "participants.VisaRule": "kind need source",
    "targets.Submission": "state",
    "targets.TargetItem": "title measure as_written value start_value unit bound basis hectares baseline due_on source",
    "targets.Area": "name geometry hectares_stated",
    "targets.Compilation": "scope state snapshot digest failure",
    "targets.ReportFile": "format",
}
NOT_PERSONAL = frozenset(f"{model}.{name}" for model, names in _FIELDS.items() for name in names.split())
