/*
 * The problems that every folder shares. Each other folder keeps its own beside the code that
 * reports them.
 *
 * Must not know: HTTP beyond a status number, languages. Read next: base/problem.h.
 */
#include "base/problem.h"

#include <stddef.h>

const struct problem not_found = {"not_found", 404, FAULT_CLIENT, false};
const struct problem not_allowed = {"not_allowed", 403, FAULT_CLIENT, false};
const struct problem invalid_input = {"invalid_input", 422, FAULT_CLIENT, false};
const struct problem conflict = {"conflict", 409, FAULT_CLIENT, false};
const struct problem out_of_memory = {"out_of_memory", 503, FAULT_WORLD, true};
const struct problem too_large = {"too_large", 413, FAULT_CLIENT, false};
const struct problem world_failed = {"world_failed", 503, FAULT_WORLD, true};
const struct problem disk_full = {"disk_full", 507, FAULT_WORLD, true};
const struct problem our_fault = {"our_fault", 500, FAULT_OURS, false};
