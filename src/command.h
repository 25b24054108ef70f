/*
 * The command line's own parts: what each command gets, and how it ends.
 */
#ifndef CONTRAFLOW_COMMAND_H
#define CONTRAFLOW_COMMAND_H

#include "ledger/audit.h"
#include "modules/world.h"

/* Exit codes, documented in `contraflow help` and docs/operating.md. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_FOUND = 1, /* discrepancies, a signature that does not fit, files refused */
    EXIT_USAGE = 2, /* the command line or a setting is wrong */
    EXIT_WORLD = 3, /* disk, database, port, network */
    EXIT_OURS = 70, /* a bug: please tell us */
};

struct command_line {
    struct memory *memory; /* until the program ends */
    struct text data;      /* --data DIR, "data" */
    bool json;             /* --json */
    int port;              /* --port N, 8080 */
    const char *as;        /* --as LOGIN; NULL: not given */
    const char *to;        /* --to FILE or URL; NULL: not given */
    const char *key;       /* --key HEX; NULL: not given */
    bool fresh;            /* --fresh */
    bool watch;            /* --watch */
    const char *words[8];  /* what stands after the command */
    int count;             /* of them */
};

struct command {
    const char *name;
    const char *usage;   /* after "contraflow " */
    const char *meaning; /* one sentence */
    int (*run)(struct command_line *line);
};

int command_serve(struct command_line *line);
int command_demo(struct command_line *line);
int command_import(struct command_line *line);
int command_export(struct command_line *line);
int command_audit(struct command_line *line);
int command_move(struct command_line *line);
int command_verify(struct command_line *line);
int command_backup(struct command_line *line);
int command_user(struct command_line *line);
int command_config(struct command_line *line);

/* Opens the installation or says why not on standard error; the exit code, 0 when it is open. */
int command_open(struct command_line *line, struct world *world);
/* The same for a command that makes something, beside a running server or without. */
int command_open_to_write(struct command_line *line, struct world *world);
/* Says what went wrong and gives the exit code for it. */
int command_failed(const struct problem *problem, struct text complaint);
/* The ledger's audit and those of all parts; *all counts the discrepancies. */
const struct problem *command_audit_all(struct world *world, struct memory *memory,
                                        const struct ledger_audit_listener *listener, int64_t *all);
/* A line with a bar on standard error when that is a terminal, for work of which `all` is known. */
void command_progress(const char *what, int64_t done, int64_t all);

#endif
