/*
 * GET /healthz: whether a proxy should send people here. 200 "ready", or 503 with why not.
 *
 * Says nothing that a stranger may not know, belongs to no session and is not counted as a call, so
 * that a proxy may ask each second. Must not know: what else the server answers. Read next: web/router.c.
 */
#include "web/router.h"

static const struct problem *look(struct database *db, struct memory *memory, void *context)
{
    (void)db;
    (void)memory;
    (void)context;
    return NULL;
}

bool health_answer(struct passage *passage)
{
    const struct incoming *incoming = passage->incoming;
    const struct request *request = &passage->request;
    const char *fault = NULL;
    if (!text_is(incoming->raw_path, HEALTH_PATH) || incoming->verb != GET)
        return false;
    if (atomic_load(&passage->server->stopping))
        fault = "stopping\n";
    else if (request->db && store_read(request->db, request->memory, look, NULL))
        fault = "the database does not answer\n";
    answer_bytes(passage->answer, fault ? 503 : 200, "text/plain; charset=utf-8",
                 text_of(fault ? fault : "ready\n"));
    return true;
}
