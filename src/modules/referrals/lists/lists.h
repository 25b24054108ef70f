/*
 * Lists that an operator installs: networks of data centres, and domains of throwaway mail.
 *
 * Read once, when the program starts, from the files that the settings referrals.data_centres and
 * referrals.throwaway_domains name; without a file nothing is known and nothing follows. A file is text or JSON:
 * whatever stands between blanks, line ends, commas, quotes and brackets is a name, and "#" goes to the end of its
 * line. So the list of the npm package disposable-email-domains can be named as it comes, and those of prefixes
 * that clouds publish one a line. Must not know: rules, clicks. Read next: lists.c, docs/operating.md.
 */
#ifndef CONTRAFLOW_REFERRALS_LISTS_LISTS_H
#define CONTRAFLOW_REFERRALS_LISTS_LISTS_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/shape.h"
#include "base/text.h"

/* Reads both files; what they hold lives as long as `process`. A file that is named and can't be read is
 * &world_failed, and the log says which. Before any thread. */
const struct problem *lists_load(struct memory *process);
/* The same from texts, for tests. NULL data: no list. */
const struct problem *lists_take(struct memory *process, struct text networks, struct text domains);

/* 1: the address (IPv4 or IPv6, as text) is of a data centre; 0: not on the list; absent: there is no list. */
struct maybe_integer list_is_hosted(struct text address);
/* Whether a mail address, or the last part of its domain, is of a service for throwaway addresses. */
bool list_is_throwaway(struct text mail);

#endif
