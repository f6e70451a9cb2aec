"""Estimating a probability by amplitude amplification, and what that costs beside plain sampling.

A circuit A passes with probability a = sin²θ. After k Grover iterations [1]_ it passes with sin²((2k + 1)θ), at the
price of 2k + 1 calls of A for each shot. An oracle here is a function from k and a number of shots to how many of them
passed.

References:
    [1] G. Brassard, P. Høyer, M. Mosca and A. Tapp, Quantum amplitude amplification and estimation, Contemporary
        Mathematics 305 (2002) 53-74.
"""
