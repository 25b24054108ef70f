/*
 * What the files of programs share. Private to core/program.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_PARTS_H
#define CONTRAFLOW_CORE_PROGRAM_PARTS_H

#include "core/job.h"
#include "core/program/rows.h"
#include "ledger/audit.h"

/* Of a verdict that waits for more than it has; of no other. */
#define PROGRAM_MORE_WAITS "program.why.more_waits"

/* What a rule gives, in the program's currency where it is money. */
struct currency program_unit(enum program_benefit benefit, struct text currency);
bool program_pays_money(enum program_benefit benefit);

/* What is to be given for one verdict. */
struct giving {
    struct database *db;
    struct memory *memory;
    const struct program_row *program;
    const struct program_rules *rules;
    struct verdict_id verdict;
    int64_t subject;
    const struct party_id *chain;
    size_t levels;
    const struct program_guest *guest; /* who bought; NULL: not known */
    struct instant event;              /* when it happened */
    struct instant at;                 /* now */
};
/* The rules that a text says, read now or shared with others until `memory` ends; nobody may change them.
 * &our_fault: they are none. */
const struct problem *program_rules_kept(struct memory *memory, struct program_id program,
                                         struct text json, struct program_rules *out);
/* Facts as they were kept. */
const struct problem *program_read_facts(struct memory *memory, struct text json,
                                         struct program_facts *out);
const struct problem *program_write_facts(struct memory *memory, const struct program_facts *facts,
                                          struct text *out);
/* Inside a write: keeps who stands where until a verdict is decided. */
const struct problem *program_keep_chain(struct database *db, struct memory *memory,
                                         struct verdict_id verdict, const struct party_id *chain,
                                         size_t levels);
/* Whether something of the program has waited longer for money than a verdict. */
const struct problem *program_find_queue(struct database *db, struct memory *memory,
                                         const struct program_row *program,
                                         struct verdict_id verdict, bool *waits);
/* Inside a write: what waits for more than it has gets it, or waits on; *found. */
const struct problem *program_release_more(struct database *db, struct memory *memory,
                                           const struct verdict_row *verdict, struct instant at,
                                           enum verdict_state *found);
/* Takes the levels on which nobody stands off a judgement. */
void program_cut(struct program_judgement *judgement, const struct party_id *chain, size_t levels);
/* Inside a write: counts, posts, holds and keeps it. &program_no_budget: there is not enough money, and nothing
 * was written. */
const struct problem *program_give_all(const struct giving *giving,
                                       const struct program_judgement *judgement);

/* Gives back to the caps of a period what an award used. */
const struct problem *program_use_less(struct database *db, struct memory *memory,
                                       const struct verdict_row *verdict,
                                       const struct program_rules *rules,
                                       const struct award_row *award);
/* Takes the part back of one verdict, and adds it to returned->back; not to what the program may give. */
const struct problem *program_take_awards_back(struct database *db, struct memory *memory,
                                               struct program_return *returned,
                                               const struct award_row_list *awards);

/* Holds what of a sum a party has in its earnings until then; *out 0: nothing is left of it. */
const struct problem *program_hold(struct database *db, struct memory *memory,
                                   struct party_id party, int64_t subject, struct money sum,
                                   struct instant at, struct instant until, struct hold_id *out);
/* Lets a job give what waits, when something does: there is money again, or there never will be. */
const struct problem *program_release_soon(struct database *db, struct memory *memory,
                                           struct program_id program, struct instant at);
extern const struct job_kind program_release_job;

/* Inside a write: a program that ends gives back what is left of its budget once it is settled. */
const struct problem *program_settle_later(struct move *move);
/* Inside a write: gives all of it back now. */
const struct problem *program_free(struct database *db, struct memory *memory,
                                   struct program_id program, struct instant at);
/* Inside a write, after money came back to a budget: what waits gets it; of a program that is settled its business
 * does. */
const struct problem *program_money_back(struct database *db, struct memory *memory,
                                         struct program_id program, struct instant at);
extern const struct job_kind program_settle_job;

/* Inside a write: gives the customer what a rule promises them, at once to whom it is known, otherwise kept
 * for the mail address. */
const struct problem *program_gift_give(struct database *db, struct memory *memory,
                                        const struct gift_row *gift, struct maybe_party_id party);
/* Inside a write: what waits yet shrinks to the part that stays. */
const struct problem *program_gift_back(struct database *db, struct memory *memory,
                                        const struct program_return *returned,
                                        struct verdict_id verdict);
/* Inside a write: gives the early access that a rule promises to whom it is known. */
const struct problem *program_access_give(const struct giving *giving,
                                          const struct program_rule *rule);
/* Inside a write: takes it back, once all is returned. */
const struct problem *program_access_back(struct database *db, struct memory *memory,
                                          const struct program_return *returned,
                                          struct verdict_id verdict);
/* Budgets against the books. */
const struct problem *program_audit(struct database *db, struct memory *memory,
                                    const struct ledger_audit_listener *listener,
                                    int64_t *discrepancies);

#endif
