/*
 * Random numbers that are the same on every machine: xoshiro256** seeded by splitmix64, and
 * distributions made of whole numbers only.
 *
 * No floating point and no libm: a compiler may fuse a multiplication with an addition, and the last
 * bit of log() differs between libraries; a crowd would then differ between machines. For the same reason
 * no list of arguments draws twice: C does not say which argument comes first.
 * Sources: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021); J. von
 * Neumann, "Various techniques used in connection with random digits" (1951) for the exponential.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_DICE_H
#define CONTRAFLOW_TESTS_CROWD_DICE_H

#include <stdbool.h>
#include <stdint.h>

/* One stream of random numbers. */
struct dice {
    uint64_t state[4]; /* of xoshiro256** */
};

/* A number that depends on both and shows neither. */
uint64_t dice_mix(uint64_t a, uint64_t b);

/* A stream for a purpose: the same two numbers give the same stream. */
struct dice dice_of(uint64_t a, uint64_t b);

uint64_t dice_next(struct dice *dice);

/* 0 to count - 1; count is at least 1. */
int64_t dice_below(struct dice *dice, int64_t count);

/* First and last included. */
int64_t dice_between(struct dice *dice, int64_t first, int64_t last);

/* True in so many of 10,000 cases. */
bool dice_chance(struct dice *dice, int64_t of_10000);

/* Exponential with this mean. */
int64_t dice_exponential(struct dice *dice, int64_t mean);

/* Log-normal: `median` times two to the power of a normal number whose deviation is so many hundredths.
 * The normal is a sum of twelve uniform numbers, so nothing lies beyond six deviations. */
int64_t dice_lognormal(struct dice *dice, int64_t median, int64_t hundredths);

/* How many happen when this many hundredths are expected. */
int64_t dice_poisson(struct dice *dice, int64_t hundredths);

#endif
