/*
 * Referrals in the demo world. Must not know: what else it holds. Read next: demo.c.
 */
#ifndef CONTRAFLOW_REFERRALS_DEMO_H
#define CONTRAFLOW_REFERRALS_DEMO_H

#include "core/demo.h"

/* A program of a travel agency with three people in it, their clicks and orders. */
const struct problem *referrals_demo(struct demo *demo);

#endif
