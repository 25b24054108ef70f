/*
 * The wire: many messages on their way to receivers at once, in one thread, by libcurl.
 *
 * A message is posted once; what comes of it is told by hook_wire_turn(). No redirect is followed, no
 * proxy asked, nothing but the public internet reached, whatever a name resolves to when the
 * connection is made. 10 s to connect, 20 s in all; an answer is read up to 64 KiB, and then its status
 * counts. Must not know: the database, receivers. Read next: core/hooks/lane.c.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_WIRE_H
#define CONTRAFLOW_CORE_HOOKS_WIRE_H

#include <curl/curl.h>

#include "core/hooks/hooks.h"

enum { HOOK_ANSWER = 1024 /* bytes of an answer that are kept */ };

/* One message to be posted. The texts live until it is done. */
struct hook_call {
    struct text address;    /* of the receiver */
    struct text id;         /* webhook-id */
    struct text signatures; /* webhook-signature */
    int64_t seconds;        /* webhook-timestamp */
    struct text body;       /* JSON */
    void *context;          /* the caller's own */
};
struct hook_result {
    enum hook_outcome outcome; /* what came of it */
    int64_t status;            /* HTTP; 0: none came */
    int64_t took;              /* milliseconds */
    int64_t wait;              /* seconds that Retry-After asks for; 0: none */
    struct text answer;        /* its beginning, as far as it is text; lives during the call */
};
typedef void hook_wire_done(void *lane, void *context, const struct hook_result *result);

struct hook_wire_options {
    bool loopback;              /* this machine may be reached, over http too */
    struct curl_slist *resolve; /* tests: what names resolve to, as CURLOPT_RESOLVE wants it */
    const char *authorities;    /* tests: file of certificates to trust; NULL: the system's */
};

struct hook_wire;

/* Ends with `memory`; what is on its way then is given up untold. */
const struct problem *hook_wire_make(struct memory *memory, const struct hook_wire_options *options,
                                     struct hook_wire **out);
/* Sets a message off. &out_of_memory: it was not. */
const struct problem *hook_wire_begin(struct hook_wire *wire, const struct hook_call *call);
/* Waits up to `wait` milliseconds for something to happen, and calls `done` for each that is done. */
void hook_wire_turn(struct hook_wire *wire, int wait, hook_wire_done *done, void *lane);

#endif
