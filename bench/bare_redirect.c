/*
 * The limit: libmicrohttpd as web/listen.c starts it, answering every request with one 302 from memory.
 *
 *   bare_redirect PORT     until standard input ends
 */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

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
    return MHD_queue_response(connection, MHD_HTTP_FOUND, context);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bare_redirect PORT\n");
        return 2;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Location",
                            "https://shop.example/products/1?from=friend#buy");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO,
                                                 (unsigned short)strtoul(argv[1], NULL, 10), NULL,
                                                 NULL, answer, response, MHD_OPTION_END);
    if (!response || !daemon) {
        fprintf(stderr, "bare_redirect: port %s can't be opened\n", argv[1]);
        return 3;
    }
    while (getchar() != EOF)
        continue;
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    return 0;
}
