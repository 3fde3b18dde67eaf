"""Publishing and enforcing: threats 56 to 66, without their defences."""

from approvals.threats.mutation import SRC, Mutation

E = "approvals/threats/test_threats_e.py"
GATE = "cli/test_gate.py"
AUDIT = "cli/test_audit.py"
CHANGE = "storage/test_proposal_threats.py"
CONTRACT = "forge/test_contract.py"
GITHUB = "forge/test_github.py"
RECIPES = "ci/test_recipes.py"
MARKDOWN = "reporting/test_markdown.py"
REPORT = "reporting/test_gate.py"
HERE = "templates/ci/github/.github/workflows"

MUTATIONS = (
    Mutation(
        "56 success is told whatever has happened meanwhile",
        (
            (
                f"{SRC}/forge/client.py",
                "    if not moved:\n        return report, ()\n",
                "    if not moved or moved:\n        return report, ()\n",
            ),
        ),
        (
            f"{GATE}::test_threat_56_a_review_that_comes_while_it_is_decided_holds_success_back",
            f"{CONTRACT}::test_threat_56_success_is_not_told_if_something_moved",
            f"{GITHUB}::test_threat_56_a_group_whose_member_moved_is_not_green",
        ),
    ),
    Mutation(
        "56 what was green stays so while it is decided",
        (
            (
                f"{SRC}/serving/publishing.py",
                '    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))\n',
                "",
            ),
        ),
        (f"{GATE}::test_threat_56_while_it_is_decided_nothing_is_green",),
    ),
    Mutation(
        "56 approvals that come after a merge count",
        (
            (
                f"{SRC}/serving/keeping.py",
                "        if review.submitted_at <= latest or review.state",
                "        if latest or review.state",
            ),
        ),
        (f"{AUDIT}::test_threat_56_an_approval_after_the_merge_does_not_count",),
    ),
    Mutation(
        "56 what was proposed is taken for what was merged",
        (
            (
                f"{SRC}/storage/proposal.py",
                "tree, *parents = load_tree_and_parents(scratch, merged)",
                "tree, *parents = load_tree_and_parents(scratch, head)",
            ),
        ),
        (f"{AUDIT}::test_threat_56_a_merge_that_did_something_else_is_unproven",),
    ),
    Mutation(
        "56 a run that has begun is cut off",
        (
            (
                f"{HERE}/plainwork-gate.yml",
                "  cancel-in-progress: false",
                "  cancel-in-progress: true",
            ),
        ),
        (f"{RECIPES}::test_threat_56_a_run_that_has_begun_ends_with_a_verdict",),
    ),
    Mutation(
        "57 success of one is success of its sibling",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    if evidence.draft or evidence.siblings or",
                "    if evidence.draft or",
            ),
        ),
        (
            f"{E}::test_threat_57_a_sibling_with_the_same_head_withholds_success",
            f"{GATE}::test_threat_57_two_pull_requests_with_one_head_get_no_success",
        ),
    ),
    Mutation(
        "57 nobody looks for siblings",
        (
            (
                f"{SRC}/forge/github_evidence.py",
                "            if other.head.sha == pull.head.sha and other.number != pull.number\n",
                "            if other.number == pull.number and not other.head.sha\n",
            ),
        ),
        (
            f"{CONTRACT}::test_threat_57_other_pull_requests_with_the_same_head_are_told",
            f"{GITHUB}::test_threat_57_a_sibling_to_an_unprotected_branch_holds_nobody_up",
        ),
    ),
    Mutation(
        "58 a check may come from anybody",
        (
            (
                f"{SRC}/forge/protection_findings.py",
                '    if "" in sources:\n',
                "    if not sources:\n",
            ),
        ),
        (
            "cli/test_doctor.py::test_threat_58_a_check_that_anybody_may_report_is_no_check",
            "forge/test_protection_findings.py::test_threat_58_elsewhere_nobody_can_pin_the_source",
        ),
    ),
    Mutation(
        "58 GitHub is not asked who must report a check",
        (
            (
                f"{SRC}/forge/github_protection.py",
                'return RequiredCheck(self.context, "" if app in _FROM_ANYBODY else str(app))',
                "return RequiredCheck(self.context)",
            ),
        ),
        (f"{GITHUB}::test_threat_58_protection_tells_who_must_report_a_check",),
    ),
    Mutation(
        "59 a job answers for the check",
        (
            (
                f"{HERE}/plainwork-gate.yml",
                "name: Report to the check plainwork\n",
                "name: plainwork\n",
            ),
        ),
        (f"{RECIPES}::test_threat_59_no_job_bears_the_name_of_the_check",),
    ),
    Mutation(
        "59 a job of GitLab may fail",
        (
            (
                "templates/ci/gitlab/.gitlab/plainwork.yml",
                "plainwork-gate:\n  extends: .plainwork\n",
                "plainwork-gate:\n  extends: .plainwork\n  allow_failure: true\n",
            ),
        ),
        (f"{RECIPES}::test_threat_59_no_job_of_gitlab_bears_the_name_of_the_status",),
    ),
    Mutation(
        "59 the gate looks at some paths only",
        (
            (
                f"{HERE}/plainwork-gate.yml",
                "    types: [opened,",
                "    paths: [work/**]\n    types: [opened,",
            ),
        ),
        (f"{RECIPES}::test_threat_59_no_recipe_can_be_skipped",),
    ),
    Mutation(
        "59 what cannot be decided stays without an end",
        (
            (
                f"{SRC}/serving/publishing.py",
                "        forge.publish(_failure(evidence, str(problem)))\n",
                "        pass\n",
            ),
        ),
        (f"{GATE}::test_threat_59_what_stops_plainwork_is_published_as_an_error",),
    ),
    Mutation(
        "59 a check ends in no word",
        (
            (
                f"{SRC}/forge/github_publish.py",
                '    CheckState.FAILURE: "failure",\n',
                '    CheckState.FAILURE: "neutral",\n',
            ),
        ),
        (f"{GITHUB}::test_threat_59_every_check_comes_to_an_explicit_end",),
    ),
    Mutation(
        "59 nothing governed is not worth an end",
        (
            (
                f"{SRC}/serving/publishing.py",
                "    return judged, forge.publish(make_report(judged))\n",
                "    if not any(each.documents for each in judged.decisions):\n"
                "        return judged, Publication(CheckState.SUCCESS)\n"
                "    return judged, forge.publish(make_report(judged))\n",
            ),
        ),
        (f"{GATE}::test_threat_59_a_pull_request_that_changes_nothing_governed_gets_a_conclusion",),
    ),
    Mutation(
        "60 a member that waits is let through with the others",
        (
            (
                f"{SRC}/approvals/verdict.py",
                "        *(decision.verdict for decision in members),\n",
                "",
            ),
            (
                f"{SRC}/approvals/verdict.py",
                "    if not members or group.verdict in",
                "    if group.verdict in",
            ),
        ),
        (
            f"{E}::test_threat_60_one_member_that_is_not_approved_holds_all",
            f"{GATE}::test_threat_60_a_group_is_judged_with_every_member",
        ),
    ),
    Mutation(
        "60 what members do together is what they do alone",
        (
            (
                f"{SRC}/approvals/verdict.py",
                "Verdict.WAITING if open_ else Verdict.APPROVED,",
                "Verdict.APPROVED,",
            ),
        ),
        (
            f"{E}::test_threat_60_what_two_change_together_nobody_has_seen",
            f"{E}::test_threat_60_what_no_member_holds_is_not_covered",
        ),
    ),
    Mutation(
        "60 together they may be wrong",
        (
            (
                f"{SRC}/approvals/verdict.py",
                "group.verdict in (Verdict.ERROR, Verdict.REJECTED):",
                "group.verdict is Verdict.ERROR:",
            ),
        ),
        (f"{E}::test_threat_60_a_combination_with_faults_is_refused",),
    ),
    Mutation(
        "60 members may be for another base",
        (
            (
                f"{SRC}/approvals/verdict.py",
                "    if any(_target(decision) != _target(group) for decision in members):\n",
                "    if any(not _target(decision) for decision in members):\n",
            ),
        ),
        (f"{E}::test_threat_60_members_are_decided_for_the_same_base",),
    ),
    Mutation(
        "60 a group holds as long as its members did before",
        (
            (
                f"{SRC}/approvals/verdict.py",
                "find_first_end((group, *members))",
                "find_first_end((group,))",
            ),
        ),
        (f"{E}::test_threat_60_a_group_ends_with_the_first_of_its_members",),
    ),
    Mutation(
        "60 a group is a pull request",
        (
            (
                f"{SRC}/forge/detect.py",
                "head=group.head_sha, group=True)",
                "head=group.head_sha)",
            ),
            (
                f"{SRC}/forge/detect.py",
                '    if environment.get("CI_MERGE_REQUEST_EVENT_TYPE") == "merge_train":\n',
                '    if environment.get("CI_MERGE_REQUEST_EVENT_TYPE") == "none":\n',
            ),
        ),
        (
            "forge/test_detect.py::test_threat_60_the_group_of_a_merge_queue",
            "forge/test_detect.py::test_threat_60_a_merge_train",
        ),
    ),
    Mutation(
        "60 the last member speaks for all",
        (
            (
                f"{SRC}/forge/github.py",
                "for number in numbers)",
                "for number in numbers[-1:])",
            ),
        ),
        (f"{GITHUB}::test_threat_60_a_group_names_its_members",),
    ),
    Mutation(
        "60 a group without members is a group",
        (
            (
                f"{SRC}/forge/github_queue.py",
                '            return tuple(reversed(numbers)), f"no branch of the merge queue leads'
                ' to {at}"\n',
                '            return tuple(reversed(numbers)), ""\n',
            ),
        ),
        (f"{GITHUB}::test_threat_60_a_group_that_is_none_approves_nothing",),
    ),
    Mutation(
        "60 nobody misses who decides the queue",
        (
            (
                f"{SRC}/forge/protection_findings.py",
                "    if hears_queue:\n",
                "    if hears_queue or protection:\n",
            ),
        ),
        (
            "forge/test_protection_findings.py::"
            "test_threat_60_a_merge_queue_needs_somebody_who_decides_its_groups",
            "cli/test_doctor.py::test_threat_60_a_merge_queue_without_its_recipe_is_noticed",
        ),
    ),
    Mutation(
        "60 nothing hears the merge queue",
        ((f"{HERE}/plainwork-queue.yml", "  merge_group:\n", "  merge_groups:\n"),),
        (f"{RECIPES}::test_threat_60_the_merge_queue_is_decided_from_the_branch_it_merges_into",),
    ),
    Mutation(
        "60 what a queue merged is judged as if all had come at once",
        (
            (
                f"{SRC}/serving/keeping.py",
                "    return commit.parents[0]\n",
                "    return line[0].id\n",
            ),
        ),
        (f"{AUDIT}::test_threat_60_members_of_a_queue_are_each_judged_against_what_came_before",),
    ),
    Mutation(
        "61 no clock takes a green check back",
        (
            (
                f"{HERE}/plainwork-reconcile.yml",
                '  schedule:\n    - cron: "*/15 * * * *"\n',
                "",
            ),
        ),
        (f"{RECIPES}::test_threat_61_reviews_of_forks_ring_and_the_clock_reconciles",),
    ),
    Mutation(
        "61 nobody hears of a dismissal",
        (
            (
                f"{HERE}/plainwork-review.yml",
                "types: [submitted, edited, dismissed]",
                "types: [submitted, edited]",
            ),
        ),
        (f"{RECIPES}::test_threat_61_reviews_of_forks_ring_and_the_clock_reconciles",),
    ),
    Mutation(
        "61 nobody hears of a push",
        ((f"{HERE}/plainwork-gate.yml", "opened, synchronize, ", "opened, "),),
        (f"{RECIPES}::test_threat_61_every_event_that_can_turn_the_verdict_is_heard",),
    ),
    Mutation(
        "61 reconciling decides nothing that was decided before",
        ((".ci/action", "  reconcile) decide --all ;;", "  reconcile) true ;;"),),
        ("ci/test_action.py::test_threat_61_the_schedule_takes_a_green_check_back",),
    ),
    Mutation(
        "61 success has no end",
        (
            (
                f"{SRC}/serving/publishing.py",
                "    return min(renewed, find_first_end(judged.decisions) or renewed)\n",
                "    return renewed\n",
            ),
        ),
        (f"{E}::test_threat_61_success_ends_with_what_it_rests_on",),
    ),
    Mutation(
        "62 a forge that fails has said all",
        (
            (
                f"{SRC}/forge/http.py",
                "        if not answer.fine:\n",
                "        if answer.status >= 500 or not answer.status:\n"
                '            answer = Answer(200, "", {}, b"[]")\n'
                "        if not answer.fine:\n",
            ),
            (
                f"{SRC}/forge/http.py",
                "        if not answer.status:\n",
                "        if answer.status is None:\n",
            ),
        ),
        (
            f"{CONTRACT}::test_threat_62_a_forge_that_stays_away_decides_nothing",
            f"{CONTRACT}::test_threat_62_success_is_not_told_if_it_cannot_be_read_again",
        ),
    ),
    Mutation(
        "62 nothing is tried again",
        (
            (
                f"{SRC}/forge/answer.py",
                "    if attempt + 1 >= limits.attempts or not",
                "    if attempt + 1 >= 1 or not",
            ),
        ),
        (
            f"{CONTRACT}::test_threat_62_a_rate_limit_is_waited_for",
            f"{CONTRACT}::test_threat_62_a_failure_is_tried_again",
        ),
    ),
    Mutation(
        "62 a rate limit is waited for however long",
        (
            (
                f"{SRC}/forge/answer.py",
                "    if wait > limits.wait:\n",
                "    wait = min(wait, 0.0)\n    if wait > limits.wait:\n",
            ),
        ),
        (f"{CONTRACT}::test_threat_62_a_long_rate_limit_says_when_to_come_back",),
    ),
    Mutation(
        "62 where permissions cannot be read everybody may",
        (
            (
                f"{SRC}/forge/github_evidence.py",
                "            if refusal.status != _NOT_FOUND:\n"
                "                self._gaps.append(str(refusal))\n"
                "            return False\n",
                "            return True\n",
            ),
        ),
        (
            f"{CONTRACT}::test_threat_62_a_permission_that_nobody_may_see_is_none",
            f"{CONTRACT}::test_threat_62_a_permission_that_may_not_be_asked_is_said",
        ),
    ),
    Mutation(
        "62 what the doctor cannot read is fine",
        (
            (
                f"{SRC}/cli/doctor.py",
                "    if failure is not None:\n        raise failure\n",
                "",
            ),
        ),
        (
            "cli/test_doctor.py::"
            "test_threat_62_a_forge_that_is_not_reached_is_said_after_what_is_known",
        ),
    ),
    Mutation(
        "62 protection that nobody could read protects",
        (
            (
                f"{SRC}/forge/protection_findings.py",
                "    if protection.dismisses_stale is None:\n        return\n"
                "    if protection.dismisses_stale:\n",
                "    if protection.dismisses_stale is not False:\n",
            ),
        ),
        ("forge/test_protection_findings.py::test_threat_62_what_could_not_be_read_is_never_fine",),
    ),
    Mutation(
        "62 a check is left behind that nobody decided",
        (
            (
                f"{SRC}/forge/http.py",
                "        if not answer.fine:\n",
                "        if answer.status >= 500:\n"
                '            answer = Answer(200, "", {}, b"[]")\n'
                "        if not answer.fine:\n",
            ),
        ),
        ("ci/test_action.py::test_threat_62_a_forge_that_fails_leaves_no_check_behind",),
    ),
    Mutation(
        "63 text for terminals is taken as it comes",
        (
            (
                f"{SRC}/reporting/text.py",
                '    return text if text.isprintable() else "".join(map(_escape, text))\n',
                "    return text\n",
            ),
        ),
        (
            f"{REPORT}::test_threat_63_hostile_text_moves_no_cursor",
            f"{REPORT}::test_threat_63_hostile_text_begins_no_workflow_command",
        ),
    ),
    Mutation(
        "63 Markdown is taken as it comes",
        (
            (
                f"{SRC}/reporting/markdown.py",
                '    escaped = "".join(_ESCAPED.get(mark, mark) for mark in text)\n',
                "    escaped = text\n",
            ),
        ),
        (
            f"{REPORT}::test_threat_63_hostile_text_makes_no_link_and_no_heading",
            f"{MARKDOWN}::test_threat_63_prose_is_one_paragraph_of_plain_text",
            f"{MARKDOWN}::test_threat_63_prose_at_the_start_of_a_line_begins_nothing",
            f"{MARKDOWN}::test_threat_63_what_forges_read_in_plain_text_is_broken",
        ),
    ),
    Mutation(
        "63 code ends where its text says so",
        (
            (
                f"{SRC}/reporting/markdown.py",
                '    fence = "`" * (max(map(len, _TICKS.findall(shown)), default=0) + 1)\n',
                '    fence = "`"\n',
            ),
        ),
        (f"{MARKDOWN}::test_threat_63_code_holds_text_as_it_is",),
    ),
    Mutation(
        "63 everybody knows which word ends an output",
        (
            (
                f"{SRC}/cli/job_files.py",
                'f"end-{secrets.token_hex(16)}"',
                '"end"',
            ),
        ),
        (
            "cli/test_job_files.py::test_threat_63_no_value_sets_another_output",
            "cli/test_job_files.py::"
            "test_threat_63_the_word_that_ends_an_output_is_another_each_time",
        ),
    ),
    Mutation(
        "63 whatever a branch is called becomes a script",
        (
            (
                f"{SRC}/plans/recipes.py",
                '        if not _NAME.fullmatch(name) or ".." in name:\n',
                "        if name is None:\n",
            ),
        ),
        ("plans/test_recipes.py::test_threat_63_a_name_that_could_be_a_script_is_refused",),
    ),
    Mutation(
        "64 any number of documents is judged",
        (
            (
                f"{SRC}/storage/change_limits.py",
                "    if len(paths) > MOST_DOCUMENTS:\n",
                "    if len(paths) < 0:\n",
            ),
            (
                f"{SRC}/storage/change_limits.py",
                "    if size > MOST_FRONT_MATTER_BYTES:\n",
                "    if size < 0:\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_too_many_documents_are_refused_unread",),
    ),
    Mutation(
        "64 any number of bytes is judged",
        (
            (
                f"{SRC}/storage/change_limits.py",
                "    if size > MOST_DOCUMENT_BYTES:\n",
                "    if size < 0:\n",
            ),
            (
                f"{SRC}/storage/change_limits.py",
                "    if size > MOST_FRONT_MATTER_BYTES:\n",
                "    if size < 0:\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_too_many_bytes_are_refused_unread",),
    ),
    Mutation(
        "64 any amount of YAML is read",
        (
            (
                f"{SRC}/storage/change_limits.py",
                "    if size > MOST_FRONT_MATTER_BYTES:\n",
                "    if size < 0:\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_too_much_yaml_is_refused_unread",),
    ),
    Mutation(
        "64 a document may be of any size",
        (
            (
                f"{SRC}/parsing/source_text.py",
                "    if len(data) > MAX_BYTES:\n",
                "    if len(data) < 0:\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_a_document_that_is_too_large_is_refused",),
    ),
    Mutation(
        "64 a change may have any number of commits",
        (
            (
                f"{SRC}/storage/proposal.py",
                "    if commits > MOST_COMMITS:\n",
                "    if commits < 0:\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_too_many_commits_are_refused",),
    ),
    Mutation(
        "64 paths have no end",
        (
            (
                f"{SRC}/approvals/path_form.py",
                '    return len(path) > _LONGEST or path.count("/") > _DEEPEST\n',
                "    return len(path) < 0\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_paths_without_end_are_refused",),
    ),
    Mutation(
        "64 there may be any number of attributes",
        (
            (
                f"{SRC}/storage/altering_attributes.py",
                "    if len(patterns) > _MOST_PATTERNS:\n",
                "    if len(patterns) < 0:\n",
            ),
        ),
        (f"{CHANGE}::test_threat_64_many_attributes_are_refused",),
    ),
    Mutation(
        "64 Git may hold all of the memory",
        (
            (
                f"{SRC}/storage/scratch.py",
                "        _limit_memory(process)\n",
                "",
            ),
        ),
        (f"{CHANGE}::test_threat_64_a_tree_that_unfolds_without_end_is_an_error",),
    ),
    Mutation(
        "64 signatures are checked without end",
        (
            (
                f"{SRC}/storage/signed_evidence.py",
                "for commit in made[:MOST_SIGNED]}",
                "for commit in made}",
            ),
        ),
        (
            "storage/test_signed_evidence.py::"
            "test_threat_64_commits_of_which_too_many_are_signed_count_as_not_signed",
        ),
    ),
    Mutation(
        "64 objects are taken as they come",
        (
            (
                f"{SRC}/storage/fetched_objects.py",
                '"fetch.fsckObjects=true"',
                '"fetch.fsckObjects=false"',
            ),
        ),
        ("storage/test_fetched_objects.py::test_threat_64_a_malformed_object_is_not_taken",),
    ),
    Mutation(
        "64 an answer may have any size",
        (
            (
                f"{SRC}/forge/http.py",
                "            if size > self._limits.size:\n",
                "            if size < 0:\n",
            ),
        ),
        (f"{CONTRACT}::test_threat_64_an_answer_without_end_is_not_read",),
    ),
    Mutation(
        "65 the gate may approve",
        (
            (
                f"{HERE}/plainwork-gate.yml",
                "      pull-requests: read",
                "      pull-requests: write",
            ),
        ),
        (f"{RECIPES}::test_threat_65_no_recipe_may_approve_or_merge_a_pull_request",),
    ),
    Mutation(
        "65 the gate approves",
        (
            (
                f"{SRC}/forge/github_publish.py",
                "    head = report.evidence.head\n    body = _describe(report)\n",
                "    head = report.evidence.head\n    body = _describe(report)\n"
                '    at = repository.path("pulls", report.evidence.pull, "reviews")\n'
                '    said = {"event": "APPROVE", "body": "", "commit_id": head}\n'
                '    repository.api.send("POST", at, said, _CheckRun, needs=_NEEDS_CHECKS)\n',
            ),
        ),
        (
            f"{GATE}::test_threat_65_nothing_is_ever_approved_or_merged",
            f"{CONTRACT}::test_threat_65_nothing_is_sent_but_a_check",
        ),
    ),
    Mutation(
        "66 names come from the change",
        (
            (
                f"{SRC}/serving/deciding.py",
                "sides = (change.before.parties for change in self.changes)",
                "sides = (change.after.parties for change in self.changes)",
            ),
        ),
        (f"{E}::test_threat_66_names_come_from_the_base_alone",),
    ),
)
