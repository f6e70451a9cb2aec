"""MLOps for quantum-classical systems, inside the git and DVC repository you already have."""

__version__ = "0.1.0"
