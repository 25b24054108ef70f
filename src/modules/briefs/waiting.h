/*
 * What of briefs waits for a person or a business. Private to the module.
 */
#ifndef CONTRAFLOW_BRIEFS_WAITING_H
#define CONTRAFLOW_BRIEFS_WAITING_H

#include "core/module.h"

const struct problem *briefs_waits(struct request *request, enum portal portal,
                                   struct waiting_said *said);

#endif
