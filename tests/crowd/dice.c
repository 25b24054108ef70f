/*
 * Random numbers that are the same on every machine. Read next: tests/crowd/people.c.
 */
#include "dice.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

uint64_t dice_mix(uint64_t a, uint64_t b)
{
    uint64_t state = a;
    state = splitmix(&state) ^ b;
    return splitmix(&state);
}

struct dice dice_of(uint64_t a, uint64_t b)
{
    struct dice dice;
    uint64_t state = dice_mix(a, b);
    for (int i = 0; i < 4; i++)
        dice.state[i] = splitmix(&state);
    return dice;
}

static uint64_t rotate(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

uint64_t dice_next(struct dice *dice)
{
    uint64_t *s = dice->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

int64_t dice_below(struct dice *dice, int64_t count)
{
    return (int64_t)(((unsigned __int128)dice_next(dice) * (uint64_t)count) >> 64);
}

int64_t dice_between(struct dice *dice, int64_t first, int64_t last)
{
    return first + dice_below(dice, last - first + 1);
}

bool dice_chance(struct dice *dice, int64_t of_10000)
{
    return dice_below(dice, 10000) < of_10000;
}

/* Von Neumann: the first number of a falling run of odd length, plus one for each even run before. */
int64_t dice_exponential(struct dice *dice, int64_t mean)
{
    for (uint64_t whole = 0;; whole++) {
        uint64_t first = dice_next(dice) >> 32, last = first, next;
        int length = 1;
        while ((next = dice_next(dice) >> 32) < last) {
            last = next;
            length++;
        }
        if (length % 2 == 1)
            return (int64_t)(((unsigned __int128)(whole << 32 | first) * (uint64_t)mean) >> 32);
    }
}

/* Two to the power of x / 65536, times value; between whole powers a parabola, 0.3 % off at most. */
static int64_t times_power(int64_t value, int64_t x)
{
    int64_t whole = x >> 16, part = x & 0xFFFF;
    int64_t factor = 65536 + part * (43025 + part * 22511 / 65536) / 65536;
    __int128 scaled = (__int128)value * factor;
    return whole >= 0 ? (int64_t)((scaled << whole) >> 16) : (int64_t)(scaled >> (16 - whole));
}

int64_t dice_lognormal(struct dice *dice, int64_t median, int64_t hundredths)
{
    int64_t sum = -6 * 65536;
    for (int i = 0; i < 12; i++)
        sum += (int64_t)(dice_next(dice) >> 48);
    return times_power(median, sum * hundredths / 100);
}

int64_t dice_poisson(struct dice *dice, int64_t hundredths)
{
    int64_t limit = hundredths * 65536 / 100, count = 0;
    for (int64_t sum = dice_exponential(dice, 65536); sum <= limit; count++)
        sum += dice_exponential(dice, 65536);
    return count;
}
