"""Who approved: threats 31 to 51, without their defences."""

from approvals.threats.mutation import SRC, Mutation

C = "approvals/threats/test_threats_c.py"
CHANGE = "storage/test_proposal_threats.py"
CONTRACT = "forge/test_contract.py"
GITHUB = "forge/test_github.py"

MUTATIONS = (
    Mutation(
        "06 an approval holds for whatever branch",
        (
            (
                f"{SRC}/approvals/sight.py",
                "        if was_for_another_branch(review, self._evidence):\n"
                "            return _retargeted(self._evidence.ref)\n",
                "",
            ),
        ),
        (
            f"{C}::test_threat_06_an_approval_is_for_the_branch_that_it_was_given_for",
            "cli/test_gate.py::test_threat_06_what_was_approved_for_another_branch_does_not_count",
        ),
    ),
    Mutation(
        "06 nobody looks where a pull request led before",
        (
            (
                f"{SRC}/forge/gitlab_reviews.py",
                "if note.system and _RETARGETED.match(note.body))",
                "if note.system and not note.body)",
            ),
            (
                f"{SRC}/forge/gitea_reviews.py",
                "    return moves[-1].created_at if moves else None\n",
                "    return None\n",
            ),
        ),
        (
            "forge/test_gitlab.py::test_threat_06_when_it_was_led_to_another_branch_is_told",
            "forge/test_gitea.py::test_threat_06_when_it_was_led_to_another_branch_is_told",
        ),
    ),
    Mutation(
        "31 whatever was approved counts",
        (
            (
                f"{SRC}/approvals/sight.py",
                "        return None if same else _stale(commits)\n",
                "        return None if same or commits else _stale(commits)\n",
            ),
        ),
        (
            f"{C}::test_threat_31_a_push_makes_what_was_approved_before_stale",
            f"{C}::test_threat_31_a_commit_that_is_gone_was_not_seen",
            f"{C}::test_threat_34_a_dismissal_that_never_came_is_not_needed",
        ),
    ),
    Mutation(
        "31 only the head now was ever there",
        (
            (
                f"{SRC}/approvals/sight.py",
                "    earlier = [head for head in evidence.heads if",
                "    earlier = [head for head in evidence.heads[-1:] if",
            ),
        ),
        (f"{C}::test_threat_31_what_came_back_unchanged_was_seen",),
    ),
    Mutation(
        "31 pushes come at no time",
        (
            (
                f"{SRC}/forge/github_heads.py",
                "SeenHead(move.after, move.timestamp, ",
                "SeenHead(move.after, opened, ",
            ),
        ),
        (f"{CONTRACT}::test_threat_31_a_push_after_an_approval",),
    ),
    Mutation(
        "32 the commit that the forge binds it to was seen",
        (
            (
                f"{SRC}/approvals/sight.py",
                "    bound = [head.commit for head in earlier if head.at == latest]\n",
                "    bound = [head.commit for head in earlier if head.at == latest]\n"
                "    bound = [review.commit] if review.commit else bound\n",
            ),
        ),
        (f"{C}::test_threat_32_a_review_that_the_forge_moved_to_an_unseen_head_is_stale",),
    ),
    Mutation(
        "32 without times the commit will do",
        (
            (
                f"{SRC}/approvals/sight.py",
                "    if not evidence.heads_known:\n        return\n",
                "    if not evidence.heads_known:\n        yield evidence.head\n        return\n",
            ),
        ),
        (f"{C}::test_threat_32_without_the_times_of_heads_a_commit_proves_nothing",),
    ),
    Mutation(
        "32 any digest is consent",
        (
            (
                f"{SRC}/approvals/sight.py",
                "            return None if explicit[1] == self._digest else _other_digest()\n",
                "            return None\n",
            ),
        ),
        (
            f"{C}::test_threat_32_then_only_the_digest_of_this_change_counts",
            f"{C}::test_threat_49_consent_to_another_change_is_none",
        ),
    ),
    Mutation(
        "32 a push that is missing is not missed",
        (
            (
                f"{SRC}/forge/github_heads.py",
                "    if any(new.before != old.after for new, old in pairwise(since)):\n",
                "    if any(new is old for new, old in pairwise(since)):\n",
            ),
        ),
        ("forge/test_github_heads.py::test_threat_32_a_push_that_is_left_out_is_noticed",),
    ),
    Mutation(
        "32 a head was seen when its commit was first pushed anywhere",
        (
            (
                f"{SRC}/forge/github_heads.py",
                "        for move in reversed([*since, *own])\n",
                "        for move in reversed([*since[:1], *own])\n",
            ),
        ),
        (
            f"{GITHUB}::"
            "test_threat_32_a_check_suite_on_a_commit_does_not_make_it_a_head_that_was_seen",
            f"{GITHUB}::test_threat_32_a_review_that_github_binds_anew_is_bound_to_what_was_seen",
            f"{GITHUB}::test_threat_33_a_head_that_comes_and_goes_is_told_with_its_times",
        ),
    ),
    Mutation(
        "31 a force-push takes nothing back",
        (
            (
                f"{SRC}/forge/gitea_reviews.py",
                "            heads.clear()\n",
                "            pass\n",
            ),
        ),
        ("forge/test_gitea.py::test_threat_31_a_force_push_is_where_the_known_heads_begin",),
    ),
    Mutation(
        "33 reviews of one id are judged alike",
        (
            (
                f"{SRC}/approvals/standing.py",
                "        key = (review, consent, limit)\n",
                "        key = (review.id, consent, limit)\n",
            ),
        ),
        (f"{C}::test_threat_33_a_review_is_judged_for_itself_even_if_another_has_its_id",),
    ),
    Mutation(
        "33 what came in the same second was seen",
        (
            (
                f"{SRC}/approvals/sight.py",
                "if head.at < review.submitted_at]",
                "if head.at <= review.submitted_at]",
            ),
        ),
        (f"{C}::test_threat_33_what_a_review_is_bound_to",),
    ),
    Mutation(
        "33 who looked at an older commit saw the latest",
        (
            (
                f"{SRC}/approvals/sight.py",
                "    if review.commit and review.commit not in {*bound, *later}:\n",
                "    if review.commit and not bound:\n",
            ),
        ),
        (f"{C}::test_threat_33_what_a_review_is_bound_to",),
    ),
    Mutation(
        "33 a plain review is explicit consent",
        (
            (
                f"{SRC}/approvals/sight.py",
                '        if consent == "digest":\n            return _no_consent()\n',
                "",
            ),
        ),
        (f"{C}::test_threat_33_where_a_rule_asks_for_the_digest_a_plain_review_is_none",),
    ),
    Mutation(
        "33 consent may stand anywhere in a line",
        (
            (
                f"{SRC}/approvals/sight.py",
                "_EXPLICIT.fullmatch(review.first_line)",
                "_EXPLICIT.search(review.first_line)",
            ),
        ),
        (f"{C}::test_threat_33_48_explicit_consent_is_exact_or_none",),
    ),
    Mutation(
        "34 what GitLab has taken back still counts",
        (
            (
                f"{SRC}/forge/gitlab_reviews.py",
                "            review = _take_back(review)\n",
                "            pass\n",
            ),
        ),
        (
            "forge/test_gitlab.py::"
            "test_threat_34_an_approval_that_gitlab_has_taken_back_counts_no_more",
        ),
    ),
    Mutation(
        "35 an approval stands whatever is said later",
        (
            (
                f"{SRC}/approvals/voices.py",
                "        if review.state is not ReviewState.APPROVED:\n            return\n",
                "        if review.state is not ReviewState.APPROVED:\n            continue\n",
            ),
            (
                f"{SRC}/approvals/voices.py",
                "        or _refuse_lost(ordered, early)\n",
                "        or (None if ordered else _refuse_lost(ordered, early))\n",
            ),
        ),
        (
            f"{C}::test_threat_35_the_latest_decisive_review_counts",
            f"{C}::test_threat_35_a_dismissal_does_not_bring_an_older_approval_back",
        ),
    ),
    Mutation(
        "35 of one second the milder review counts",
        (
            (
                f"{SRC}/approvals/voices.py",
                "_severity(each, identities) or 0, each.id)",
                "-(_severity(each, identities) or 0), each.id)",
            ),
        ),
        (f"{C}::test_threat_35_of_two_reviews_in_one_second_the_stricter_counts",),
    ),
    Mutation(
        "35 comments decide",
        (
            (
                f"{SRC}/approvals/voices.py",
                "        case _:\n            return None\n",
                "        case _:\n            return 1\n",
            ),
        ),
        (f"{C}::test_threat_35_the_latest_decisive_review_counts",),
    ),
    Mutation(
        "35 what was withdrawn comes back with the next approval",
        (
            (
                f"{SRC}/approvals/voices.py",
                "        if review.state is not ReviewState.APPROVED:\n            return\n",
                "        if review.state is not ReviewState.APPROVED:\n            continue\n",
            ),
        ),
        (f"{C}::test_threat_35_a_later_approval_does_not_bring_back_what_an_older_one_said",),
    ),
    Mutation(
        "35 on GitHub a comment is a decision",
        (
            (
                f"{SRC}/forge/github_reviews.py",
                '    "COMMENTED": ReviewState.COMMENTED,\n',
                '    "COMMENTED": ReviewState.DISMISSED,\n',
            ),
        ),
        (f"{CONTRACT}::test_threat_35_a_comment_after_an_approval_is_no_decision",),
    ),
    Mutation(
        "36 nobody is told of objections that do not block",
        (
            (
                f"{SRC}/approvals/counting.py",
                "            objections=tuple(self._objections(entry, vetoed)),\n",
                "",
            ),
        ),
        (f"{C}::test_threat_36_who_may_not_block_and_asks_for_changes_is_told_of",),
    ),
    Mutation(
        "36 whoever dismisses a veto ends it",
        (
            (
                f"{SRC}/approvals/voices.py",
                "    return dismisser is None or person is None or dismisser.id.lower() !="
                " person.id.lower()\n",
                "    return dismisser is None and person is None\n",
            ),
        ),
        (f"{C}::test_threat_36_a_veto_holds_until_its_giver_withdraws",),
    ),
    Mutation(
        "36 whoever comes along has a veto",
        (
            (
                f"{SRC}/approvals/counting.py",
                "if voice.blocks and voice.person and voice.person.id.lower() in named:\n"
                "                yield voice.person.id\n",
                "if voice.blocks and named:\n                yield voice.who\n",
            ),
        ),
        (f"{C}::test_threat_36_objections_of_others_are_advice",),
    ),
    Mutation(
        "36 nobody knows who dismissed what",
        (
            (
                f"{SRC}/forge/github_reviews.py",
                "dismissed_by=to_account(dismissal.actor) if dismissal else None,",
                "dismissed_by=to_account(review.user),",
            ),
        ),
        (f"{GITHUB}::test_threat_36_who_dismissed_what_is_told",),
    ),
    Mutation(
        "37 one person fills every place",
        (
            (
                f"{SRC}/approvals/counting.py",
                "people = match_places([place for _, place in places])",
                "people = [next(iter(place), None) for _, place in places]",
            ),
        ),
        (
            f"{C}::test_threat_37_a_person_counts_once_however_often_they_approve",
            f"{C}::test_threat_37_two_keys_and_an_account_are_one_person",
            f"{C}::test_threat_37_one_person_fills_one_place_of_a_list",
        ),
    ),
    Mutation(
        "37 an account is whoever says so first",
        (
            (
                f"{SRC}/approvals/identities.py",
                "if account.kind is not AccountKind.USER or len(found) != 1:",
                "if account.kind is not AccountKind.USER or not found:",
            ),
        ),
        (f"{C}::test_threat_37_an_account_that_two_people_claim_is_nobodys",),
    ),
    Mutation(
        "38 authors approve",
        (
            (
                f"{SRC}/analysis/approvers.py",
                '_DEFAULT_EXCLUDE = ("author", "contributors", "requester")',
                '_DEFAULT_EXCLUDE = ("requester",)',
            ),
        ),
        (
            f"{C}::test_threat_38_the_author_does_not_approve_by_any_account",
            f"{C}::test_threat_39_whoever_had_a_hand_in_it_does_not_count",
            f"{C}::test_threat_39_whoever_pushed_does_not_count",
            f"{C}::test_threat_41_whoever_asked_a_program_counts_as_author",
        ),
    ),
    Mutation(
        "38 making it is consent to what others pushed",
        (
            (
                f"{SRC}/approvals/participants.py",
                "    return own and signed and all(",
                "    return True or all(",
            ),
        ),
        (f"{C}::test_threat_38_making_it_is_no_consent_to_what_others_pushed",),
    ),
    Mutation(
        "38 where pushes are not known there were none",
        (
            (
                f"{SRC}/approvals/participants.py",
                "    if author is None or (evidence.author is not None and not evidence.heads_known"
                "):\n",
                "    if author is None:\n",
            ),
        ),
        (f"{C}::test_threat_38_making_it_is_no_consent_where_pushes_are_not_known",),
    ),
    Mutation(
        "38 the author fills all places",
        (
            (
                f"{SRC}/analysis/requirements.py",
                "    return Requirement(source, rule, approval, approvers, count,"
                " met=consents and count == 1)\n",
                "    count = 1 if consents else count\n"
                "    return Requirement(source, rule, approval, approvers, count,"
                " met=consents and count == 1)\n",
            ),
        ),
        (f"{C}::test_threat_38_author_true_fills_one_place_and_no_more",),
    ),
    Mutation(
        "38 whoever signs a change approves it",
        (
            (
                f"{SRC}/approvals/participants.py",
                "        return identities.person_of_key(evidence.author_key)\n",
                "        return None\n",
            ),
        ),
        (
            "storage/test_signed_evidence.py::"
            "test_threat_38_whoever_signed_the_change_does_not_approve_it",
        ),
    ),
    Mutation(
        "39 commits name nobody",
        (
            (
                f"{SRC}/approvals/participants.py",
                "contributors=_people((*parties, *behind_pushes, *behind_keys, *hinted))",
                "contributors=_people((*behind_pushes, *behind_keys))",
            ),
        ),
        (f"{C}::test_threat_39_whoever_had_a_hand_in_it_does_not_count",),
    ),
    Mutation(
        "39 whoever has deleted the account has pushed nothing",
        (
            (
                f"{SRC}/forge/github_heads.py",
                "to_account(move.actor) or _GONE)",
                "to_account(move.actor))",
            ),
        ),
        (
            "forge/test_github_heads.py::"
            "test_threat_39_whoever_has_deleted_the_account_that_pushed_is_somebody",
        ),
    ),
    Mutation(
        "39 signatures below the last have no part in it",
        (
            (
                f"{SRC}/approvals/participants.py",
                "for key in evidence.signers for party in",
                "for key in evidence.signers[:0] for party in",
            ),
        ),
        (
            "storage/test_signed_evidence.py::"
            "test_threat_39_whoever_signed_an_earlier_commit_has_a_hand_in_it",
        ),
    ),
    Mutation(
        "39 only the first parents of a change were written by somebody",
        (
            (
                f"{SRC}/storage/contributors.py",
                '"--no-show-signature", "--no-mailmap")',
                '"--no-show-signature", "--no-mailmap", "--first-parent")',
            ),
        ),
        ("storage/test_proposal.py::test_threat_39_contributors_are_all_whom_commits_name",),
    ),
    Mutation(
        "39 trailers name nobody",
        (
            (
                f"{SRC}/storage/contributors.py",
                "    for trailer, value in _TRAILER.findall(text):\n",
                "    for trailer, value in _TRAILER.findall(text[:0]):\n",
            ),
        ),
        ("storage/test_proposal.py::test_threat_39_contributors_are_all_whom_commits_name",),
    ),
    Mutation(
        "40 nobody may have written it",
        (
            (
                f"{SRC}/approvals/counting.py",
                "        return entry.count + bool(self._participants.unattributed)\n",
                "        return entry.count\n",
            ),
        ),
        (
            f"{C}::test_threat_40_an_author_who_is_nobody_raises_every_count",
            f"{C}::test_threat_40_an_account_that_is_nobodys_raises_every_count",
        ),
    ),
    Mutation(
        "40 what nobody signed was made by whom it names",
        (
            (
                f"{SRC}/approvals/participants.py",
                "    found = dict.fromkeys(_find_unsigned(evidence, made=bool(named)))\n",
                "    found: dict[str, None] = {}\n",
            ),
        ),
        (
            "storage/test_signed_evidence.py::"
            "test_threat_40_a_change_without_a_signature_needs_one_person_more",
            "storage/test_signed_evidence.py::"
            "test_threat_40_an_earlier_commit_without_a_signature_raises_every_count",
            f"{C}::test_threat_40_without_a_forge_nobody_has_made_what_nobody_signed",
        ),
    ),
    Mutation(
        "40 an author whose account is gone was somebody",
        (
            (
                f"{SRC}/approvals/participants.py",
                "    if _has_lost_author(evidence):\n",
                "    if evidence is None:\n",
            ),
        ),
        (f"{C}::test_threat_40_whoever_has_deleted_the_account_that_opened_it_may_be_anybody",),
    ),
    Mutation(
        "40 steps were made by whom their commits name",
        (
            (
                f"{SRC}/storage/makers.py",
                "involved = _brought_in_by(brought, identities) | _told_by(told, snapshot)",
                "involved = _brought_in_by(brought, identities)",
            ),
        ),
        (
            "storage/test_makers_kept.py::"
            "test_threat_40_whom_a_kept_proof_tells_of_is_involved_in_the_step",
            "storage/test_makers_kept.py::"
            "test_threat_40_a_proof_speaks_of_all_commits_that_a_change_came_in_as",
        ),
    ),
    Mutation(
        "40 steps of nobody were made by somebody",
        (
            (
                f"{SRC}/storage/makers.py",
                "        if known is None or people is None or _hides_somebody(told, snapshot):\n",
                "        if known is None or people is None:\n",
            ),
        ),
        (
            "storage/test_makers_kept.py::"
            "test_threat_40_where_nobody_known_opened_or_pushed_it_its_makers_are_not_known",
        ),
    ),
    Mutation(
        "40 the forge is nobody in every role",
        (
            (
                f"{SRC}/approvals/participants.py",
                '        contributor.role == "committer"\n        and (forge',
                "        (forge",
            ),
        ),
        (f"{C}::test_threat_40_an_author_who_is_nobody_raises_every_count",),
    ),
    Mutation(
        "41 who asks a program may approve",
        (
            (
                f"{SRC}/analysis/approvers.py",
                'authors = {change.author.lower(), *change.askers} - {""}',
                'authors = {change.author.lower()} - {""}',
            ),
        ),
        (f"{C}::test_threat_41_whoever_asked_a_program_counts_as_author",),
    ),
    Mutation(
        "41 nobody asks a program",
        (
            (
                f"{SRC}/forge/github_reviews.py",
                "for user in (*(pull.assignees or ()), *assigning))",
                "for user in assigning[:0])",
            ),
        ),
        (f"{CONTRACT}::test_threat_41_who_assigned_a_bots_pull_request_has_asked_for_it",),
    ),
    Mutation(
        "41 a program with a user's account is a user",
        (
            (
                f"{SRC}/approvals/participants.py",
                "    if by_user and not isinstance(author, Agent):\n",
                "    if by_user:\n",
            ),
        ),
        (f"{C}::test_threat_41_a_program_may_have_the_account_of_a_user",),
    ),
    Mutation(
        "42 strangers fill the page",
        (
            (
                f"{SRC}/approvals/voices.py",
                "for voice in strangers[_MOST_STRANGERS:]}",
                "for voice in strangers[:0]}",
            ),
        ),
        (f"{C}::test_threat_42_a_crowd_of_strangers_neither_counts_nor_fills_the_page",),
    ),
    Mutation(
        "42 whoever opened it is whose number it is",
        (
            (
                f"{SRC}/approvals/identities.py",
                "if account.kind is not AccountKind.USER or len(found) != 1:",
                "if len(found) != 1:",
            ),
        ),
        (f"{C}::test_threat_42_a_program_with_the_number_of_a_person_is_not_that_person",),
    ),
    Mutation(
        "42 whatever has a person's number is that person",
        (
            (
                f"{SRC}/approvals/identities.py",
                "if account.kind is not AccountKind.USER or len(found) != 1:",
                "if len(found) != 1:",
            ),
            (
                f"{SRC}/approvals/voices.py",
                "if agent is not None or account.kind is AccountKind.BOT:",
                "if agent is not None:",
            ),
            (
                f"{SRC}/approvals/voices.py",
                "    if account.kind is not AccountKind.USER:\n",
                "    if account.kind is None:\n",
            ),
        ),
        (f"{C}::test_threat_42_only_users_are_people",),
    ),
    Mutation(
        "42 who is gone is whoever had the name",
        (
            (
                f"{SRC}/approvals/voices.py",
                "    if account is None:\n        if _person_of(review, identities) is None:\n",
                "    if account is None:\n        if review.account:\n",
            ),
        ),
        (f"{C}::test_threat_42_a_deleted_account_is_nobody",),
    ),
    Mutation(
        "42 a bot is a user",
        (
            (
                f"{SRC}/forge/github_answers.py",
                '    "Bot": AccountKind.BOT,\n',
                '    "Bot": AccountKind.USER,\n',
            ),
        ),
        (f"{CONTRACT}::test_threat_42_a_bot_is_no_user",),
    ),
    Mutation(
        "42 what is nothing that is known is a user",
        (
            (
                f"{SRC}/forge/github_answers.py",
                "_KINDS.get(user.type, AccountKind.OTHER)",
                "_KINDS.get(user.type, AccountKind.USER)",
            ),
        ),
        (f"{GITHUB}::test_threat_42_only_users_are_users",),
    ),
    Mutation(
        "43 a login is a person",
        (
            (
                f"{SRC}/approvals/identities.py",
                "return tuple(self._by_account.get(account.id, ())) if account.id else ()",
                "return tuple(self._by_login.get(account.login.casefold(), ()))",
            ),
        ),
        (
            f"{C}::test_threat_43_a_login_is_nobody",
            f"{C}::test_threat_43_a_renamed_account_is_the_same_person",
        ),
    ),
    Mutation(
        "43 numbers are the same on every forge",
        (
            (
                f"{SRC}/approvals/identities.py",
                "        account = party.accounts.get(forge)\n",
                "        account = next(iter(party.accounts.values()), None)\n",
            ),
        ),
        (f"{C}::test_threat_43_a_number_counts_on_its_own_forge_only",),
    ),
    Mutation(
        "43 whoever has the login now may write",
        (
            (
                f"{SRC}/forge/github_evidence.py",
                "        same = said.user is not None and str(said.user.id) == account.id\n",
                "        same = said.user is not None\n",
            ),
        ),
        (f"{GITHUB}::test_threat_43_a_login_that_somebody_else_has_now_does_not_write",),
    ),
    Mutation(
        "44 agents are people",
        (
            (
                f"{SRC}/approvals/identities.py",
                "        if isinstance(party, Agent):\n            logins",
                "        if isinstance(party, Agent) and not forge:\n            logins",
            ),
            (
                f"{SRC}/approvals/identities.py",
                "for each in self.behind_account(account) if isinstance(each, Agent))",
                "for each in self.behind_account(account) if not account.id)",
            ),
        ),
        (
            f"{C}::test_threat_44_an_agent_with_an_account_of_a_user_approves_nothing",
            f"{C}::test_threat_44_an_account_that_an_agent_and_a_person_claim_is_the_agents",
        ),
    ),
    Mutation(
        "45 whoever approves has the role",
        (
            (
                f"{SRC}/approvals/counting.py",
                "if voice.person is not None and voice.person.id.lower() in people:",
                "if voice.person is not None and people:",
            ),
        ),
        (
            f"{C}::test_threat_45_membership_is_what_the_base_says",
            f"{C}::test_threat_46_who_is_no_member_any_more_does_not_count",
        ),
    ),
    Mutation(
        "45 who may not write counts",
        (
            (
                f"{SRC}/approvals/voices.py",
                "if evidence.writers.get(account.id) is False:",
                "if evidence.writers.get(account.id) == -1:",
            ),
        ),
        (f"{C}::test_threat_45_who_may_not_write_does_not_count",),
    ),
    Mutation(
        "45 everybody may write",
        (
            (
                f"{SRC}/forge/github_evidence.py",
                "        return same and said.permission in _MAY_WRITE\n",
                "        return same\n",
            ),
            (
                f"{SRC}/forge/github_evidence.py",
                "                self._gaps.append(str(refusal))\n            return False\n",
                "                self._gaps.append(str(refusal))\n            return True\n",
            ),
        ),
        (f"{CONTRACT}::test_threat_45_whether_a_reviewer_may_write_is_asked",),
    ),
    Mutation(
        "46 who has left still counts",
        (
            (
                f"{SRC}/approvals/voices.py",
                "        or _refuse_departed(person, clock.today)\n",
                "",
            ),
            (
                f"{SRC}/analysis/relations.py",
                "return tuple(person.id for person in members if person and person.present(today))",
                "return tuple(person.id for person in members if person)",
            ),
        ),
        (
            f"{C}::test_threat_46_who_has_left_since_does_not_count",
            "cli/test_audit.py::test_threat_46_who_left_before_the_merge_proves_nothing",
        ),
    ),
    Mutation(
        "47 what comes to nobody needs nobody",
        (
            (
                f"{SRC}/analysis/requirements.py",
                "    count = approval.count or max(len(approvers.people), 1)\n",
                "    count = min(approval.count or len(approvers.people), len(approvers.people))\n",
            ),
        ),
        (
            f"{C}::test_threat_47_what_comes_to_nobody_blocks",
            f"{C}::test_threat_47_all_of_nobody_is_somebody",
            f"{C}::test_threat_47_what_nobody_can_meet_blocks_and_says_so",
        ),
    ),
    Mutation(
        "47 what nobody can meet is not told",
        (
            (
                f"{SRC}/analysis/eligible.py",
                "    if people is None or len(people) >= (approval.count or 1):\n",
                "    if people is None or approval:\n",
            ),
            (
                f"{SRC}/analysis/eligible.py",
                "    if not _can_be_met(entries):\n",
                "    if not entries:\n",
            ),
        ),
        (
            "analysis/test_eligible.py::test_threat_47_what_nobody_can_meet_is_said",
            "analysis/test_eligible.py::"
            "test_threat_47_a_list_is_said_to_be_unmeetable_exactly_if_it_is",
        ),
    ),
    Mutation(
        "47 nobody, or half a person, is enough",
        (
            (
                f"{SRC}/rules/approval_count.py",
                "        if not APPROVAL_COUNT.fullmatch(count):\n",
                "        if not count and not approval:\n",
            ),
        ),
        (f"{C}::test_threat_47_a_count_that_is_none_blocks",),
    ),
    Mutation(
        "48 comments approve",
        (
            (
                f"{SRC}/approvals/voices.py",
                "        case ReviewState.APPROVED:\n            return 0\n        case _:\n",
                "        case ReviewState.APPROVED | ReviewState.COMMENTED:\n"
                "            return 0\n"
                "        case _:\n",
            ),
            (
                f"{SRC}/approvals/voices.py",
                "        if review.state is not ReviewState.APPROVED:\n            return\n",
                "        if review.state is ReviewState.DISMISSED:\n            return\n",
            ),
            (
                f"{SRC}/approvals/voices.py",
                "    if ordered and ordered[-1].state is ReviewState.APPROVED:\n",
                "    if ordered and ordered[-1].state is not ReviewState.DISMISSED:\n",
            ),
        ),
        (f"{C}::test_threat_48_comments_approve_nothing",),
    ),
    Mutation(
        "48 what others made of a review is the reviewer's word",
        (
            (
                f"{SRC}/forge/github_reviews.py",
                'first_line=read_first_line(review.body) if own else "",',
                "first_line=read_first_line(review.body),",
            ),
        ),
        (f"{CONTRACT}::test_threat_48_what_was_edited_is_not_the_reviewers_word",),
    ),
    Mutation(
        "48 whoever writes like GitLab is GitLab",
        (
            (
                f"{SRC}/forge/gitlab_reviews.py",
                "statements = [note for note in notes if note.system and note.body in _STATES]",
                "statements = [note for note in notes if note.body in _STATES]",
            ),
        ),
        ("forge/test_gitlab.py::test_threat_48_a_comment_that_reads_like_a_note_is_none",),
    ),
    Mutation(
        "48 on GitLab any comment is consent",
        (
            (
                f"{SRC}/forge/gitlab_reviews.py",
                "        and note.updated_at == note.created_at\n",
                "",
            ),
        ),
        (f"{CONTRACT}::test_threat_48_what_was_edited_is_not_the_reviewers_word",),
    ),
    Mutation(
        "49 the digest names no repository",
        ((f"{SRC}/approvals/digest.py", '        "repository": repository,\n', ""),),
        (
            f"{C}::test_threat_49_an_approval_is_for_one_document_of_one_change",
            f"{C}::test_threat_49_the_digest_is_what_the_specification_says",
        ),
    ),
    Mutation(
        "49 the digest names no document",
        ((f"{SRC}/approvals/digest.py", '        "id": id,\n', ""),),
        (f"{C}::test_threat_49_an_approval_is_for_one_document_of_one_change",),
    ),
    Mutation(
        "49 the digest names no branch",
        ((f"{SRC}/approvals/digest.py", '        "ref": ref,\n', ""),),
        (f"{C}::test_threat_49_an_approval_is_for_one_document_of_one_change",),
    ),
    Mutation(
        "49 what is not there was seen",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "    if not HASH.fullmatch(commit) or not change.tree:\n        return None\n",
                "    commit = commit if HASH.fullmatch(commit) else change.head\n",
            ),
        ),
        (f"{CHANGE}::test_threat_49_a_commit_that_is_not_there_was_not_seen",),
    ),
    Mutation(
        "49 what was elsewhere was gone",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "        return self._load_state(path_here) if path_here else None\n",
                "        return None\n",
            ),
        ),
        (f"{CHANGE}::test_threat_49_a_document_that_was_elsewhere_was_not_gone",),
    ),
    Mutation(
        "49 more words about a rule make reviews stale",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "    front = text[fences.start : fences.end] if fences and",
                "    front = text if fences and",
            ),
        ),
        (f"{CHANGE}::test_threat_49_rules_are_hashed_without_their_prose",),
    ),
    Mutation(
        "50 a word in the title lets it through",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    verdicts = [Verdict.APPROVED]\n",
                '    if "[ignore-me]" in evidence.title:\n'
                "        return Verdict.APPROVED\n"
                "    verdicts = [Verdict.APPROVED]\n",
            ),
        ),
        (f"{C}::test_threat_50_titles_and_branches_decide_nothing",),
    ),
    Mutation(
        "50 evidence may hold whatever it likes",
        (
            (
                f"{SRC}/model/evidence.py",
                "class Evidence(msgspec.Struct, frozen=True, omit_defaults=True,"
                " forbid_unknown_fields=True):",
                "class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):",
            ),
        ),
        (f"{C}::test_threat_50_evidence_holds_nothing_else_that_could_decide",),
    ),
    Mutation(
        "51 approvals of drafts count",
        (
            (
                f"{SRC}/approvals/standing.py",
                "        if not drafted:\n            return None\n",
                "        if drafted is not None:\n            return None\n",
            ),
        ),
        (
            f"{C}::test_threat_51_an_approval_of_a_draft_is_none",
            f"{C}::test_threat_51_a_draft_waits",
        ),
    ),
    Mutation(
        "51 a draft is merged",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    if evidence.draft or evidence.siblings or",
                "    if evidence.siblings or",
            ),
        ),
        (f"{C}::test_threat_51_a_draft_waits",),
    ),
    Mutation(
        "51 old changes go by no rules",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    verdicts = [Verdict.APPROVED]\n",
                "    if any((evidence.read_at - each.at).days > 365 for each in evidence.heads):\n"
                "        return Verdict.APPROVED\n"
                "    verdicts = [Verdict.APPROVED]\n",
            ),
        ),
        (f"{C}::test_threat_51_how_old_the_change_is_opens_nothing",),
    ),
    Mutation(
        "51 whether it was a draft is asked of the present",
        (
            (
                f"{SRC}/forge/drafts.py",
                "    return before[-1] if before else not turns[0][1]\n",
                "    return now\n",
            ),
        ),
        (f"{CONTRACT}::test_threat_51_drafts",),
    ),
)
