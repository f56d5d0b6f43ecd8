"""Writes hypergeometric.tsv: chances and sample sizes by Python's fractions, another way than that of the program."""

from fractions import Fraction
from math import comb


def at_most(c, lot, wrong, n):
    return Fraction(sum(comb(wrong, x) * comb(lot - wrong, n - x) for x in range(c + 1)), comb(lot, n))


def sample_size(c, lot, wrong, risk):
    low, high = c + 1, lot
    while low < high:
        middle = (low + high) // 2
        if at_most(c, lot, wrong, middle) <= risk:
            high = middle
        else:
            low = middle + 1
    return low


print("# lot\twrong\tsample\tc\tmillionths\tsample at 5 %\tsample at 10 %   (python3 hypergeometric.py)")
for lot in (50, 90, 150, 280, 500, 1200, 3200, 10000, 35000):
    for percent in (1, 2, 5, 10, 20):
        for c in (0, 1, 3):
            wrong = -(-lot * percent // 100)
            if wrong <= c:
                continue
            n = min(lot, 20 + 10 * c + lot // 40)
            chance = at_most(c, lot, wrong, n)
            millionths = int((chance * 2_000_000 + 1) // 2)
            sizes = [sample_size(c, lot, wrong, Fraction(1, k)) for k in (20, 10)]
            print(lot, wrong, n, c, millionths, *sizes, sep="\t")
