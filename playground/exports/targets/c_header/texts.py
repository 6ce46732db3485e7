"""Functions of the header that read what a person writes: categories by name, and sequences of symbols."""

from __future__ import annotations

from collections.abc import Iterator

from playground.exports.network import PortableNetwork

PLACE_OF = """
/* The place of a text among others, as @CATEGORIES_3 has them with their count; -1 where it is none. */
static int place_of(const char *const *texts, int count, const char *text) {
    for (int place = 0; place < count; place++) {
        int n = 0;
        while (text[n] && texts[place][n] == text[n]) {
            n++;
        }
        if (texts[place][n] == text[n]) {
            return place;
        }
    }
    return -1;
}
"""

READ = """
/* A text in UTF-8 as a sample; how many symbols it has, or -1 where one is unknown or there are too many. */
static int read_text(const char *text, double *sample) {
    int steps = 0;
    for (int i = 0; i < {time} * {symbols}; i++) {
        sample[i] = NAN;
    }
    while (*text) {
        int place = {other}, length = 1;
        while ((text[length] & 0xC0) == 0x80) {
            length++;
        }
        for (int s = 0; s < {symbols}; s++) {
            int n = 0;
            while (n < length && @SYMBOLS[s][n] == text[n]) {
                n++;
            }
            place = n == length && !@SYMBOLS[s][n] ? s : place;
        }
        if (place < 0 || steps == {time}) {
            return -1;
        }
        for (int s = 0; s < {symbols}; s++) {
            sample[steps * {symbols} + s] = s == place;
        }
        steps++;
        text += length;
    }
    return steps;
}
"""


def reading(network: PortableNetwork) -> Iterator[str]:
    """Those functions that the samples of a network need."""
    given = network.preparation
    with_names = [place for place, column in enumerate(given.columns) if column.categories]
    if with_names:
        yield PLACE_OF.strip().replace("CATEGORIES_3", f"CATEGORIES_{with_names[0]}")
    if symbols := given.shape.symbols:
        sizes = {"{time}": given.shape.sizes[0], "{symbols}": len(symbols)}
        sizes["{other}"] = symbols.index("□") if "□" in symbols else -1
        text = READ.strip()
        for name, size in sizes.items():
            text = text.replace(name, str(size))
        yield text
