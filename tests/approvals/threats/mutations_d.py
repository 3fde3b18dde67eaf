"""Delegation, time, exceptions and the audit: threats 52 to 55, without their defences."""

from approvals.threats.mutation import SRC, Mutation

D = "approvals/threats/test_threats_d.py"
AUDIT = "cli/test_audit.py"

MUTATIONS = (
    Mutation(
        "52 the change delegates",
        (
            (
                f"{SRC}/approvals/requirements.py",
                "_as_asked(document, change.before, participants",
                "_as_asked(document, change.after, participants",
            ),
            (
                f"{SRC}/approvals/decision.py",
                "delegates=find_delegates(change.before)",
                "delegates=find_delegates(change.after)",
            ),
        ),
        (f"{D}::test_threat_52_nobody_grants_a_delegation_to_themselves",),
    ),
    Mutation(
        "52 delegations have no end and no bounds",
        (
            (
                f"{SRC}/approvals/delegation.py",
                "        and all(delegation.first is None or delegation.first <= day"
                " for day in days)\n"
                "        and all(delegation.last is None or day <= delegation.last"
                " for day in days)\n"
                "        and _covers(delegation, change)\n",
                "",
            ),
        ),
        (
            f"{D}::test_threat_52_a_delegation_that_does_not_hold",
            f"{D}::test_threat_52_a_signature_does_not_reach_back_into_a_delegation_that_is_over",
        ),
    ),
    Mutation(
        "52 the signer says when a delegation held",
        (
            (
                f"{SRC}/approvals/standing.py",
                "moments = (review.submitted_at, self.hearing.now) if review.key else",
                "moments = (review.submitted_at,) if review.key else",
            ),
        ),
        (f"{D}::test_threat_52_a_signature_does_not_reach_back_into_a_delegation_that_is_over",),
    ),
    Mutation(
        "52 delegates delegate",
        (
            (
                f"{SRC}/approvals/delegation.py",
                "        person = change.snapshot.person(id_)\n"
                "        if person is not None and any(\n"
                "            _holds(each, delegate, change, days) for each in person.delegates\n"
                "        ):\n",
                "        person = change.snapshot.person(id_)\n"
                "        further = [change.snapshot.person(each.to) for each in person.delegates]\n"
                "        if person is not None and any(\n"
                "            _holds(each, delegate, change, days)\n"
                "            for who in (person, *further)\n"
                "            for each in who.delegates\n"
                "        ):\n",
            ),
        ),
        (f"{D}::test_threat_52_a_delegate_does_not_delegate",),
    ),
    Mutation(
        "52 who may not approve approves for others",
        (
            (
                f"{SRC}/approvals/delegation.py",
                "    return id_ not in approvers.excluded and id_ not in makers\n",
                "    return bool(id_)\n",
            ),
        ),
        (
            f"{D}::test_threat_52_who_is_excluded_is_no_delegate",
            f"{D}::test_threat_52_who_had_a_hand_in_it_is_no_delegate",
        ),
    ),
    Mutation(
        "52 for whom nobody may approve, delegates do",
        (
            (
                f"{SRC}/approvals/standing.py",
                "find_delegators(voice.person, entry.people, self.change, days)",
                "find_delegators(voice.person, entry.approvers.named, self.change, days)",
            ),
        ),
        (f"{D}::test_threat_52_nobody_approves_for_somebody_who_may_not",),
    ),
    Mutation(
        "52 one human speaks for themselves and for others",
        (
            (
                f"{SRC}/approvals/counting.py",
                "            if id_ in own or id_ not in",
                "            if id_ not in",
            ),
        ),
        (f"{D}::test_threat_52_one_human_fills_one_place",),
    ),
    Mutation(
        "52 delegator and delegate are two",
        (
            (
                f"{SRC}/approvals/counting.py",
                "found.setdefault(delegator, _Candidate(delegator, review, by=voice.person.id))",
                "found[voice.person.id] = _Candidate(delegator, review, by=voice.person.id)",
            ),
        ),
        (f"{D}::test_threat_52_the_delegator_counts_once",),
    ),
    Mutation(
        "53 approvals come from the future",
        (
            (
                f"{SRC}/approvals/voices.py",
                "review.submitted_at > now + SKEW",
                "review.submitted_at > now + 9_999 * SKEW",
            ),
        ),
        (f"{D}::test_threat_53_the_server_says_what_time_it_is",),
    ),
    Mutation(
        "53 objections wait until their time has come",
        (
            (
                f"{SRC}/approvals/voices.py",
                "    return review.state is ReviewState.APPROVED and review.submitted_at >",
                "    return review.submitted_at >",
            ),
            (
                f"{SRC}/approvals/voices.py",
                "    latest = (ordered or early)[-1]\n",
                "    latest = (ordered or early)[-1]\n"
                "    early = [each for each in early if each.state is ReviewState.APPROVED]\n",
            ),
        ),
        (f"{D}::test_threat_53_what_takes_consent_away_counts_at_once",),
    ),
    Mutation(
        "53 approvals have no age",
        (
            (
                f"{SRC}/approvals/standing.py",
                "        if not limit or (end is not None and self.hearing.now <= end):\n",
                "        if end is None or end:\n",
            ),
        ),
        (f"{D}::test_threat_53_an_expired_approval_is_stale",),
    ),
    Mutation(
        "53 a time without a place is a time",
        (
            (
                f"{SRC}/approvals/soundness.py",
                "    yield from _find_foreign_evidence(change, evidence)\n",
                "",
            ),
        ),
        (f"{D}::test_threat_53_a_time_that_nobody_can_compare_is_none",),
    ),
    Mutation(
        "53 commits may be older than those before them",
        (
            (
                f"{SRC}/serving/auditing.py",
                "        latest = max(latest, commit.time)\n",
                "        latest = commit.time\n",
            ),
        ),
        (
            "serving/test_auditing.py::"
            "test_threat_53_a_backdated_merge_does_not_bring_back_who_has_left",
        ),
    ),
    Mutation(
        "53 the commit says when it was merged",
        (
            (
                f"{SRC}/serving/keeping.py",
                "latest = min(committed, said.merged_at or said.read_at, said.read_at)",
                "latest = committed",
            ),
        ),
        (f"{AUDIT}::test_threat_53_a_merge_from_the_future_takes_no_later_approval_with_it",),
    ),
    Mutation(
        "54 whoever writes a waiver grants it",
        (
            (
                f"{SRC}/approvals/decision.py",
                "    return all(each.met for each in decided if"
                " each.source.startswith(WAIVER_SOURCE))\n",
                "    return bool(tuple(decided))\n",
            ),
        ),
        (
            f"{D}::test_threat_54_a_waiver_needs_those_whom_the_policy_names",
            f"{D}::test_threat_54_where_the_policy_grants_none_nobody_can",
        ),
    ),
    Mutation(
        "54 a waiver needs no end, no reason and no digest of its own",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "        found |= dict.fromkeys(waiver.faults)\n",
                "        pass\n",
            ),
        ),
        (f"{D}::test_threat_54_a_waiver_that_is_reused_or_over_is_refused",),
    ),
    Mutation(
        "54 a waiver holds for whatever it speaks of",
        (
            (
                f"{SRC}/approvals/exceptions.py",
                "named = frozenset(key for key in touched if digests.get(key) == written)",
                "named = frozenset(touched)",
            ),
        ),
        (f"{D}::test_threat_54_a_waiver_without_a_digest_lifts_no_approval",),
    ),
    Mutation(
        "54 a waiver lifts every rule",
        (
            (
                f"{SRC}/approvals/exceptions.py",
                "        if judged.document.key not in self.about:\n            return False\n",
                "        return not requirement.source.startswith(WAIVER_SOURCE)\n",
            ),
        ),
        (f"{D}::test_threat_54_a_waiver_lifts_its_policy_for_its_document_only",),
    ),
    Mutation(
        "54 a waiver lifts whatever is wrong",
        (
            (
                f"{SRC}/approvals/exceptions.py",
                "        if fault.code not in _WAIVABLE_RULES:\n",
                "        if not fault.code:\n",
            ),
        ),
        (f"{D}::test_threat_54_what_cannot_be_read_nobody_can_waive",),
    ),
    Mutation(
        "54 a waiver lifts every guard",
        (
            (
                f"{SRC}/approvals/exceptions.py",
                'fault.message.startswith(f"`{name}`:")',
                'fault.message.startswith("`")',
            ),
        ),
        (f"{D}::test_threat_54_a_transition_is_waived_by_whom_the_default_policy_names",),
    ),
    Mutation(
        "54 a waiver lifts a veto",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    if tuple(faults) or any(need.vetoed_by for need in needs):\n",
                "    if tuple(faults):\n",
            ),
            (
                f"{SRC}/approvals/decision.py",
                "replace(decided, met=not decided.vetoed_by, missing=0, note=note)",
                "replace(decided, met=True, missing=0, note=note)",
            ),
        ),
        (f"{D}::test_threat_54_a_veto_is_no_missing_approval",),
    ),
    Mutation(
        "54 a waiver is silent",
        (
            (
                f"{SRC}/approvals/decision.py",
                "        granted=tuple(_grant(each) for each in granted),\n",
                "",
            ),
        ),
        (f"{D}::test_threat_54_a_granted_waiver_is_loud",),
    ),
    Mutation(
        "54 reports do not tell of waivers",
        (
            (
                f"{SRC}/views/shown_decision.py",
                "    for waiver in decision.granted:\n",
                "    for waiver in ():\n",
            ),
        ),
        ("reporting/test_gate.py::test_threat_54_a_waiver_is_loud_in_every_report",),
    ),
    Mutation(
        "55 what nobody has decided is proven",
        (
            (
                f"{SRC}/approvals/audit.py",
                "    if made.undecided or not approved:\n",
                "    if made.undecided:\n",
            ),
        ),
        (
            f"{AUDIT}::test_threat_55_a_direct_push_is_unproven",
            f"{AUDIT}::test_threat_55_what_an_administrator_merged_without_approvals_is_unproven",
        ),
    ),
    Mutation(
        "55 notes say what was decided",
        (
            (
                f"{SRC}/serving/auditing.py",
                "            decisions.append(decision)\n        return Made(tuple(commits)",
                "            decisions = list(proof.decisions)\n        return Made(tuple(commits)",
            ),
        ),
        (f"{AUDIT}::test_threat_55_a_forged_verdict_is_no_proof",),
    ),
    Mutation(
        "55 a note about one branch proves another",
        (
            (
                f"{SRC}/serving/auditing.py",
                "        if proof.evidence.ref != self._ref:\n",
                "        if not proof.evidence.ref:\n",
            ),
        ),
        (f"{AUDIT}::test_threat_55_a_note_about_something_else_is_no_proof",),
    ),
    Mutation(
        "55 notes say what reviewers saw",
        (
            (
                f"{SRC}/serving/auditing.py",
                "{**seen_in(proof, change.workspace), **grounds.seen}",
                "{**grounds.seen, **seen_in(proof, change.workspace)}",
            ),
        ),
        (f"{AUDIT}::test_threat_55_what_reviewers_saw_is_read_from_git_where_it_has_it",),
    ),
    Mutation(
        "55 nobody is told that a note is no proof",
        (
            (
                f"{SRC}/serving/auditing.py",
                '                problems.append(f"a note is no proof: {proof}")\n',
                "",
            ),
        ),
        (f"{AUDIT}::test_threat_55_what_is_no_proof_is_said",),
    ),
)
