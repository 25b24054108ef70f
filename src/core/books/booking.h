/*
 * Bookings by hand or by an operator's programs: one transfer between any two accounts, or thousands.
 *
 * What models book follows from their rules; this is for what no rule knows: a gift of goodwill, a
 * mistake put right, rewards worked out elsewhere. Every line carries its own idempotency key.
 * Must not know: deals. Read next: ledger/ledger.h (ledger_batch, ledger_gather).
 */
#ifndef CONTRAFLOW_CORE_BOOKS_BOOKING_H
#define CONTRAFLOW_CORE_BOOKS_BOOKING_H

#include "ledger/ledger.h"
#include "web/request.h"

struct module;

enum booking_reason {                       /* shape: Why something is booked by hand */
                      BOOKING_GOODWILL = 1, /* goodwill: Given without being owed */
                      BOOKING_CORRECTION,   /* correction: Puts a mistake right */
                      BOOKING_REWARD,       /* reward: Earned by a rule that lies elsewhere */
                      BOOKING_TRANSFER,     /* transfer: Belongs into another account */
};

struct booking_line {                  /* shape: One transfer to book */
    struct maybe_party_id from;        /* Whose account it leaves; absent: the intermediary's */
    enum account_purpose from_purpose; /* Which account of theirs */
    struct maybe_party_id to;          /* Whose account it reaches; absent: the intermediary's */
    enum account_purpose to_purpose;   /* Which account of theirs */
    struct money amount;               /* 1..: How much */
    enum booking_reason reason;        /* Why */
    struct maybe_party_id issuer;      /* Whose promise the units are; absent: money */
    struct maybe_text key;             /* 1..100: Idempotency key; of a single one the header's */
};
LIST_OF(booking_line);

struct booking_batch {              /* shape: Transfers to book together */
    bool each;                      /* Each on its own; otherwise all or none */
    struct booking_line_list lines; /* 1..10000: In this order */
};

struct booking_made {                /* shape: What became of a line */
    struct maybe_posting_id posting; /* Names it in the books; absent: it was refused */
    bool again;                      /* It was booked before, by the same key */
    struct maybe_text problem;       /* Why it was refused: the name of the problem */
};
LIST_OF(booking_made);

struct booking_result {             /* shape: What became of a batch */
    int64_t booked;                 /* Lines booked now */
    int64_t before;                 /* Lines booked before */
    int64_t refused;                /* Lines refused */
    struct booking_made_list lines; /* ..10000: In the order they came */
};

const struct problem *core_booking_make(struct request *request, const struct booking_line *input,
                                        struct booking_made *view);
const struct problem *core_booking_make_all(struct request *request,
                                            const struct booking_batch *input,
                                            struct booking_result *view);

/* What became of each line of a batch of the ledger, and how many of each there are; for other topics'
 * batches, too. */
const struct problem *booking_tell(struct memory *memory, const struct ledger_line *lines,
                                   size_t count, struct booking_result *out);

extern const struct module booking_part;

#endif
