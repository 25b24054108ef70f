/*
 * Photographs as other modules see them. Private to the module, but for its registration.
 */
#ifndef CONTRAFLOW_STOCK_OFFERING_H
#define CONTRAFLOW_STOCK_OFFERING_H

#include "core/offering.h"

extern const struct offering_kind stock_offering;

#endif
