/*
 * Files of a program for its business: its partners, and what was found about all that they brought.
 *
 * Of any length, in bounded memory; the tables of results, which stand on one page, are results/file.h.
 * Must not know: how files are written. Read next: exports.c, core/files/table.h.
 */
#ifndef CONTRAFLOW_REFERRALS_EXPORTS_EXPORTS_H
#define CONTRAFLOW_REFERRALS_EXPORTS_EXPORTS_H

#include "core/files/table.h"
#include "core/program/program.h"

enum taken_file {                     /* shape: A file of a program */
                  TAKEN_PARTNERS = 1, /* partners: Who takes part */
                  TAKEN_VERDICTS,     /* verdicts: What was found about what they brought */
};
struct taken_query {           /* shape: Which file, and how to write it */
    struct program_id program; /* Of which program */
    enum taken_file file;      /* Which */
    struct maybe_text format;  /* ..5: csv, or lines for JSON Lines */
};
const struct problem *referrals_export_send(struct request *request,
                                            const struct taken_query *input, struct nothing *view);

extern const struct route_table referrals_export_routes;

#endif
