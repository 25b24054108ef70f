/*
 * From starting a server to its first answered request.
 *
 *   first PORT PATH PROGRAM ARGUMENT...     prints milliseconds; ends the program it started
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Whether a GET is answered with 200. */
static bool answered(int port, const char *path)
{
    char text[600];
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool fine = connect(connection, (struct sockaddr *)&address, sizeof address) == 0;
    int size = snprintf(text, sizeof text,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    if (fine)
        fine = send(connection, text, (size_t)size, MSG_NOSIGNAL) == size &&
               recv(connection, text, sizeof text, 0) > 12 &&
               strncmp(text, "HTTP/1.1 200", 12) == 0;
    close(connection);
    return fine;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: first PORT PATH PROGRAM ARGUMENT...\n");
        return 2;
    }
    int port = (int)strtol(argv[1], NULL, 10);
    double began = milliseconds();
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(126);
        execv(argv[3], &argv[3]);
        _exit(127);
    }
    bool fine = false;
    while (!fine && milliseconds() - began < 60000 && waitpid(child, NULL, WNOHANG) == 0) {
        fine = answered(port, argv[2]);
        if (!fine)
            usleep(500);
    }
    double took = milliseconds() - began;
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    if (fine)
        printf("%.0f\n", took);
    return fine ? 0 : 1;
}
