"""Types that many fields of ``FORMAT.md`` have."""

from plainwork.model.field_type import Choice, Field, Identifier, Reference, Text
from plainwork.model.work import VISIBILITIES

LINE = Text(single_line=True)
PARTY = Reference("party")
PERSON = Reference("person")
TEAM = Reference("team")
WORK = Reference("work")
WORKFLOW = Reference("workflow")
VISIBILITY = Choice(VISIBILITIES)

ID = Field("id", Identifier(), "The identity; without it the file name is")
