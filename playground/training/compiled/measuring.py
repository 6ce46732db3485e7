"""The text of what measures in machine code: one pass over samples, lengths, and whole epochs with both."""

from __future__ import annotations

import sys

from playground.engine.arrays import LEAST_SQUARES

DO_STEPS, DO_MEASURE, DO_LENGTHS, DO_EPOCHS = range(4)
"""What the one function does that is called from outside, so that all loops are compiled once."""

FOUND = 4
"""How many sums measuring gives: the losses, those by smoothed labels, and either how many are right and 0,
or the absolute and the squared errors."""

HEAD = f"""import math

SMALLEST, LARGEST, INFINITE = {LEAST_SQUARES!r}, {sys.float_info.max!r}, math.inf
STEPS, MEASURE, LENGTHS, EPOCHS = {DO_STEPS}, {DO_MEASURE}, {DO_LENGTHS}, {DO_EPOCHS}
FOUND = {FOUND}"""

MEASURE = """def measure(flow, program, numbers, v, at, inputs, targets, aims, labels, threshold, truths,
        scale, n, outputs, found):
    x, x_size, t, t_size, aim, a, each, each_aim = (
        at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7])
    program, numbers, v = lent(program), lent(numbers), lent(v)
    inputs, targets, aims = lent(inputs), lent(targets), lent(aims)
    truths, scale = lent(truths), lent(scale)
    total, smoothed, right, wrong, squares = 0.0, 0.0, 0.0, 0.0, 0.0
    count, first = len(inputs), 0
    while first < count:
        begin = min(first, count - n)  # the last ones begin among those before, which count once
        for s in range(n):
            gather(inputs, begin + s, v, x, x_size, n, s)
            gather(targets, begin + s, v, t, t_size, n, s)
        if aim >= 0:
            for s in range(n):
                gather(aims, begin + s, v, aim, t_size, n, s)
        go(flow, program, numbers, v, n)
        for s in range(first - begin, n):
            total += v[each + s]
            if aim >= 0:
                smoothed += v[each_aim + s]
            for u in range(t_size):
                outputs[begin + s, u] = v[a + u * n + s]
        if len(labels):
            for s in range(first - begin, n):
                said = 0
                if t_size == 1:
                    said = 1 if v[a + s] >= threshold else 0
                else:
                    for u in range(1, t_size):
                        if v[a + u * n + s] > v[a + said * n + s]:
                            said = u
                if said == labels[begin + s]:
                    right += 1
        if len(truths):
            for s in range(first - begin, n):
                for u in range(t_size):
                    error = v[a + u * n + s] / scale[0, u] + scale[1, u] - truths[begin + s, u]
                    wrong += abs(error)
                    squares += error * error
        first = begin + n
    found[0], found[1], found[2], found[3] = total, smoothed, right + wrong, squares
"""

LENGTHS = """def lengths(g, spans, found):
    for part in range(len(spans)):
        start, stop = spans[part, 0], spans[part, 1]
        squares, largest = 0.0, 0.0
        for i in range(start, stop):
            squares += float(g[i]) * float(g[i])
            largest = max(largest, abs(float(g[i])))
        if SMALLEST < squares < INFINITE or squares != squares:
            found[part] = math.sqrt(squares)
            continue
        found[part] = largest
        if 0 < largest < INFINITE:
            squares = 0.0
            for i in range(start, stop):
                squares += (float(g[i]) / largest) * (float(g[i]) / largest)
            found[part] = min(largest * math.sqrt(squares), LARGEST)
"""

WORK = """def work(flow, what, first, per, whole, n, rest, keeps, main, short, last, carry_at, v, samples,
         orders, rates, age, update, evens, normals, sides, spans, path, found):
    if what == LENGTHS:
        lengths(v, spans, found[0])
        return
    (inputs, aims, weights), (codes, settings, rows) = samples, update
    size, g_at = main[2][7], main[2][6]
    g = v[g_at : g_at + size]
    count, turns, even_at, normal_at = len(orders), 1, 0, 0
    if what == MEASURE:
        count, turns = 1, 0
    elif what == EPOCHS and rest > 0 and (keeps or carry_at >= 0):
        turns = 2
    for e in range(count):
        for turn in range(turns):  # the whole batches, and the short last one
            program, numbers, at, draws = main if turn == 0 else short
            begin, at_once, start, stop = first, n, 0, len(rates)
            if what == EPOCHS:
                start, stop = e * per, e * per + whole
            if turn == 1:
                begin, at_once = whole * n, rest
                start, stop = stop, stop + 1
                if not keeps:
                    start, stop = len(rates) - 1, len(rates)
                    for i in range(size):
                        last[i] = g[i]
            run(flow, program, numbers, v, at, inputs, aims, weights, orders[e], begin, at_once,
                rates[start:stop], age + start, codes, settings, rows, draws,
                evens[even_at:], normals[normal_at:])
            even_at, normal_at = even_at + at[19] * (stop - start), normal_at + at[20] * (stop - start)
            if what == EPOCHS and turn == 0:
                at[16] = -1
            if turn == 1 and not keeps:
                for i in range(size):
                    v[carry_at + i] = g[i] * rest
                    g[i] = last[i]
                main[2][16] = carry_at
        if what == STEPS:
            return
        if what == EPOCHS:
            for i in range(path.shape[1]):
                path[e, i] = v[i]
        part = 0
        for side in sides:
            (table, used, values, where, given, targets, drawn_to, labels, threshold, truths, scale,
             outputs, at_once) = side
            if what == EPOCHS:
                for i in range(path.shape[1]):
                    values[i] = path[e, i]
            measure(flow, table, used, values, where, given, targets, drawn_to, labels, threshold, truths,
                    scale, at_once, outputs, found[e, part : part + FOUND])
            part += FOUND
            if what == MEASURE:
                return
        lengths(g, spans, found[e, part:])
"""
