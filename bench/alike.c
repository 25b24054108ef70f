/*
 * How long the check for near-duplicates takes: the look-ups that a new photograph causes, through the
 * module's own statement, against the hashes that lie in a data folder.
 *
 *   alike DATA LOOKS     prints the median, the 99th in a hundred and the longest, in milliseconds
 *
 * Half of the hashes asked for are random, half differ in five points from one that is there and must
 * be found; each with a second one in the place of the mirror image.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "modules/stock/likeness.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/rules.h"
#include "modules/world.h"

enum { LOOKS_MAX = 100000 };

static void must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "alike: %s: %s\n", what, problem->name);
    exit(1);
}

static uint64_t next_random(void)
{
    static uint64_t x = UINT64_C(88172645463325252);
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    return x * UINT64_C(2685821657736338717);
}

/* A hash that is there with five points turned over; 0 when none is found in some bands. */
static uint64_t near_one(struct world *world, struct memory *memory)
{
    struct stock_band_row_list rows = {NULL, 0};
    for (int i = 0; i < 100 && rows.count == 0; i++)
        must(stock_band_find(world->reader, memory, (int64_t)(next_random() % 65536), &rows),
             "a band");
    if (rows.count == 0)
        return 0;
    uint64_t likeness = (uint64_t)rows.items[0].likeness;
    for (int i = 0; i < 5; i++)
        likeness ^= UINT64_C(1) << (13 * i + (int)(next_random() % 12));
    return likeness;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct world world;
    struct text complaint = {0};
    static double times[LOOKS_MAX];
    long looks = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (looks < 10 || looks > LOOKS_MAX) {
        fprintf(stderr, "usage: alike DATA LOOKS\n");
        return 2;
    }
    log_set_level(LOG_ERROR);
    struct memory *process = memory_create(64 << 20);
    must(world_settings(process, text_of(argv[1]), &complaint), "settings");
    must(world_open(process, text_of(argv[1]), &world, &complaint), "opening");
    must(world_lease(&world, &complaint), "leasing");
    long missed = 0;
    for (long i = 0; i < looks; i++) {
        struct memory *memory = memory_create(16 << 20);
        bool near = i % 2 == 1;
        uint64_t likeness = near ? near_one(&world, memory) : next_random();
        struct stock_alike alike = {.points = 0};
        struct stock_alike mirrored = {.points = 0};
        int64_t began = clock_ticks();
        must(stock_likeness_find(world.reader, memory, likeness, &alike), "a look");
        must(stock_likeness_find(world.reader, memory, next_random(), &mirrored), "a look");
        times[i] = (double)(clock_ticks() - began) / 1e6;
        missed += near && alike.points < STOCK_ALIKE_FROM ? 1 : 0;
        memory_end(memory);
    }
    qsort(times, (size_t)looks, sizeof *times, by_size);
    printf("%.3f %.3f %.3f\n", times[looks / 2], times[looks * 99 / 100], times[looks - 1]);
    world_close(&world);
    memory_end(process);
    if (missed)
        fprintf(stderr, "alike: %ld of %ld near-duplicates were not found\n", missed, looks / 2);
    return missed ? 1 : 0;
}
