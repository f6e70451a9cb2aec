"""Words that agree with their numbers."""


def counted(number: int, noun: str) -> str:
    """A number and its noun, thousands grouped.

    >>> counted(1, "qubit"), counted(2000, "qubit")
    ('1 qubit', '2,000 qubits')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
