"""The functions on pictures; a sequence is a picture of one row."""

GRIDS = r"""
/* Convolution of a picture (height, width, groups * each) by kernels (groups * filters, down, across,
   each); what is outside counts as 0. */
static void convolve(const real *x, const weight *kernels, const weight *bias, int height, int width,
                     int groups, int each, int filters, int down, int across, int top, int left,
                     int stride_down, int stride_across, int apart_down, int apart_across, int rows,
                     int columns, real *y) {
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            for (int g = 0; g < groups; g++) {
                for (int k = 0; k < filters; k++) {
                    int f = g * filters + k;
                    double sum = bias[f];
                    for (int u = 0; u < down; u++) {
                        for (int v = 0; v < across; v++) {
                            int row = i * stride_down + u * apart_down - top;
                            int column = j * stride_across + v * apart_across - left;
                            if (row < 0 || row >= height || column < 0 || column >= width) {
                                continue;
                            }
                            for (int c = 0; c < each; c++) {
                                sum += (double)kernels[((f * down + u) * across + v) * each + c] *
                                       x[((row * width + column) * groups + g) * each + c];
                            }
                        }
                    }
                    y[(i * columns + j) * groups * filters + f] = sum;
                }
            }
        }
    }
}

/* Each value of a picture lays kernels (filters, down, across, channels) down; what is laid out adds up. */
static void convolve_transposed(const real *x, const weight *kernels, const weight *bias, int height,
                                int width, int channels, int filters, int down, int across, int stride_down,
                                int stride_across, int top, int left, int rows, int columns, real *y) {
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            for (int f = 0; f < filters; f++) {
                double sum = bias[f];
                for (int r = 0; r < height; r++) {
                    int u = i + top - r * stride_down;
                    if (u < 0 || u >= down) {
                        continue;
                    }
                    for (int s = 0; s < width; s++) {
                        int v = j + left - s * stride_across;
                        if (v < 0 || v >= across) {
                            continue;
                        }
                        for (int c = 0; c < channels; c++) {
                            sum += (double)kernels[((f * down + u) * across + v) * channels + c] *
                                   x[(r * width + s) * channels + c];
                        }
                    }
                }
                y[(i * columns + j) * filters + f] = sum;
            }
        }
    }
}

/* The largest value of each window of a channel, 0 of none; padding does not count. */
static void max_pool(const real *x, int height, int width, int channels, int down, int across,
                     int stride_down, int stride_across, int top, int left, int rows, int columns,
                     const real *there, real *y) {
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            for (int c = 0; c < channels; c++) {
                double largest = 0;
                int found = 0;
                for (int u = 0; u < down; u++) {
                    for (int v = 0; v < across; v++) {
                        int row = i * stride_down + u - top;
                        int column = j * stride_across + v - left;
                        if (row < 0 || row >= height || column < 0 || column >= width) {
                            continue;
                        }
                        if (there && there[column] == 0) {
                            continue;
                        }
                        double value = x[(row * width + column) * channels + c];
                        largest = found ? larger(largest, value) : value;
                        found = 1;
                    }
                }
                y[(i * columns + j) * channels + c] = largest;
            }
        }
    }
}

/* The mean of each window of a channel, 0 of none; padding does not count. */
static void average_pool(const real *x, int height, int width, int channels, int down, int across,
                         int stride_down, int stride_across, int top, int left, int rows, int columns,
                         const real *there, real *y) {
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            for (int c = 0; c < channels; c++) {
                double sum = 0, count = 0;
                for (int u = 0; u < down; u++) {
                    for (int v = 0; v < across; v++) {
                        int row = i * stride_down + u - top;
                        int column = j * stride_across + v - left;
                        if (row < 0 || row >= height || column < 0 || column >= width) {
                            continue;
                        }
                        double kept = there ? there[column] : 1;
                        sum += kept * x[(row * width + column) * channels + c];
                        count += kept;
                    }
                }
                y[(i * columns + j) * channels + c] = sum / larger(count, 1);
            }
        }
    }
}

/* The sum of each channel over the places that are there. */
static void sum_over(const real *x, int places, int channels, const real *there, real *y) {
    for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int p = 0; p < places; p++) {
            sum += (there ? there[p] : 1) * x[p * channels + c];
        }
        y[c] = sum;
    }
}

/* The mean of each channel over the places that are there, 0 of none. */
static void mean_over(const real *x, int places, int channels, const real *there, real *y) {
    for (int c = 0; c < channels; c++) {
        double sum = 0, count = 0;
        for (int p = 0; p < places; p++) {
            sum += (there ? there[p] : 1) * x[p * channels + c];
            count += there ? there[p] : 1;
        }
        y[c] = sum / larger(count, 1);
    }
}

/* The largest of each channel over the places that are there, 0 of none. */
static void max_over(const real *x, int places, int channels, const real *there, real *y) {
    for (int c = 0; c < channels; c++) {
        double largest = 0;
        int found = 0;
        for (int p = 0; p < places; p++) {
            if (there && there[p] == 0) {
                continue;
            }
            largest = found ? larger(largest, x[p * channels + c]) : x[p * channels + c];
            found = 1;
        }
        y[c] = largest;
    }
}

/* Each value of a picture so many times down and across. */
static void repeat(const real *x, int height, int width, int channels, int down, int across, real *y) {
    for (int i = 0; i < height; i++) {
        for (int u = 0; u < down; u++) {
            for (int j = 0; j < width; j++) {
                for (int v = 0; v < across; v++) {
                    for (int c = 0; c < channels; c++) {
                        y[((i * down + u) * width * across + j * across + v) * channels + c] =
                            x[(i * width + j) * channels + c];
                    }
                }
            }
        }
    }
}
"""
