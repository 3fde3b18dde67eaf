"""Where the rules come from: threats 1 to 13, without their defences."""

from approvals.threats.mutation import SRC, Mutation

A = "approvals/threats/test_threats_a.py"
SCRATCH = "storage/test_scratch.py"
FETCHED = "storage/test_fetched_objects.py"
RECIPES = "ci/test_recipes.py"

MUTATIONS = (
    Mutation(
        "01 the rules of the change decide",
        (
            (
                f"{SRC}/approvals/requirements.py",
                "_as_asked(document, change.before, participants",
                "_as_asked(document, change.after, participants",
            ),
        ),
        (
            f"{A}::test_threat_01_what_edits_the_rules_is_judged_by_the_rules_as_they_are",
            f"{A}::test_threat_02_a_removed_member_still_decides_about_the_removal",
            f"{A}::test_threat_02_an_owner_changed_above_is_not_whom_the_work_below_asks",
            f"{A}::test_threat_02_the_lead_whom_the_change_names_does_not_receive_for_the_team",
        ),
    ),
    Mutation(
        "01 the people of the change approve",
        (
            (
                f"{SRC}/approvals/decision.py",
                "Identities(change.before.parties.values()",
                "Identities(change.after.parties.values()",
            ),
        ),
        (f"{A}::test_threat_01_whom_the_change_adds_approves_nothing_of_it",),
    ),
    Mutation(
        "02 nobody is asked about a hand-over",
        ((f"{SRC}/analysis/requirements.py", "    found += _from_handover(change)\n", ""),),
        (f"{A}::test_threat_02_a_new_owner_does_not_approve_as_owner",),
    ),
    Mutation(
        "03 only those are asked whom the work leaves",
        (
            (
                f"{SRC}/analysis/approvers.py",
                "if _ROUTING_FIELDS.isdisjoint(change.fields):",
                "if True:",
            ),
        ),
        (f"{A}::test_threat_03_a_routing_field_asks_both_sides",),
    ),
    Mutation(
        "03 conditions look at the work as it would be",
        (
            (
                f"{SRC}/analysis/document_change.py",
                "        for side in self.sides:\n",
                "        for side in self.sides[-1:]:\n",
            ),
        ),
        (f"{A}::test_threat_03_a_condition_that_was_true_still_asks",),
    ),
    Mutation(
        "03 the workflow that is left asks nobody",
        (
            (
                f"{SRC}/analysis/policy_scope.py",
                "    works = (side for side in sides if",
                "    works = (side for side in list(sides)[-1:] if",
            ),
        ),
        (
            f"{A}::test_threat_03_another_workflow_is_entered_like_new_work_and_left_by_its_own_rules",
        ),
    ),
    Mutation(
        "03 what is free after the change is free",
        (
            (
                f"{SRC}/analysis/document_change.py",
                "return bool(self.sides) and all(found is True for",
                "return bool(self.sides) and any(found is True for",
            ),
        ),
        (
            f"{A}::test_threat_03_what_is_free_on_one_side_only_is_not_free",
            f"{A}::test_threat_03_nobody_brings_work_before_friendlier_approvers",
        ),
    ),
    Mutation(
        "04 only the new place counts",
        (
            (
                f"{SRC}/model/change.py",
                "paths = [side.path for side in (self.before, self.after) if side]",
                "paths = [(self.after or self.before).path]",
            ),
        ),
        (
            f"{A}::test_threat_04_a_weaker_folder_does_not_help",
            "storage/test_proposal_threats.py::test_threat_14_a_move_is_told_with_both_paths",
        ),
    ),
    Mutation(
        "05 rules that cannot be read ask nobody",
        (
            (
                f"{SRC}/approvals/soundness.py",
                "    yield from _find_unreadable_rules(change)\n",
                "",
            ),
        ),
        (f"{A}::test_threat_05_a_rule_that_cannot_be_read_blocks",),
    ),
    Mutation(
        "05 what no policy names passes",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "if judged and not any(policy.default",
                "if not judged and not any(policy.default",
            ),
        ),
        (f"{A}::test_threat_05_without_a_default_policy_nothing_passes",),
    ),
    Mutation(
        "06 evidence about another change will do",
        (
            (
                f"{SRC}/approvals/soundness.py",
                "    yield from _find_foreign_evidence(change, evidence)\n",
                "",
            ),
        ),
        (f"{A}::test_threat_06_evidence_about_something_else_decides_nothing",),
    ),
    Mutation(
        "07 rules come back unnoticed",
        ((f"{SRC}/approvals/audit.py", "if after in known:", "if after is None:"),),
        ("cli/test_audit.py::test_threat_07_rules_that_come_back_and_rules_left_behind_are_told",),
    ),
    Mutation(
        "07 a branch goes by old rules unnoticed",
        (
            (
                f"{SRC}/serving/older_rules.py",
                "if (path, here[path]) in past:",
                "if not past:",
            ),
        ),
        ("cli/test_audit.py::test_threat_07_rules_that_come_back_and_rules_left_behind_are_told",),
    ),
    Mutation(
        "08 an action is taken by a name that can be moved",
        (
            (
                "templates/ci/github/.github/workflows/plainwork-gate.yml",
                "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
                "actions/checkout@v6",
            ),
        ),
        (f"{RECIPES}::test_threat_08_every_action_is_pinned_by_its_commit",),
    ),
    Mutation(
        "08 any version of plainwork is run",
        (
            (
                "templates/ci/gitlab/.gitlab/plainwork.yml",
                "{{ plainwork_requirement }}",
                "plainwork",
            ),
        ),
        (f"{RECIPES}::test_threat_08_jobs_without_actions_pin_the_image_and_the_version",),
    ),
    Mutation(
        "08 a module of the workspace is taken for Python's",
        (("action.yml", "python -I -m venv", "python -m venv"),),
        (f"{RECIPES}::test_threat_08_no_module_of_the_workspace_is_imported",),
    ),
    Mutation(
        "09 the checkout merges",
        (
            (
                f"{SRC}/storage/scratch.py",
                "            yield scratch\n",
                "            scratch._folder = source\n"
                '            del scratch._environment["GIT_DIR"]\n'
                "            yield scratch\n",
            ),
        ),
        (f"{SCRATCH}::test_threat_09_merge_drivers_of_the_checkout_are_not_run",),
    ),
    Mutation(
        "09 the environment configures Git",
        (
            (
                f"{SRC}/storage/scratch.py",
                '    return {\n        "PATH"',
                '    return os.environ | {\n        "PATH"',
            ),
            (f"{SRC}/storage/scratch.py", '        "GIT_CONFIG_GLOBAL": os.devnull,\n', ""),
        ),
        (f"{SCRATCH}::test_threat_09_configuration_and_environment_have_no_say",),
    ),
    Mutation(
        "09 Git speaks whatever an address asks for",
        (
            (
                f"{SRC}/storage/fetched_objects.py",
                '"protocol.allow=never"',
                '"protocol.allow=always"',
            ),
        ),
        (f"{FETCHED}::test_threat_09_only_https_is_spoken",),
    ),
    Mutation(
        "09 a script is made of what others wrote",
        (
            (
                "action.yml",
                'bash "$GITHUB_ACTION_PATH/.ci/action" "$COMMAND"',
                'bash "$GITHUB_ACTION_PATH/.ci/action" "${{ inputs.command }}"',
            ),
        ),
        (f"{RECIPES}::test_threat_09_no_script_is_made_of_what_others_wrote",),
    ),
    Mutation(
        "09 the head is checked out",
        (
            (
                "templates/ci/github/.github/workflows/plainwork-gate.yml",
                "          fetch-depth: 0\n",
                "          fetch-depth: 0\n"
                "          ref: ${{ github.event.pull_request.head.sha }}\n",
            ),
        ),
        (f"{RECIPES}::test_threat_09_nothing_of_the_pull_request_is_checked_out",),
    ),
    Mutation(
        "09 GitLab checks the merge request out",
        (
            (
                "templates/ci/gitlab/.gitlab/plainwork.yml",
                "GIT_STRATEGY: none",
                "GIT_STRATEGY: clone",
            ),
        ),
        (f"{RECIPES}::test_threat_09_gitlab_fetches_nothing_of_the_merge_request_by_itself",),
    ),
    Mutation(
        "10 any name names a commit",
        (
            (
                f"{SRC}/storage/scratch.py",
                '    if not HASH.fullmatch(name):\n        message = f"{name}: not the 40',
                '    if not name:\n        message = f"{name}: not the 40',
            ),
        ),
        (f"{SCRATCH}::test_threat_10_only_all_digits_name_a_commit",),
    ),
    Mutation(
        "10 of several names Git chooses",
        ((f"{SRC}/storage/source_repository.py", "if len(found) > 1:", "if not names:"),),
        (f"{SCRATCH}::test_threat_10_a_name_that_a_branch_and_a_tag_bear_is_refused",),
    ),
    Mutation(
        "10 a branch comes before the commit that it is called like",
        (
            (
                f"{SRC}/storage/source_repository.py",
                "    if HASH.fullmatch(revision):\n        return revision\n",
                "",
            ),
        ),
        (f"{SCRATCH}::test_threat_10_a_branch_that_looks_like_a_commit_is_not_taken_for_one",),
    ),
    Mutation(
        "10 expressions name commits",
        (
            (
                f"{SRC}/storage/source_repository.py",
                "    names = _full_names(revision)\n",
                "    names = (revision,)\n",
            ),
            (
                f"{SRC}/storage/source_repository.py",
                'found = [name for name in names if name in known or name == "HEAD"]',
                "found = [revision] if known is not None else []",
            ),
        ),
        (f"{SCRATCH}::test_threat_10_expressions_name_nothing",),
    ),
    Mutation(
        "11 replaced commits count",
        (
            (
                f"{SRC}/storage/scratch.py",
                "            yield scratch\n",
                "            scratch._folder = source\n"
                '            del scratch._environment["GIT_DIR"]\n'
                "            yield scratch\n",
            ),
            (f"{SRC}/storage/scratch.py", '        "GIT_NO_REPLACE_OBJECTS": "1",\n', ""),
        ),
        (f"{SCRATCH}::test_threat_11_replaced_and_grafted_commits_are_as_they_were_made",),
    ),
    Mutation(
        "11 history that was cut off will do",
        (
            (
                f"{SRC}/storage/source_repository.py",
                'if shallow != "false" or partial:',
                "if not shallow:",
            ),
        ),
        (
            f"{SCRATCH}::test_threat_11_a_shallow_clone_is_refused",
            f"{SCRATCH}::test_threat_11_a_partial_clone_is_refused",
            f"{FETCHED}::test_threat_11_a_shallow_clone_is_refused",
        ),
    ),
    Mutation(
        "11 what is missing is empty",
        (
            (
                f"{SRC}/storage/object_reader.py",
                "            yield self._read_size(name, kind), self._output\n",
                "            try:\n"
                "                size = self._read_size(name, kind)\n"
                "            except RepositoryError:\n"
                "                yield 0, io.BytesIO()\n"
                "                continue\n"
                "            yield size, self._output\n",
            ),
        ),
        (f"{SCRATCH}::test_threat_11_a_missing_object_is_an_error",),
    ),
    Mutation(
        "12 a branch without rules is always at its beginning",
        (
            (
                f"{SRC}/storage/proposal.py",
                "first=not before.exists and not _was_there(scratch, merge.base, workspace),",
                "first=not before.exists,",
            ),
        ),
        (
            "storage/test_proposal.py::test_threat_12_a_workspace_that_once_was_there_is_not_the_first",
        ),
    ),
    Mutation(
        "12 without rules everything passes",
        (
            (
                f"{SRC}/approvals/soundness.py",
                "        if not change.first:\n",
                "        if False:\n",
            ),
        ),
        (f"{A}::test_threat_12_a_branch_that_lost_its_rules_decides_nothing",),
    ),
    Mutation(
        "12 the first change may be wrong",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "if tuple(faults) or any(need.vetoed_by",
                "if any(need.vetoed_by",
            ),
        ),
        (f"{A}::test_threat_12_a_first_change_with_faults_is_refused",),
    ),
    Mutation(
        "12 nobody is told that nothing governed it",
        (
            (
                f"{SRC}/approvals/outcome.py",
                "if change.first and not change.governed:",
                "if change.first and change.governed:",
            ),
        ),
        (f"{A}::test_threat_12_the_first_change_needs_nobody_and_says_so_once",),
    ),
    Mutation(
        "13 a job decides for whatever time it is given",
        (
            (
                f"{SRC}/cli/gate_question.py",
                "    _refuse_overrides(asked)\n",
                "",
            ),
        ),
        ("cli/test_gate.py::test_threat_13_overrides_are_refused_where_a_decision_binds",),
    ),
    Mutation(
        "13 nobody sees what was given by hand",
        (
            (
                f"{SRC}/serving/deciding.py",
                'injected={"now": now.isoformat()} if now else {},',
                "injected={},",
            ),
        ),
        ("cli/test_gate.py::test_threat_13_an_override_is_recorded_where_it_does_not_bind",),
    ),
)
