/*
 * What programs share that fill an installation for a load.
 */
#ifndef CONTRAFLOW_BENCH_FILLING_H
#define CONTRAFLOW_BENCH_FILLING_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/login/login.h"
#include "core/people/party.h"
#include "modules/world.h"

/* Ends the program unless all is well. */
static void must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, problem->name);
    exit(1);
}

/* Somebody with an account; the password is the address. */
static struct party_id person(const struct world *world, const char *mail, bool is_operator)
{
    struct party_id id;
    struct memory *memory = memory_create(1 << 20);
    must(login_sign_up(world->store, memory, text_of(mail), text_of(mail), text_of(""), LANGUAGE_EN,
                       is_operator, clock_now(), &id),
         mail);
    memory_end(memory);
    return id;
}

/* A file of the data folder, to write. */
static FILE *open_out(const struct world *world, const char *name)
{
    char path[500];
    snprintf(path, sizeof path, "%.*s/%s", TEXT_ARGS(world->data), name);
    FILE *file = fopen(path, "we");
    if (!file)
        must(&world_failed, path);
    return file;
}

#endif
