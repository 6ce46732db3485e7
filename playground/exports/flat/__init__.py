"""Networks as plain loops over the flat arrays of one sample, in C that JavaScript reads after a few changes.

A step is a call of a function of `library`, or a loop with an expression in it; `javascript` changes the
words that the two languages have for the same.
"""
