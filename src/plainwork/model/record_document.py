"""The fields of records, as ``FORMAT.md`` lists them."""

from plainwork.model.field_type import Choice, Date, Field, Many, Money, Number, Span, Timestamp
from plainwork.model.usual_types import ID, LINE, PARTY, WORK

RECORD_FIELDS: tuple[Field, ...] = (
    ID,
    Field(
        "record",
        Choice(("update", "approval", "handoff", "spent", "measure", "waiver")),
        "What kind of statement",
        required=True,
    ),
    Field("about", Many(WORK), "The work it speaks of", required=True),
    Field("by", PARTY, "Who says so", required=True),
    Field("at", Timestamp(), "When", required=True),
)

RECORD_KIND_FIELDS: dict[str, tuple[Field, ...]] = {
    "update": (
        Field("health", Choice(("on-track", "at-risk", "off-track")), "How it stands"),
        Field("headline", LINE, "The news, in one line"),
    ),
    "approval": (
        Field("vote", Choice(("approve", "reject")), "The vote", required=True),
        Field("digest", LINE, "What was seen"),
    ),
    "handoff": (
        Field("answer", Choice(("accept", "reject")), "The answer", required=True),
        Field("reason", LINE, "Why"),
    ),
    "spent": (
        Field("party", PARTY, "Who spent it"),
        Field("date", Date(), "On which day"),
        Field("time", Span(effort=True), "How much time"),
        Field("cost", Money(), "How much money"),
    ),
    "measure": (
        Field("name", LINE, "What was measured", required=True),
        Field("value", Number(), "The value", required=True),
    ),
    "waiver": (
        Field("of", LINE, "The policy, rule or transition", required=True),
        Field("digest", LINE, "The change it is for"),
        Field("reason", LINE, "Why", required=True),
        Field("until", Date(), "How long", required=True),
    ),
}
