/*
 * Exports: orders, products and customers of a business as files that an import takes.
 *
 * The columns are those of core/shop/imports.h, of JSON Lines the members of what a shop tells. Mail
 * addresses are not kept, so they are not written. Read next: core/shop/export.c.
 */
#ifndef CONTRAFLOW_CORE_SHOP_EXPORT_H
#define CONTRAFLOW_CORE_SHOP_EXPORT_H

#include "core/imports/rows.h"
#include "core/shop/segment.h"

/* Writes all orders, products or customers to an open file, page by page in bounded memory, the oldest first. */
const struct problem *shop_export(struct database *db, struct memory *memory,
                                  struct party_id business, const struct import_kind *kind,
                                  enum import_format format, int fd);

/* The same of those customers who are in a segment. */
const struct problem *shop_export_members(struct database *db, struct memory *memory,
                                          const struct segment_row *segment, struct instant now,
                                          enum import_format format, int fd);

#endif
