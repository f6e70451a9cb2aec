"""Which error rate so many null experiments would have shown.

Of R experiments in which there is nothing to find, so many rejections as cannot be luck are an alarm: those from which
on Clopper and Pearson's interval [1]_ lies above the rate that was promised. An alarm is raised with a given power from
some true rate on; a smaller excess is not seen, and silence says nothing about it.

References:
    [1] C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the
        binomial, Biometrika 26 (1934) 404-413.
"""

from scipy import special

from qops.stats import binomial


def alarm(trials: int, promised: float) -> int | None:
    """The fewest rejections that are an alarm; None where not even all of them are.

    >>> [alarm(trials, 0.05) for trials in (20, 50, 100)]
    [4, 7, 11]
    """
    low, high = 0, trials
    if binomial.interval(trials, trials)[0] <= promised:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if binomial.interval(middle, trials)[0] > promised else (middle, high)
    return high


def rate(trials: int, promised: float, power: float = 0.8) -> float | None:
    """The least true rate at which so many trials raise the alarm with this power; None where none does.

    >>> [round(rate(trials, 0.05), 2) for trials in (20, 50, 100, 500, 1000)]
    [0.26, 0.18, 0.13, 0.08, 0.07]
    """
    least = alarm(trials, promised)
    return None if least is None else float(special.betaincinv(least, trials - least + 1, power))
