/*
 * Pages of another host for stories: a thread on a free port of loopback that serves the files of a folder.
 *
 * NAME is the page at /NAME, NAME.503 an error there, NAME.to a redirect to what is in it; any other is not found.
 * Ends with the process. Only scenario_test.c includes it.
 */
#ifndef CONTRAFLOW_TESTS_SCENARIO_PAGES_H
#define CONTRAFLOW_TESTS_SCENARIO_PAGES_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct pages {
    const char *folder; /* with files page-NAME */
    int listener;       /* socket */
    int port;           /* on which it listens; 0: it has not begun */
};

static size_t page_read(const char *folder, const char *name, const char *end, char *out,
                        size_t room)
{
    char path[600];
    (void)snprintf(path, sizeof path, "%s/page-%s%s", folder, name, end);
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(out, 1, room - 1, file) : 0;
    out[size] = '\0';
    return file && fclose(file) == 0 ? size : 0;
}

static void page_serve(int visitor, const char *folder)
{
    char request[4096], name[200] = "", page[60000], answer[61000];
    ssize_t got = recv(visitor, request, sizeof request - 1, 0);
    if (got <= 0)
        return;
    request[got] = '\0';
    (void)sscanf(request, "GET /%199[a-z0-9-]", name);
    if (page_read(folder, name, "", page, sizeof page))
        (void)snprintf(answer, sizeof answer,
                       "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                       "Connection: close\r\n\r\n%s",
                       page);
    else if (page_read(folder, name, ".to", page, sizeof page))
        (void)snprintf(answer, sizeof answer,
                       "HTTP/1.1 302 Found\r\nLocation: %s\r\nConnection: close\r\n\r\n", page);
    else
        (void)snprintf(answer, sizeof answer, "HTTP/1.1 %s\r\nConnection: close\r\n\r\n",
                       page_read(folder, name, ".503", page, sizeof page) ? "503 Busy"
                                                                          : "404 Not Found");
    (void)send(visitor, answer, strlen(answer), MSG_NOSIGNAL);
    shutdown(visitor, SHUT_WR);
    while (recv(visitor, request, sizeof request, 0) > 0) {
    }
}

static void *pages_serve(void *context)
{
    const struct pages *pages = context;
    for (int visitor; (visitor = accept(pages->listener, NULL, NULL)) >= 0; close(visitor))
        page_serve(visitor, pages->folder);
    return NULL;
}

/* False: it could not begin. `pages` and `folder` live as long as the process. */
static bool pages_begin(struct pages *pages, const char *folder)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr *plain = (struct sockaddr *)(void *)&address;
    socklen_t size = sizeof address;
    pthread_t thread;
    pages->folder = folder;
    pages->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (pages->listener < 0 || bind(pages->listener, plain, size) || listen(pages->listener, 16) ||
        getsockname(pages->listener, plain, &size) ||
        pthread_create(&thread, NULL, pages_serve, pages))
        return false;
    pages->port = ntohs(address.sin_port);
    pthread_detach(thread);
    return true;
}

#endif
