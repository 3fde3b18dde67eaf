"""Titles that want to be more than text, wherever they are shown."""

import json

TITLES = {
    "markup": "<img src=x onerror=alert(1)>",
    "end-of-script": "</script><script>alert(1)</script>",
    "end-of-data": "]]></title><x/>",
    "link": "javascript:alert(1)",
    "formula": "=HYPERLINK(1)",
    "separator": "one\u2028two\u2029three",
    "bidi": "turn \u202e dnuora",
    "comma": 'a, "b"; c\\n d\\',
    "template": "{{ 7 * 7 }} {% raw %}",
    "long": "漢" * 10_000,
    "control": "bell \u0007 and next \u0085 line",
}

DEFINITIONS = {
    "plainwork.toml": '[workspace]\nname = "Small <&> \\"house\\""\n',
    "workflows/task.md": """\
---
title: Task
states:
  todo: {category: ready}
  done: {category: done}
transitions:
  finish: {from: todo, to: done}
---
""",
    "workflows/project.md": """\
---
title: Project
kind: project
states:
  running: {category: active}
---
""",
    "people/ada.md": "---\nname: Ada <b>\nemails: [ada@example.org]\n---\n",
}


def hostile_files() -> dict[str, str]:
    """Return a workspace where each titles a project, and a task that is due in March 2026."""
    projects = {
        f"projects/of-{id_}.md": f"---\ntitle: {json.dumps(title)}\nworkflow: project\n"
        "status: running\nobjective: To land\n---\n"
        for id_, title in TITLES.items()
    }
    return (
        DEFINITIONS
        | projects
        | {
            f"work/{id_}.md": f"---\ntitle: {json.dumps(title)}\nworkflow: task\n"
            f"status: todo\nowner: ada\ndue: 2026-03-09\n---\n"
            for id_, title in TITLES.items()
        }
    )
