"""``python -m plainwork``."""

from plainwork.cli.app import main

if __name__ == "__main__":
    main()
