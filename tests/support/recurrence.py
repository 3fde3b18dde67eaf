"""Recurrence rules of every accepted shape, for properties."""

from hypothesis import strategies as st

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _some(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    return st.lists(numbers, min_size=1, max_size=3).map(lambda found: ",".join(map(str, found)))


def _signed(largest: int) -> st.SearchStrategy[int]:
    return st.integers(1, largest) | st.integers(-largest, -1)


@st.composite
def _rule_text(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": frequency}
    choices = {
        "INTERVAL": st.integers(1, 5).map(str),
        "WKST": st.sampled_from(_WEEKDAYS),
        "BYMONTH": _some(st.integers(1, 12)),
        "BYDAY": _weekdays(counted=frequency in ("MONTHLY", "YEARLY")),
    }
    if frequency != "WEEKLY":
        choices["BYMONTHDAY"] = _some(_signed(31))
    if frequency == "YEARLY":
        choices["BYYEARDAY"] = _some(_signed(366))
        choices["BYWEEKNO"] = _some(_signed(53))
    names = draw(st.lists(st.sampled_from(sorted(choices)), max_size=4, unique=True))
    parts |= {name: draw(choices[name]) for name in names}
    if any(name.startswith("BY") for name in parts) and draw(st.booleans()):
        parts["BYSETPOS"] = draw(_some(_signed(4)))
    parts |= draw(st.sampled_from([{}, {}, {"COUNT": "7"}, {"UNTIL": "20310815"}]))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _weekdays(*, counted: bool) -> st.SearchStrategy[str]:
    plain = st.sampled_from(_WEEKDAYS)
    one = plain | st.builds("{}{}".format, _signed(5), plain) if counted else plain
    days = st.lists(one, min_size=1, max_size=5).map(",".join)
    return days | st.just("MO,TU,WE,TH,FR")


rule_texts = _rule_text()


@st.composite
def _similar(draw: st.DrawFn) -> tuple[str, str]:
    """Two rules that differ in one part, or where one lacks it."""
    frequency, *parts = draw(rule_texts).split(";")
    others = draw(rule_texts.filter(lambda text: text.startswith(frequency))).split(";")[1:]
    changed = {part.partition("=")[0]: part for part in parts}
    if draw(st.booleans()) and others:
        part = draw(st.sampled_from(others))
        changed[part.partition("=")[0]] = part
    elif changed:
        changed.pop(draw(st.sampled_from(sorted(changed))))
    return ";".join([frequency, *parts]), ";".join([frequency, *changed.values()])


similar_rule_texts = _similar()
