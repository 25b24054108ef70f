/*
 * Whether words that somebody looks for stand in a text. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_MATCHING_H
#define CONTRAFLOW_STOCK_MATCHING_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

/* Whether every token of `wanted` (of search_tokens()) begins a word of `all`. Pure. */
const struct problem *stock_words_match(struct memory *memory, struct text all, struct text wanted,
                                        bool *out);

#endif
