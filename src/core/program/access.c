/*
 * Keeps early access that rules give, takes it back, and finds it.
 *
 * It is whole or not at all: it goes when all of what brought it is given back, and not before. Must not know: how
 * rules are judged. Read next: core/program/give.c, core/program/back.c.
 */
#include "core/program/access.h"

#include "base/ids.h"
#include "core/program/parts.h"
#include "core/program/queries.h"

const struct problem *program_access_give(const struct giving *giving,
                                          const struct program_rule *rule)
{
    if (rule->accesses.count == 0)
        return NULL;
    const struct program_access *access = &rule->accesses.items[0];
    struct access_row row = {
        .id = {id_new()},
        .verdict = giving->verdict,
        .program = giving->program->id,
        .business = giving->program->business,
        .mail = text_of(""),
        .rule = rule->name,
        .name = access->name,
        .begins = access->from.present ? access->from.value : giving->at,
        .ends = access->until,
        .at = giving->at,
    };
    if (access->whom == WHOM_PARTNER)
        row.party = giving->chain[0];
    else if (giving->guest) {
        row.party = giving->guest->party.present ? giving->guest->party.value : row.party;
        row.mail = giving->guest->mail;
    }
    bool nobody = row.party.value == 0 && row.mail.size == 0;
    return nobody || row.ends.ms <= giving->at.ms ? NULL
                                                  : access_insert(giving->db, giving->memory, &row);
}

const struct problem *program_access_back(struct database *db, struct memory *memory,
                                          const struct program_return *returned,
                                          struct verdict_id verdict)
{
    return returned->minor < returned->of ? NULL
                                          : access_withdraw(db, memory, verdict, returned->at);
}

const struct problem *program_access_find(struct database *db, struct memory *memory,
                                          const struct access_asked *asked,
                                          struct access_shown *out)
{
    return access_find(db, memory, asked->business, asked->party, asked->mail, asked->name,
                       asked->at, out);
}

const struct problem *program_accesses(struct database *db, struct memory *memory,
                                       struct party_id party, struct text mail, struct instant at,
                                       struct access_shown_list *out)
{
    return accesses_of(db, memory, party, mail, at, out);
}
