/*
 * Marks of visitors, and a table of who was here lately.
 */
#include "modules/referrals/clicks/visitor.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

enum { WAYS = 4, SETS = 8192, SPAN = VELOCITY_CLICKS - 1, ADDRESS_MOST = 64, NETWORK_V6 = 6 };

/* 64 bits of the hash of two texts and what they are about. */
static int64_t mark(const unsigned char key[VISITOR_KEY], char kind, struct text a, struct text b)
{
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES_MIN];
    int64_t out;
    unsigned char head[2] = {(unsigned char)kind, (unsigned char)a.size};
    crypto_generichash_init(&state, key, VISITOR_KEY, sizeof hash);
    crypto_generichash_update(&state, head, sizeof head);
    crypto_generichash_update(&state, (const unsigned char *)a.data, a.size);
    crypto_generichash_update(&state, (const unsigned char *)b.data, b.size);
    crypto_generichash_final(&state, hash, sizeof hash);
    memcpy(&out, hash, sizeof out);
    return out;
}

/* The bytes of an address's network; what is no address is its own. */
static struct text network_of(struct text address, unsigned char room[16])
{
    char written[ADDRESS_MOST];
    if (address.size >= sizeof written)
        return address;
    memcpy(written, address.data ? address.data : "", address.size);
    written[address.size] = '\0';
    if (inet_pton(AF_INET, written, room) == 1)
        return (struct text){(const char *)room, 3};
    if (inet_pton(AF_INET6, written, room) == 1)
        return (struct text){(const char *)room, NETWORK_V6};
    return address;
}

struct visitor referrals_visitor_mark(const unsigned char key[VISITOR_KEY], struct text address,
                                      struct text agent)
{
    unsigned char room[16];
    return (struct visitor){
        .visitor = mark(key, 'v', address, agent),
        .network = mark(key, 'n', network_of(address, room), (struct text){"", 0}),
    };
}

/* ---- velocity ---- */

struct slot {
    uint64_t who;
    uint32_t next;     /* which of them is the oldest */
    uint32_t at[SPAN]; /* the last clicks, in tenths of seconds; 0: none */
};

struct velocity {
    struct slot slots[SETS][WAYS];
};

struct velocity *referrals_velocity_make(struct memory *memory)
{
    return memory_take(memory, sizeof(struct velocity));
}

static uint32_t latest(const struct slot *slot)
{
    return slot->at[(slot->next + SPAN - 1) % SPAN];
}

/* Theirs, or that of whoever has been away longest. */
static struct slot *slot_of(struct velocity *velocity, uint64_t who)
{
    struct slot *set = velocity->slots[(who >> 32) % SETS];
    struct slot *oldest = set;
    for (int i = 0; i < WAYS; i++) {
        if (set[i].who == who)
            return &set[i];
        if (latest(&set[i]) < latest(oldest))
            oldest = &set[i];
    }
    memset(oldest, 0, sizeof *oldest);
    oldest->who = who;
    return oldest;
}

bool referrals_velocity_is_high(struct velocity *velocity, int64_t visitor, int64_t link,
                                struct instant at)
{
    /* The visitor's mark is a hash already; the multiplier is 2^64 divided by the golden ratio. */
    uint64_t who = (uint64_t)visitor ^ (uint64_t)link * UINT64_C(0x9E3779B97F4A7C15);
    struct slot *slot = slot_of(velocity, who);
    uint32_t now = (uint32_t)(at.ms / 100);
    uint32_t before = slot->at[slot->next];
    slot->at[slot->next] = now;
    slot->next = (slot->next + 1) % SPAN;
    return before && now - before < VELOCITY_SECONDS * 10;
}
