/*
 * Whose money: the name of a person or an organisation, and nothing else about them.
 *
 * It stands here because an account belongs to a party and the ledger is the lowest folder that
 * says so; everything else about parties is core/people/party.h's.
 */
#ifndef CONTRAFLOW_LEDGER_PARTY_H
#define CONTRAFLOW_LEDGER_PARTY_H

#include "base/shape.h"

struct party_id { /* shape id pty: A person or an organisation */
    int64_t value;
};
MAYBE(party_id);

#endif
