/*
 * Whether a program that names itself asks, and not somebody's browser.
 *
 * What lies about itself is found out later, by what it does (velocity, conversions). Must not know:
 * clicks. Read next: agent_test.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_AGENT_H
#define CONTRAFLOW_REFERRALS_CLICKS_AGENT_H

#include "base/text.h"

/* True for a User-Agent that names a program, and for none. */
bool referrals_agent_is_bot(struct text agent);

#endif
