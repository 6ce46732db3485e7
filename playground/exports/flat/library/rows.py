"""The functions on rows of values and on single numbers."""

ROWS = r"""
/* The share 1 / (1 + e^-z), by a tanh that cannot overflow. */
static double sigmoid(double z) {
    return 0.5 * tanh(0.5 * z) + 0.5;
}

/* log(1 + e^z) without overflow. */
static double softplus(double z) {
    return (z > 0 ? z : 0) + log1p(exp(-fabs(z)));
}

/* The share of the normal distribution below z. */
static double normal(double z) {
    return 0.5 * erfc(-z * 0.70710678118654752440);
}

/* The larger of two numbers. */
static double larger(double a, double b) {
    return a >= b || a != a ? a : b;
}

/* The smaller of two numbers. */
static double smaller(double a, double b) {
    return a <= b || a != a ? a : b;
}

/* -1, 0 or 1. */
static double sign(double z) {
    return z > 0 ? 1 : z < 0 ? -1 : z;
}

/* What remains of a behind the last multiple of b. */
static double modulo(double a, double b) {
    double rest = fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

/* The value of a formula; not a number where it is none of use. */
static double known(double value) {
    return fabs(value) <= 1e12 ? value : NAN;
}

/* Each of the units weighs the inputs and adds its bias, at each place: y = W x + b. */
static void affine(const real *x, const weight *w, const weight *b, int places, int inputs, int units,
                   real *y) {
    for (int p = 0; p < places; p++) {
        for (int u = 0; u < units; u++) {
            double sum = b ? b[u] : 0;
            for (int i = 0; i < inputs; i++) {
                sum += (double)w[u * inputs + i] * x[p * inputs + i];
            }
            y[p * units + u] = sum;
        }
    }
}

/* Shares that add up to 1, at each place. */
static void softmax(const real *x, int places, int units, real *y) {
    for (int p = 0; p < places; p++) {
        double largest = x[p * units], sum = 0;
        for (int u = 1; u < units; u++) {
            largest = larger(largest, x[p * units + u]);
        }
        for (int u = 0; u < units; u++) {
            sum += exp(x[p * units + u] - largest);
        }
        for (int u = 0; u < units; u++) {
            y[p * units + u] = exp(x[p * units + u] - largest) / sum;
        }
    }
}

/* Put values beside others: into columns from `start` on of rows that are `total` wide. */
static void put(const real *x, int places, int width, int start, int total, real *y) {
    for (int p = 0; p < places; p++) {
        for (int i = 0; i < width; i++) {
            y[p * total + start + i] = x[p * width + i];
        }
    }
}

/* Take some columns, from `start` on, of rows that are `total` wide. */
static void take(const real *x, int places, int total, int start, int width, real *y) {
    for (int p = 0; p < places; p++) {
        for (int i = 0; i < width; i++) {
            y[p * width + i] = x[p * total + start + i];
        }
    }
}

/* Batch normalization by running averages. */
static void batch_norm(const real *x, const weight *gamma, const weight *beta, const weight *mean,
                       const weight *variance, double epsilon, int places, int channels, const real *there,
                       real *y) {
    for (int p = 0; p < places; p++) {
        for (int c = 0; c < channels; c++) {
            double centered = (there ? there[p] : 1) * ((double)x[p * channels + c] - mean[c]);
            y[p * channels + c] = gamma[c] * (centered / sqrt(variance[c] + epsilon)) + beta[c];
        }
    }
}

/* Layer normalization at each place, of steps with so many values each; those count that are there. */
static void layer_norm(const real *x, const weight *gamma, const weight *beta, double epsilon, int places,
                       int steps, int each, const real *there, real *y) {
    int width = steps * each;
    for (int p = 0; p < places; p++) {
        double count = 0, mean = 0, variance = 0;
        for (int i = 0; i < steps; i++) {
            for (int j = 0; j < each; j++) {
                double kept = there ? there[i] : 1;
                count += kept;
                mean += kept * x[p * width + i * each + j];
            }
        }
        count = larger(count, 1);
        mean /= count;
        for (int i = 0; i < steps; i++) {
            for (int j = 0; j < each; j++) {
                double centered = (there ? there[i] : 1) * (x[p * width + i * each + j] - mean);
                variance += centered * centered / count;
            }
        }
        for (int i = 0; i < steps; i++) {
            for (int j = 0; j < each; j++) {
                double centered = (there ? there[i] : 1) * (x[p * width + i * each + j] - mean);
                double normal_value = centered / sqrt(variance + epsilon);
                y[p * width + i * each + j] = gamma[i * each + j] * normal_value + beta[i * each + j];
            }
        }
    }
}
"""
