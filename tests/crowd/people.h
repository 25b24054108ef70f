/*
 * People and machines as a server sees them: name, mail, device, browser, network.
 *
 * Must not know partners or what people do. Read next: tests/crowd/journey.h.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_PEOPLE_H
#define CONTRAFLOW_TESTS_CROWD_PEOPLE_H

#include "crowd.h"
#include "dice.h"

enum network_kind {
    NETWORK_HOME,
    NETWORK_MOBILE,
    NETWORK_FIRM,
    NETWORK_CAMPUS,
    NETWORK_HOSTING,
    NETWORK_RELAY,
    NETWORK_KINDS
};

enum agent_kind {
    AGENT_COMPUTER,
    AGENT_PHONE,
    AGENT_IN_APP,
    AGENT_SCRIPT,
    AGENT_OLD,
    AGENT_SCANNER,
    AGENT_PREVIEW
};

struct person {
    struct crowd_identity who; /* as an account would show */
    uint64_t ip;               /* of now; see person_moves */
    uint64_t visitor;          /* 0 without consent */
    uint64_t payment;          /* account or card */
    uint64_t address;          /* household */
    uint64_t account;          /* at the shop, 0 for a guest */
    uint32_t network;          /* number */
    enum network_kind where;   /* kind of it */
    enum agent_kind with;      /* kind of browser */
    bool beacon;               /* lets the page's beacon through */
    bool modern;               /* browser sends Sec-Fetch headers */
    char country[3];           /* ISO 3166 */
    char agent[192];           /* User-Agent */
};

/* Somebody: each stream gives one person, the same each time. `pool` is how many shared addresses a
 * network of many has; it grows with the crowd. */
struct person person_make(struct dice *dice, int64_t pool);

/* Another address of the same kind of network. */
void person_moves(struct person *person, struct dice *dice, enum network_kind where, int64_t pool);

/* Another browser. */
void person_takes(struct person *person, struct dice *dice, enum agent_kind with);

/* Name and mail anew; with a surname of a household when `surname` is not NULL. */
void person_names(struct person *person, struct dice *dice, const char *surname);

/* A new mail address for the same name: of a disposable domain, or of a free one. */
void person_mails(struct person *person, struct dice *dice, bool disposable);

/* What stands behind the last blank of a name. */
const char *person_surname(const char *name);

#endif
