"""`python -m qops` is the `qops` command."""

from qops.cli.boundary import main

if __name__ == "__main__":
    main()
