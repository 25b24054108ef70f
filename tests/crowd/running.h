/*
 * The crowd before the running program: with the facts that it keeps, by its own functions, at the times at which its
 * jobs judge.
 *
 * What came with a click goes through clicks/ (marks, what its request said, visitors of a day) and doubts/ (what of it
 * the rules see). Clicks are judged an hour at a time, some minutes after it, in pages; what counted then, once more a day
 * before it is paid. Orders are judged when they come and a day before they are paid. The program knows no devices, no
 * addresses of customers and no numbers of orders, judges no sign-ups, and takes no order from a browser: such orders are
 * left out. A click with a mark, or an order whose click came after its basket, earns nothing: it is told as rejected.
 * Must not know: the truth, but to tell it on. Read next: judged.h, modules/referrals/doubts/doubt.h.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_RUNNING_H
#define CONTRAFLOW_TESTS_CROWD_RUNNING_H

#include "judged.h"

/* Each click and order twice, as in judge_crowd(): what was held the first time stays so. `hold_days` is what the
 * program's rules say. False when memory is short. One at a time: it takes the lists of modules/referrals/lists/lists.h. */
bool run_crowd(uint64_t seed, uint32_t partners, uint32_t days, int64_t hold_days,
               const struct suspect_terms *terms,
               void (*tell)(const struct judged *judged, void *context), void *context);

#endif
