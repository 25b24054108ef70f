/*
 * What a picture looks like, from the pixels of a small copy.
 *
 * The hash is pHash's DCT hash (Zauner, "Implementation and Benchmarking of Perceptual Image Hash
 * Functions", 2010, section 3.2.1): brightness averaged to 32 x 32, DCT-II, the 8 x 8 coefficients of
 * the lowest frequencies without the constant row and column, each compared with their median.
 * Mirroring a picture turns the sign of the coefficients of odd horizontal frequency, so the mirrored
 * hash costs no second transform. Must not know: files, vips. Read next: picture.c.
 */
#include "core/media/look.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID      32
#define LOW       8
#define HASH_BITS (LOW * LOW)

static enum media_colour class_of_hue(double hue, double light)
{
    if (hue < 15 || hue >= 345)
        return light > 0.75 ? MEDIA_PINK : light < 0.2 ? MEDIA_BROWN : MEDIA_RED;
    if (hue < 45)
        return light < 0.42 ? MEDIA_BROWN : MEDIA_ORANGE;
    if (hue < 68)
        return light < 0.25 ? MEDIA_BROWN : MEDIA_YELLOW;
    if (hue < 165)
        return MEDIA_GREEN;
    if (hue < 195)
        return MEDIA_CYAN;
    if (hue < 255)
        return MEDIA_BLUE;
    return hue < 290 ? MEDIA_PURPLE : MEDIA_PINK;
}

enum media_colour look_class(int red, int green, int blue)
{
    int high = red > green ? red : green;
    int low = red < green ? red : green;
    high = blue > high ? blue : high;
    low = blue < low ? blue : low;
    int chroma = high - low;
    double light = (high + low) / 510.0;
    if (light < 0.10 || (high < 70 && chroma < 25))
        return MEDIA_BLACK;
    if (light > 0.95)
        return MEDIA_WHITE;
    double saturation = chroma / (255.0 * (1 - fabs(2 * light - 1)));
    if (chroma < 24 || saturation < 0.14)
        return light > 0.85 ? MEDIA_WHITE : light < 0.18 ? MEDIA_BLACK : MEDIA_GREY;
    double hue = 0;
    if (high == red)
        hue = 60.0 * (green - blue) / chroma;
    else if (high == green)
        hue = 120 + 60.0 * (blue - red) / chroma;
    else
        hue = 240 + 60.0 * (red - green) / chroma;
    return class_of_hue(hue < 0 ? hue + 360 : hue, light);
}

void look_colours(struct pixels picture, struct media_facts *facts)
{
    int64_t counts[MEDIA_WHITE + 1] = {0};
    int64_t total = (int64_t)picture.width * picture.height;
    for (int64_t i = 0; i < total; i++) {
        const unsigned char *p = picture.rgb + 3 * i;
        counts[look_class(p[0], p[1], p[2])]++;
    }
    facts->colour_count = 0;
    while (facts->colour_count < MEDIA_COLOURS_MAX) {
        int best = MEDIA_RED;
        for (int c = MEDIA_RED; c <= MEDIA_WHITE; c++)
            if (counts[c] > counts[best])
                best = c;
        int percent = (int)(counts[best] * 100 / total);
        if (percent < MEDIA_PALETTE_LEAST && facts->colour_count > 0)
            return;
        facts->colours[facts->colour_count] = (enum media_colour)best;
        facts->colour_percent[facts->colour_count++] = percent > 0 ? percent : 1;
        counts[best] = -1;
    }
}

/* Mean brightness (ITU-R BT.601 weights) of each cell of a 32 x 32 grid over the picture. */
static void average(struct pixels picture, double grid[GRID][GRID])
{
    for (int gy = 0; gy < GRID; gy++) {
        int top = gy * picture.height / GRID;
        int bottom = (gy + 1) * picture.height / GRID;
        bottom = bottom > top ? bottom : top + 1;
        for (int gx = 0; gx < GRID; gx++) {
            int left = gx * picture.width / GRID;
            int right = (gx + 1) * picture.width / GRID;
            right = right > left ? right : left + 1;
            int64_t sum = 0;
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++) {
                    const unsigned char *p = picture.rgb + 3 * ((int64_t)y * picture.width + x);
                    sum += 299 * p[0] + 587 * p[1] + 114 * p[2];
                }
            grid[gy][gx] = (double)sum / 1000.0 / ((bottom - top) * (right - left));
        }
    }
}

/* Coefficients of frequencies 1..8 in both directions, row by row, rounded so that noise of the
 * arithmetic can't decide a bit. */
static void transform(double grid[GRID][GRID], int64_t out[HASH_BITS])
{
    double wave[LOW][GRID];
    double half[GRID][LOW];
    for (int u = 0; u < LOW; u++)
        for (int x = 0; x < GRID; x++)
            wave[u][x] = cos(M_PI * (2 * x + 1) * (u + 1) / (2.0 * GRID));
    for (int y = 0; y < GRID; y++)
        for (int u = 0; u < LOW; u++) {
            half[y][u] = 0;
            for (int x = 0; x < GRID; x++)
                half[y][u] += grid[y][x] * wave[u][x];
        }
    for (int v = 0; v < LOW; v++)
        for (int u = 0; u < LOW; u++) {
            double sum = 0;
            for (int y = 0; y < GRID; y++)
                sum += half[y][u] * wave[v][y];
            out[v * LOW + u] = llround(sum * 16);
        }
}

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static uint64_t bits_above_median(const int64_t coefficients[HASH_BITS])
{
    int64_t sorted[HASH_BITS];
    uint64_t hash = 0;
    memcpy(sorted, coefficients, sizeof sorted);
    qsort(sorted, HASH_BITS, sizeof *sorted, compare);
    int64_t twice_median = sorted[HASH_BITS / 2 - 1] + sorted[HASH_BITS / 2];
    for (int i = 0; i < HASH_BITS; i++)
        hash = hash << 1 | (2 * coefficients[i] > twice_median);
    return hash;
}

void look_hash(struct pixels picture, struct media_facts *facts)
{
    double grid[GRID][GRID];
    int64_t coefficients[HASH_BITS];
    average(picture, grid);
    transform(grid, coefficients);
    facts->phash = bits_above_median(coefficients);
    for (int i = 0; i < HASH_BITS; i += 2) /* even columns hold the odd frequencies 1, 3, 5, 7 */
        coefficients[i] = -coefficients[i];
    facts->phash_mirrored = bits_above_median(coefficients);
}

int media_distance(uint64_t a, uint64_t b)
{
    return __builtin_popcountll(a ^ b);
}
