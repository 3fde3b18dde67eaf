"""What the change is: threats 14 to 30, without their defences."""

from approvals.threats.mutation import SRC, Mutation

B = "approvals/threats/test_threats_b.py"
CHANGE = "storage/test_proposal_threats.py"

MUTATIONS = (
    Mutation(
        "14 documents are matched by their path",
        (
            (
                f"{SRC}/approvals/document_pairs.py",
                "for find in (_find_unreadable, _find_same, _find_aliased):",
                "for find in (_find_unreadable,):",
            ),
        ),
        (
            f"{CHANGE}::test_threat_14_a_move_is_told_with_both_paths",
            f"{CHANGE}::test_threat_14_a_rename_in_case_only_is_a_move_or_a_collision",
        ),
    ),
    Mutation(
        "14 what is alike is a copy",
        (
            (
                f"{SRC}/approvals/document_pairs.py",
                "    return document.kind, document.id.lower()\n",
                '    return "document", str(document.fields.get("title"))\n',
            ),
        ),
        (f"{CHANGE}::test_threat_14_a_move_to_another_kind_is_a_deletion_and_a_creation",),
    ),
    Mutation(
        "14 a copy is what it was copied from",
        (
            (f"{SRC}/storage/scratch_trees.py", '"--no-renames"', '"--find-copies-harder"'),
            (
                f"{SRC}/storage/scratch_trees.py",
                "    return tuple(_change(meta, path) for meta, path in zip(records, records,"
                " strict=True))\n",
                "    found = []\n"
                "    for meta in records:\n"
                "        path = next(records)\n"
                '        if " C" not in meta:\n'
                "            found.append(_change(meta, path))\n"
                "        else:\n"
                "            next(records)\n"
                "    return tuple(found)\n",
            ),
        ),
        (f"{CHANGE}::test_threat_14_a_copy_is_new_work",),
    ),
    Mutation(
        "15 a deletion changes no field",
        (
            (
                f"{SRC}/approvals/changed_fields.py",
                'return before.fields | {"deleted"}',
                'return frozenset({"deleted"})',
            ),
        ),
        (
            f"{CHANGE}::test_threat_15_a_deletion_touches_every_field",
            f"{CHANGE}::test_threat_15_what_cannot_be_read_any_more_is_deleted",
        ),
    ),
    Mutation(
        "15 open work may be deleted",
        (
            (
                f"{SRC}/rules/deleted_open_work.py",
                "if work.open and work.id not in renamed",
                "if not work.open and work.id not in renamed",
            ),
        ),
        (
            f"{CHANGE}::test_threat_15_a_deletion_touches_every_field",
            f"{CHANGE}::test_threat_15_without_its_id_work_is_another",
        ),
    ),
    Mutation(
        "16 two documents may have one id",
        (
            (
                f"{SRC}/rules/duplicate_id.py",
                "    yield from _among_works_and_records(snapshot)\n",
                "",
            ),
        ),
        (
            f"{CHANGE}::test_threat_16_an_id_that_is_taken_is_refused",
            f"{CHANGE}::test_threat_16_an_id_is_found_however_it_is_written",
        ),
    ),
    Mutation(
        "16 an id may change",
        (
            (
                f"{SRC}/rules/changed_id.py",
                "for old, work in find_renamed(before, after).items():",
                "for old, work in ():",
            ),
        ),
        (f"{CHANGE}::test_threat_16_a_changed_id_is_refused",),
    ),
    Mutation(
        "16 a document hides behind another of its id",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    if len({document.key for document in change.documents})",
                "    if 0 > len({document.key for document in change.documents})",
            ),
        ),
        (f"{B}::test_threat_16_a_second_document_of_an_id_hides_behind_none",),
    ),
    Mutation(
        "17 what no rule names is free",
        (
            (
                f"{SRC}/analysis/requirements.py",
                "    for policy in defaults:\n        yield from _from_policy(change, policy)\n",
                "",
            ),
        ),
        (
            f"{B}::test_threat_17_a_second_change_in_an_approved_transition_meets_its_own_rule",
            f"{B}::test_threat_17_a_file_that_no_field_names_falls_to_the_default",
            f"{B}::test_threat_17_what_could_not_be_read_is_no_new_work",
        ),
    ),
    Mutation(
        "17 a file has fields that rules can free",
        (
            (
                f"{SRC}/approvals/requirements.py",
                "if not fields or (document.old is None and document.new is None):",
                "if not fields:",
            ),
        ),
        (f"{B}::test_threat_17_no_field_of_a_file_is_free_whatever_it_is_called",),
    ),
    Mutation(
        "17 one document's approvals serve all",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "needs = [need for document in documents for need",
                "needs = [need for document in tuple(documents)[:1] for need",
            ),
        ),
        (f"{B}::test_threat_17_a_second_document_meets_its_own_rules",),
    ),
    Mutation(
        "18 where no way leads, approvals do",
        (
            (
                f"{SRC}/approvals/requirements.py",
                "        *_find_forbidden(document, path),\n",
                "",
            ),
        ),
        (f"{B}::test_threat_18_where_no_way_leads_no_approval_helps",),
    ),
    Mutation(
        "18 only the last step is asked for",
        (
            (
                f"{SRC}/analysis/transitions.py",
                "    return tuple(reversed(path))\n",
                "    return tuple(path[:1])\n",
            ),
        ),
        (
            f"{B}::test_threat_18_skipped_steps_ask_all_their_approvals",
            f"{B}::test_threat_18_new_work_further_on_has_passed_nothing",
        ),
    ),
    Mutation(
        "19 ways round a gate are not told",
        (
            (
                f"{SRC}/analysis/gates.py",
                "            if state in ways:\n",
                "            if state not in workflow.states:\n",
            ),
        ),
        (
            "analysis/test_gates.py::"
            "test_threat_19_a_gated_state_without_bypass_is_entered_through_a_gate_only",
        ),
    ),
    Mutation(
        "19 a detour through another workflow asks nobody",
        (
            (
                f"{SRC}/analysis/transitions.py",
                "                return creation_path(workflow, after.status)\n",
                "                return ()\n",
            ),
        ),
        (
            f"{B}::test_threat_19_what_was_laundered_in_one_step_is_asked_in_the_next",
            f"{B}::test_threat_18_new_work_further_on_has_passed_nothing",
        ),
    ),
    Mutation(
        "20 the digest leaves out what a file says",
        (
            (
                f"{SRC}/storage/file_states.py",
                "hashes = dict(zip(oids, scratch.hash_blobs(oids), strict=True))",
                'hashes = dict.fromkeys(oids, "0" * 64)',
            ),
        ),
        (f"{CHANGE}::test_threat_20_the_body_is_part_of_what_is_asked",),
    ),
    Mutation(
        "21 the second of two keys counts",
        ((f"{SRC}/parsing/yaml_tree.py", "if first is not key:", "if first is None:"),),
        (f"{CHANGE}::test_threat_21_22_what_readers_could_read_in_two_ways_is_refused",),
    ),
    Mutation(
        "21 words, numbers and times are guessed",
        (
            (
                f"{SRC}/parsing/quantities.py",
                "def parse_money(text: str) -> Money | None:\n",
                "def parse_money(text: str) -> Money | None:\n"
                '    text = "8" if ":" in text or text.startswith(("0", ".")) else text\n',
            ),
        ),
        (f"{CHANGE}::test_threat_21_what_yaml_guesses_is_no_value",),
    ),
    Mutation(
        "22 what cannot be seen may stand in a name",
        (
            (
                f"{SRC}/parsing/source_text.py",
                "severity = Severity.ERROR if in_name else Severity.WARNING",
                "severity = Severity.WARNING",
            ),
        ),
        (f"{CHANGE}::test_threat_22_names_that_only_look_alike_are_refused",),
    ),
    Mutation(
        "22 letters of all alphabets make ids",
        (
            (
                f"{SRC}/parsing/scalars.py",
                'ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")',
                r'ID_PATTERN = re.compile(r"\w(?:[\w.-]{0,62}\w)?")',
            ),
        ),
        (f"{CHANGE}::test_threat_22_names_that_only_look_alike_are_refused",),
    ),
    Mutation(
        "23 a link is a file",
        (
            (
                f"{SRC}/approvals/file_faults.py",
                "if file.mode not in _REGULAR:",
                "if not file.mode:",
            ),
        ),
        (f"{CHANGE}::test_threat_23_what_is_no_plain_file_is_refused",),
    ),
    Mutation(
        "23 a document may be a program",
        (
            (
                f"{SRC}/approvals/file_faults.py",
                "elif file.document and file.mode == _EXECUTABLE:",
                "elif file.document and not file.mode:",
            ),
        ),
        (f"{CHANGE}::test_threat_23_what_is_no_plain_file_is_refused",),
    ),
    Mutation(
        "23 content may be kept elsewhere",
        (
            (
                f"{SRC}/approvals/file_faults.py",
                "elif file.start.startswith(_POINTER):",
                "elif not file.mode:",
            ),
        ),
        (f"{CHANGE}::test_threat_23_what_is_no_plain_file_is_refused",),
    ),
    Mutation(
        "24 nobody judges files of Git and of forges",
        (
            (
                f"{SRC}/approvals/special_files.py",
                "    return any(name.startswith",
                "    return not path and any(name.startswith",
            ),
        ),
        (f"{CHANGE}::test_threat_24_files_of_git_and_of_forges_are_judged",),
    ),
    Mutation(
        "24 attributes may alter what is judged",
        (
            (
                f"{SRC}/approvals/git_attributes.py",
                "    return name in altering and",
                "    return name not in altering and",
            ),
        ),
        (
            f"{CHANGE}::test_threat_24_attributes_that_alter_what_is_judged_are_refused",
            f"{CHANGE}::"
            "test_threat_24_what_such_an_attribute_has_done_at_the_base_cannot_be_judged",
        ),
    ),
    Mutation(
        "24 whoever guards nothing is not told",
        (
            (
                f"{SRC}/views/setup.py",
                '    "CI files": ".github/workflows/some.yml",\n',
                "",
            ),
            (f"{SRC}/views/setup.py", '    "Git\'s own files": ".gitattributes",\n', ""),
            (f"{SRC}/views/setup.py", '    "CODEOWNERS": "CODEOWNERS",\n', ""),
        ),
        ("views/test_setup.py::test_threat_24_what_decides_who_may_do_what_is_guarded",),
    ),
    Mutation(
        "25 paths may mislead",
        (
            (
                f"{SRC}/approvals/file_faults.py",
                'why = explain_path(file.place) if file.added else ""',
                'why = ""',
            ),
        ),
        (
            f"{CHANGE}::test_threat_25_paths_that_mislead_are_refused",
            f"{CHANGE}::test_threat_25_paths_beside_a_workspace_do_not_mislead_either",
        ),
    ),
    Mutation(
        "25 paths may differ in case only",
        (
            (
                f"{SRC}/approvals/file_faults.py",
                "    if path.isascii():\n        return path.lower()\n",
                "    if path.isascii():\n        return path\n",
            ),
        ),
        (
            f"{CHANGE}::test_threat_25_paths_that_differ_in_case_only_are_refused",
            f"{CHANGE}::test_threat_25_paths_beside_a_workspace_do_not_mislead_either",
        ),
    ),
    Mutation(
        "26 other numbers of commits and files will do",
        (
            (
                f"{SRC}/approvals/soundness.py",
                "if evidence.commits is not None and evidence.commits != change.commits:",
                "if evidence.commits is not None and not change.base:",
            ),
            (
                f"{SRC}/approvals/soundness.py",
                "if files is not None and not (change.files",
                "if files is not None and not change.base and not (change.files",
            ),
        ),
        (f"{B}::test_threat_26_where_the_forge_counts_otherwise_nothing_is_decided",),
    ),
    Mutation(
        "26 half a list is enough",
        (
            (
                f"{SRC}/approvals/soundness.py",
                "    if not evidence.complete:\n",
                "    if evidence.complete is None:\n",
            ),
        ),
        (f"{B}::test_threat_26_evidence_with_gaps_decides_nothing",),
    ),
    Mutation(
        "26 the rest of a list is not read",
        (
            (
                f"{SRC}/forge/http.py",
                "            address = find_next(answer, address)\n",
                '            address = ""\n',
            ),
            (
                f"{SRC}/forge/http.py",
                "            empty = 0 if page else empty + 1\n",
                "            empty = _EMPTY_PAGES\n",
            ),
        ),
        ("forge/test_contract.py::test_threat_26_all_pages_are_read",),
    ),
    Mutation(
        "26 nobody is told that a list was cut off",
        (
            (
                f"{SRC}/forge/http.py",
                '    return f"{path}: more than {count} entries, the rest was not read"\n',
                '    return ""\n',
            ),
        ),
        ("forge/test_contract.py::test_threat_26_a_list_that_is_cut_off_is_said",),
    ),
    Mutation(
        "26 what the base did is counted, too",
        (
            (
                f"{SRC}/storage/proposal.py",
                "    forks = scratch.merge_bases(base, head)\n"
                "    commits, contributors = load_contributors(scratch, base, head)\n"
                "    files = len(load_differences(scratch, forks[0], head))",
                "    forks = scratch.merge_bases(base, head)\n"
                "    commits, contributors = load_contributors(scratch, base, head)\n"
                "    files = len(load_differences(scratch, base, head))",
            ),
        ),
        (f"{CHANGE}::test_threat_26_commits_and_files_are_counted_in_git",),
    ),
    Mutation(
        "26 nobody misses commits that are not listed",
        (
            (
                f"{SRC}/forge/github_evidence.py",
                "if len(listed) < min(self._pull.commits, _LISTED_COMMITS):",
                "if len(listed) < 0:",
            ),
        ),
        ("forge/test_github.py::test_threat_26_commits_that_the_list_leaves_out_are_said",),
    ),
    Mutation(
        "26 nobody misses reviews that are not listed",
        (
            (
                f"{SRC}/forge/github_reviews.py",
                "for number in sorted(told - set(listed))",
                "for number in sorted(told - set(listed))[:0]",
            ),
        ),
        ("forge/test_github.py::test_threat_26_reviews_that_the_list_leaves_out_are_said",),
    ),
    Mutation(
        "26 a page of which nothing is shown is the last",
        (
            (
                f"{SRC}/forge/http.py",
                "            if empty == _EMPTY_PAGES:\n",
                "            if empty:\n",
            ),
        ),
        ("forge/test_gitea.py::test_threat_26_pages_of_which_nothing_is_shown_do_not_end_a_list",),
    ),
    Mutation(
        "27 what was once on the branch is no change",
        (
            (
                f"{SRC}/storage/proposal.py",
                "changes = load_differences(scratch, merge.base, merge.tree or merge.head)",
                "changes = load_differences(scratch, merge.head, merge.tree or merge.head)",
            ),
        ),
        (f"{CHANGE}::test_threat_27_what_equals_its_own_past_differs_from_the_base",),
    ),
    Mutation(
        "27 nothing governed waits for somebody",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "    verdicts = [Verdict.APPROVED]\n",
                "    verdicts = [Verdict.APPROVED if needs else Verdict.WAITING]\n",
            ),
        ),
        (f"{B}::test_threat_27_a_change_of_nothing_governed_needs_nobody",),
    ),
    Mutation(
        "28 the head is judged, not what would be merged",
        (
            (
                f"{SRC}/storage/proposal.py",
                "            tree = result.tree\n",
                '            tree = scratch.run("rev-parse", f"{head}:").decode().strip()\n',
            ),
        ),
        (f"{CHANGE}::test_threat_28_after_a_rebase_onto_a_raised_amount_other_bytes_are_asked",),
    ),
    Mutation(
        "28 reviews hold wherever the base has gone",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "old = _Side(scratch, change.workspace, change.base, base, forks[0])",
                "old = _Side(scratch, change.workspace, change.base, base, change.base)",
            ),
            (
                f"{SRC}/storage/seen_documents.py",
                "new = _Side(scratch, change.workspace, change.tree, result, commit)",
                "new = _Side(scratch, change.workspace, change.tree, result, change.tree)",
            ),
        ),
        (f"{CHANGE}::test_threat_28_after_a_rebase_onto_a_raised_amount_other_bytes_are_asked",),
    ),
    Mutation(
        "28 reviews hold whatever the rules were",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "digests = _load_rules(scratch, change, old.tree, rules)",
                "digests = _load_rules(scratch, change, load_tree(scratch, change.base), rules)",
            ),
        ),
        (f"{CHANGE}::test_threat_28_a_changed_rule_makes_reviews_stale",),
    ),
    Mutation(
        "29 reviews hold for what came later",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "new = _Side(scratch, change.workspace, change.tree, result, commit)",
                "new = _Side(scratch, change.workspace, change.tree, result, change.tree)",
            ),
        ),
        (
            f"{CHANGE}::test_threat_29_what_an_update_merge_slips_in_is_told",
            f"{CHANGE}::test_threat_20_the_body_is_part_of_what_is_asked",
        ),
    ),
    Mutation(
        "29 every push takes all reviews away",
        (
            (
                f"{SRC}/storage/seen_documents.py",
                "        forks = scratch.merge_bases(commit, change.base)\n",
                "        forks = scratch.merge_bases(commit, change.base)\n"
                "        if commit != change.head:\n"
                "            return None\n",
            ),
        ),
        (
            f"{CHANGE}::"
            "test_threat_29_an_update_of_the_branch_that_touches_nothing_else_keeps_reviews",
        ),
    ),
    Mutation(
        "30 of several merge bases any will do",
        (
            (f"{SRC}/storage/proposal.py", "elif len(forks) > 1:", "elif not commits:"),
            (f"{SRC}/storage/seen_documents.py", "if len(forks) != 1:", "if not forks:"),
        ),
        (
            f"{CHANGE}::test_threat_30_several_merge_bases_are_refused",
            f"{CHANGE}::test_threat_30_a_review_of_a_commit_with_several_merge_bases_is_stale",
        ),
    ),
    Mutation(
        "30 a history of its own is merged",
        ((f"{SRC}/storage/proposal.py", "    if not forks:\n", "    if not commits:\n"),),
        (f"{CHANGE}::test_threat_30_a_history_of_its_own_is_refused",),
    ),
    Mutation(
        "30 a conflict is a result",
        ((f"{SRC}/storage/proposal.py", "if result.conflicts:", "if not result.tree:"),),
        (f"{CHANGE}::test_threat_30_a_conflict_is_refused",),
    ),
    Mutation(
        "30 only the last commit of a stack is judged",
        (
            (
                f"{SRC}/storage/proposal.py",
                "    merge = _load_merge(scratch, check_hash(base), check_hash(head))\n",
                '    base = scratch.run("rev-parse", f"{check_hash(head)}~1").decode().strip()\n'
                "    merge = _load_merge(scratch, check_hash(base), check_hash(head))\n",
            ),
        ),
        (f"{CHANGE}::test_threat_30_a_stacked_pull_request_holds_what_it_stands_on",),
    ),
)
