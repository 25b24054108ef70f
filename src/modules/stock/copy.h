/*
 * Copies of originals without anything private. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_COPY_H
#define CONTRAFLOW_STOCK_COPY_H

#include "core/media/media.h"
#include "modules/stock/rows.h"
#include "modules/stock/stock.shapes.h"

/* A copy of what was offered, with the notice written in (waits). Its reference is file.hash. */
const struct problem *stock_copy_make(const struct stock_photo_row *photo,
                                      const struct media_notice *notice, struct media_file *out);

extern const struct job_kind stock_copy_job;
extern const struct consumer stock_copy_consumer;

#endif
