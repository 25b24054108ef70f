/*
 * Live pages: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) that
 * say how many things wait behind each link of a portal's navigation, whenever that changes.
 *
 * GET /live/me, /live/biz and /live/desk answer the counts as an event and stay open. One thread asks
 * for all streams again when something happened, as if each had sent its request anew, so that a
 * stream whose session ended ends. An event's id is a hash of what it says: who comes back with the
 * same (Last-Event-ID) is told nothing. A comment each 20 seconds keeps proxies from closing.
 * Private to web/. Read next: web/live.c, ui/scripts/live.js.
 */
#ifndef CONTRAFLOW_WEB_LIVE_H
#define CONTRAFLOW_WEB_LIVE_H

#include <microhttpd.h>

#include "web/router.h"

struct live;
struct stream;

/* The counts as the first event. False: something else is asked. */
bool live_answer(struct passage *passage);

/* Room for so many streams, and their thread. */
const struct problem *live_start(struct server *server, size_t most, struct live **out);
/* Makes a stream of a request that live_answer() answered: the response to queue. Its first bytes are the
 * answer's; it lives in the request's memory until live_close(). NULL: there is no room. */
struct MHD_Response *live_open(struct live *live, const struct incoming *incoming,
                               const struct answer *answer, struct MHD_Connection *connection,
                               struct stream **out);
/* Its connection is gone. */
void live_close(struct stream *stream);
/* Ends all streams; no more are opened. */
void live_end(struct live *live);
/* After the last stream is gone: ends the thread. */
void live_stop(struct live *live);
/* Streams that are open, for tests. */
size_t live_count(struct live *live);

#endif
