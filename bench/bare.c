/*
 * A bare libmicrohttpd answer, to compare with: the same daemon as web/listen.c starts, one answer of
 * so many bytes from memory, no routing, no database, no threads behind it.
 *
 *   bare PORT BYTES     until standard input ends
 */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *body,
                              size_t *body_size, void **state)
{
    (void)url;
    (void)method;
    (void)version;
    (void)body;
    (void)body_size;
    /* The first call is for the header fields alone. */
    if (!*state) {
        *state = context;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, context);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: bare PORT BYTES\n");
        return 2;
    }
    size_t size = strtoul(argv[2], NULL, 10);
    char *bytes = malloc(size + 1);
    if (!bytes)
        return 3;
    memset(bytes, 'x', size);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, bytes, MHD_RESPMEM_MUST_FREE);
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO,
                                                 (unsigned short)strtoul(argv[1], NULL, 10), NULL,
                                                 NULL, answer, response, MHD_OPTION_END);
    if (!response || !daemon) {
        fprintf(stderr, "bare: port %s can't be opened\n", argv[1]);
        return 3;
    }
    while (getchar() != EOF)
        continue;
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    return 0;
}
