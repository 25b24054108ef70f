/*
 * QR codes (ISO/IEC 18004) as one path of a drawing.
 *
 * Must not know: what they say. Read next: qr.c.
 */
#ifndef CONTRAFLOW_CORE_QR_H
#define CONTRAFLOW_CORE_QR_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

#define QR_QUIET 4 /* modules that must stay light on each side */

/* A QR code as the data of one SVG path, each module one unit; `size` modules a side without the quiet
 * zone. &too_large when it is more than one code holds. */
const struct problem *qr_picture(struct memory *memory, struct text text, struct text *path,
                                 int64_t *size);

#endif
