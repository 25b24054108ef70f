/*
 * What the readers of forms (base/shape.c) and of JSON (base/json_read.c) share about limits.
 */
#ifndef CONTRAFLOW_BASE_FIELD_LIMITS_H
#define CONTRAFLOW_BASE_FIELD_LIMITS_H

#include "base/shape.h"

/* Fills *error (NULL is fine) and returns `fault`, for the field's own name. */
enum field_fault field_report(const struct field *field, enum field_fault fault, int64_t limit,
                              int64_t found, struct field_error *error);

/* A number against the field's limits and +-MONEY_MAX; money below 0 is too small where no limit is
 * declared. */
enum field_fault field_check_number(const struct field *field, int64_t number,
                                    struct field_error *error);

/* Where the value lies, after an optional field was marked as present. */
void *field_place(const struct field *field, void *target);

#endif
