"""Install what the tests of pages need beside Python packages: `python tests/browser`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.chromium import NoChromiumError, install_chromium
from browser.html_validate import NoValidatorError, install_html_validate


def main() -> int:
    failures = 0
    for install in (install_chromium, install_html_validate):
        try:
            install()
        except (NoChromiumError, NoValidatorError) as error:
            print(error)
            failures += 1
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
