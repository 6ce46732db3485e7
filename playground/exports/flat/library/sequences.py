"""The functions that read sequences step by step, or all steps at once."""

SEQUENCES = r"""
/* Attention: each step takes from the values of those steps whose keys fit its query. */
static void attend(const real *q, const real *k, const real *v, int time, int size, int wide, int causal,
                   const real *there, real *work, real *y) {
    for (int to = 0; to < time; to++) {
        double largest = -INFINITY, sum = 0;
        for (int from = 0; from < time; from++) {
            double score = 0;
            for (int i = 0; i < size; i++) {
                score += (double)q[to * size + i] * k[from * size + i];
            }
            score = score / sqrt(size);
            if ((causal && from > to) || (there && there[from] == 0)) {
                score = -1e30;
            }
            work[from] = score;
            largest = larger(largest, score);
        }
        for (int from = 0; from < time; from++) {
            work[from] = exp(work[from] - largest);
            sum += work[from];
        }
        for (int i = 0; i < wide; i++) {
            double taken = 0;
            for (int from = 0; from < time; from++) {
                taken += work[from] * v[from * wide + i];
            }
            y[to * wide + i] = taken / sum;
        }
    }
}

/* What a unit's gate is given: W x + b of a step, and of the state U h. */
static double given(const real *x, const weight *w, const weight *b, int columns, int step, int row) {
    double sum = b[row];
    for (int i = 0; i < columns; i++) {
        sum += (double)w[row * columns + i] * x[step * columns + i];
    }
    return sum;
}

static double before(const real *state, const weight *u, int units, int row) {
    double sum = 0;
    for (int i = 0; i < units; i++) {
        sum += (double)u[row * units + i] * state[i];
    }
    return sum;
}

/* Read a sequence by a simple recurrent layer (cell 0: tanh, 1: ReLU), a GRU (2) or an LSTM (3).  The state
   begins as 0, and stays as it is at a step that is not there. */
static void recurrent(int cell, const real *x, const weight *w, const weight *b, const weight *u,
                      const weight *reset_bias, int time, int columns, int units, int backwards,
                      int gives_all, const real *there, real *work, real *y) {
    int next = units, kept = 2 * units;
    for (int i = 0; i < 3 * units; i++) {
        work[i] = 0;
    }
    for (int t = 0; t < time; t++) {
        int step = backwards ? time - 1 - t : t;
        int here = there ? there[step] != 0 : 1;
        for (int i = 0; here && i < units; i++) {
            double z0 = given(x, w, b, columns, step, i), u0 = before(work, u, units, i);
            if (cell == 0) {
                work[next + i] = tanh(z0 + u0);
            } else if (cell == 1) {
                work[next + i] = larger(z0 + u0, 0);
            } else if (cell == 2) {
                double reset = sigmoid(z0 + u0);
                double keep = sigmoid(given(x, w, b, columns, step, units + i) +
                                      before(work, u, units, units + i));
                double recalled = before(work, u, units, 2 * units + i) + reset_bias[i];
                double fresh = tanh(given(x, w, b, columns, step, 2 * units + i) + reset * recalled);
                work[next + i] = (1 - keep) * fresh + keep * work[i];
            } else {
                double opened = sigmoid(z0 + u0);
                double let_in = sigmoid(given(x, w, b, columns, step, units + i) +
                                        before(work, u, units, units + i));
                double keep = sigmoid(given(x, w, b, columns, step, 2 * units + i) +
                                      before(work, u, units, 2 * units + i));
                double fresh = tanh(given(x, w, b, columns, step, 3 * units + i) +
                                    before(work, u, units, 3 * units + i));
                work[kept + i] = keep * work[kept + i] + let_in * fresh;
                work[next + i] = opened * tanh(work[kept + i]);
            }
        }
        for (int i = 0; i < units; i++) {
            work[i] = here ? work[next + i] : work[i];
            y[(gives_all ? step * units : 0) + i] = work[i];
        }
    }
}

/* Where a head of a memory looks: by content, then held back, moved and sharpened.  `told` begins at `first`
   of the numbers that heads are told; the place where it looked before is at `at`, and is written anew. */
static void look(real *work, int first, int memory, int at, int room, int slots, int width) {
    int mixed = room, moved = room + slots;
    double length = 0.01, largest = -INFINITY, sum = 0;
    double strength = softplus(work[first + width]), gate = sigmoid(work[first + width + 1]);
    double sharpness = softplus(work[first + width + 5]) + 1;
    double most = larger(larger(work[first + width + 2], work[first + width + 3]), work[first + width + 4]);
    double back = exp(work[first + width + 2] - most), stay = exp(work[first + width + 3] - most);
    double on = exp(work[first + width + 4] - most), all = back + stay + on;
    for (int i = 0; i < width; i++) {
        length += tanh(work[first + i]) * tanh(work[first + i]);
    }
    for (int s = 0; s < slots; s++) {
        double square = 0.01, fits = 0;
        for (int i = 0; i < width; i++) {
            double value = work[memory + s * width + i];
            square += value * value;
            fits += value * tanh(work[first + i]);
        }
        work[mixed + s] = strength * fits / sqrt(length) / sqrt(square);
        largest = larger(largest, work[mixed + s]);
    }
    for (int s = 0; s < slots; s++) {
        work[mixed + s] = exp(work[mixed + s] - largest);
        sum += work[mixed + s];
    }
    for (int s = 0; s < slots; s++) {
        work[mixed + s] = work[at + s] + gate * (work[mixed + s] / sum - work[at + s]);
    }
    largest = -INFINITY;
    for (int s = 0; s < slots; s++) {
        double from_next = work[mixed + (s + 1 < slots ? s + 1 : 0)];
        double from_last = work[mixed + (s > 0 ? s - 1 : slots - 1)];
        double value = (stay * work[mixed + s] + back * from_next + on * from_last) / all;
        work[moved + s] = sharpness * log(value + 1e-8);
        largest = larger(largest, work[moved + s]);
    }
    sum = 0;
    for (int s = 0; s < slots; s++) {
        work[moved + s] = exp(work[moved + s] - largest);
        sum += work[moved + s];
    }
    for (int s = 0; s < slots; s++) {
        work[at + s] = work[moved + s] / sum;
    }
}

/* A Neural Turing Machine: a controller that writes to a memory, and reads it, where its heads look. */
static void external_memory(const real *x, const weight *controller, const weight *heads, int time,
                            int columns, int units, int slots, int width, const real *there, real *work,
                            real *y) {
    int size = width + 6, numbers = 2 * size + 2 * width;
    int state = 0, told = units, read = told + numbers, writing = read + width, reading = writing + slots;
    int memory = reading + slots, room = memory + slots * width;
    for (int i = 0; i < room; i++) {
        work[i] = 0;
    }
    work[writing] = 1;
    work[reading] = 1;
    for (int t = 0; t < time; t++) {
        int here = there ? there[t] != 0 : 1;
        for (int i = 0; i < units + width; i++) {
            y[t * (units + width) + i] = 0;
        }
        if (!here) {
            continue;
        }
        for (int k = 0; k < units; k++) {
            double sum = controller[k * (columns + width + 1) + columns + width];
            for (int i = 0; i < columns; i++) {
                sum += (double)controller[k * (columns + width + 1) + i] * x[t * columns + i];
            }
            for (int i = 0; i < width; i++) {
                sum += (double)controller[k * (columns + width + 1) + columns + i] * work[read + i];
            }
            work[state + k] = tanh(sum);
        }
        for (int k = 0; k < numbers; k++) {
            double sum = heads[k * (units + 1) + units];
            for (int i = 0; i < units; i++) {
                sum += (double)heads[k * (units + 1) + i] * work[state + i];
            }
            work[told + k] = sum;
        }
        look(work, told, memory, writing, room, slots, width);
        for (int s = 0; s < slots; s++) {
            for (int i = 0; i < width; i++) {
                double erased = 1 - work[writing + s] * sigmoid(work[told + 2 * size + i]);
                double added = work[writing + s] * tanh(work[told + 2 * size + width + i]);
                work[memory + s * width + i] = work[memory + s * width + i] * erased + added;
            }
        }
        look(work, told + size, memory, reading, room, slots, width);
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int s = 0; s < slots; s++) {
                sum += work[reading + s] * work[memory + s * width + i];
            }
            work[read + i] = sum;
            y[t * (units + width) + units + i] = sum;
        }
        for (int k = 0; k < units; k++) {
            y[t * (units + width) + k] = work[state + k];
        }
    }
}
"""
