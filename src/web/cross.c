/*
 * Scripts of other websites: CORS for origins that are registered (the Fetch Standard, 3.2).
 *
 * A browser asks beforehand (OPTIONS) and then sends the request with its Origin. No answer ever allows
 * cookies. A key that comes from a website its owner has not registered is refused, since it has leaked
 * into a page.
 * Must not know: where origins are kept. Read next: web/admit.c.
 */
#include "web/router.h"

const struct problem web_origin = {"web.origin", 403, FAULT_CLIENT, false};

static bool is_for_programs(const struct passage *passage)
{
    const struct endpoint *endpoint = passage->incoming->match.other;
    return text_starts(passage->incoming->raw_path, "/api/") ||
           (endpoint && endpoint->route->scripts);
}

/* Everything a program needs to send and to read. */
static void allow(struct passage *passage)
{
    struct answer *answer = passage->answer;
    answer_header(answer, "Access-Control-Allow-Origin", "%.*s",
                  TEXT_ARGS(passage->incoming->origin));
    if (!passage->incoming->options) {
        answer_header(answer, "Access-Control-Expose-Headers",
                      "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, "
                      "X-Request-Id");
        return;
    }
    answer_header(answer, "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
    answer_header(answer, "Access-Control-Allow-Headers",
                  "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, "
                  "If-None-Match");
    answer_header(answer, "Access-Control-Max-Age", "600");
}

const struct problem *cross_admit(struct passage *passage)
{
    const struct server_options *options = &passage->server->options;
    bool known = false;
    if (passage->incoming->origin.size == 0 || !is_for_programs(passage) ||
        admit_same_origin(passage))
        return NULL;
    const struct problem *problem = NULL;
    if (options->origin_known)
        problem = options->origin_known(&passage->request, passage->incoming->origin, &known);
    if (problem)
        return problem;
    if (known)
        allow(passage);
    return passage->request.viewer.keyed && !known ? &web_origin : NULL;
}
