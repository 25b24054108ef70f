/*
 * The command line: which command, which options.
 *
 * Must not know: what the commands do. Read next: commands.c, modules/world.c.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/media/media.h"

static const struct command commands[] = {
    {"serve", "serve [--port N]", "Answer requests until stopped", command_serve},
    {"demo", "demo [--fresh]", "Build the demo world in an empty data folder", command_demo},
    {"import", "import photos DIR --as LOGIN", "Take in photographs as drafts of a person",
     command_import},
    {"export", "export pain001|journal|beancount [--to FILE]",
     "Write the payments to be made, or the books", command_export},
    {"export", "export journal-day YYYY-MM-DD [--to FILE]",
     "Write a closed day of the books, signed", command_export},
    {"audit", "audit [--watch]",
     "Recompute the books; ends with \"N discrepancies\", or goes on and says what changes",
     command_audit},
    {"verify", "verify FILE [--key HEX]", "Check a signed file without the installation",
     command_verify},
    {"backup", "backup FILE", "Copy the database consistently while it runs", command_backup},
    {"move", "move --to postgresql://...|sqlite[:FILE]",
     "Copy the database into an empty one, of the other engine too, and audit it there",
     command_move},
    {"user", "user list|add LOGIN", "List who signs in; add an operator", command_user},
    {"config", "config [NAME]", "Show the settings and what they mean", command_config},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int help(FILE *out)
{
    fputs("Contraflow: people supply, businesses pay, one ledger.\n\n", out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  contraflow %-43s %s\n", commands[i].usage, commands[i].meaning);
    fputs("  contraflow help                                        Show this\n\n"
          "  --data DIR   the data folder (data)\n"
          "  --json       print data as JSON\n\n"
          "Exit codes: 0 fine, 1 something was found (discrepancies, refused files, a wrong\n"
          "signature), 2 wrong use or setting, 3 disk, database, port or network, 70 a bug.\n",
          out);
    return out == stdout ? EXIT_FINE : EXIT_USAGE;
}

/* The value of an option, from "--port=1" or the next word; NULL when it is missing. */
static const char *value_of(int argc, char **argv, int *at, size_t name)
{
    const char *word = argv[*at];
    if (word[name] == '=')
        return &word[name + 1];
    return *at + 1 < argc ? argv[++*at] : NULL;
}

static bool is_option(const char *word, const char *name)
{
    size_t size = strlen(name);
    return strncmp(word, name, size) == 0 && (word[size] == '\0' || word[size] == '=');
}

static bool read_port(const char *value, int *out)
{
    int64_t port;
    if (!value || !text_to_integer(text_of(value), &port) || port < 0 || port > 65535)
        return false;
    *out = (int)port;
    return true;
}

static bool read_option(struct command_line *line, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    if (is_option(word, "--data")) {
        const char *value = value_of(argc, argv, at, strlen("--data"));
        line->data = text_of(value ? value : "");
        return value && *value;
    }
    if (is_option(word, "--port"))
        return read_port(value_of(argc, argv, at, strlen("--port")), &line->port);
    if (is_option(word, "--as"))
        return (line->as = value_of(argc, argv, at, strlen("--as"))) != NULL;
    if (is_option(word, "--to"))
        return (line->to = value_of(argc, argv, at, strlen("--to"))) != NULL;
    if (is_option(word, "--key"))
        return (line->key = value_of(argc, argv, at, strlen("--key"))) != NULL;
    if (strcmp(word, "--json") == 0)
        return line->json = true;
    if (strcmp(word, "--fresh") == 0)
        return line->fresh = true;
    if (strcmp(word, "--watch") == 0)
        return line->watch = true;
    return false;
}

static int run(struct command_line *line, const char *name, int argc, char **argv)
{
    const struct command *command = NULL;
    for (size_t i = 0; i < COMMANDS; i++) {
        if (!command && strcmp(commands[i].name, name) == 0)
            command = &commands[i];
    }
    if (!command) {
        fprintf(stderr, "contraflow: there is no command \"%s\"\n\n", name);
        return help(stderr);
    }
    for (int at = 2; at < argc; at++) {
        bool fine = true;
        if (strncmp(argv[at], "--", 2) == 0)
            fine = read_option(line, argc, argv, &at);
        else if (line->count < (int)(sizeof line->words / sizeof line->words[0]))
            line->words[line->count++] = argv[at];
        else
            fine = false;
        if (!fine) {
            fprintf(stderr, "contraflow %s: can't use \"%s\"\nUsage: contraflow %s\n", name,
                    argv[at < argc ? at : argc - 1], command->usage);
            return EXIT_USAGE;
        }
    }
    return command->run(line);
}

/* A request's memory is taken and given back at once, thousands of times a second; glibc would hand
 * it to the kernel and have it zeroed again each time. At most this much is kept by each arena. */
static void keep_memory(void)
{
    mallopt(M_TOP_PAD, 256 << 10);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "media-child") == 0)
        _exit(media_child_main(MEDIA_CHILD_SOCKET)); /* what runs at an exit is forbidden there */
    if (argc < 2)
        return help(stderr);
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return help(stdout);
    keep_memory();
    struct command_line line = {
        .memory = memory_create(256 << 20), .data = TEXT("data"), .port = 8080};
    if (!line.memory) {
        fputs("contraflow: no memory\n", stderr);
        return EXIT_WORLD;
    }
    int code = run(&line, argv[1], argc, argv);
    memory_end(line.memory);
    return code;
}
