/*
 * `contraflow verify FILE`: what a signed file certifies, or what in it was altered.
 *
 * Needs no installation. The file must be signed with the key that --key names, or with that of the
 * data folder when there is one; else the key is printed, to be compared with the one its
 * installation publishes.
 * Must not know: databases. Read next: core/sign/sign.h.
 */
#include "command.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/sign/sign.shapes.h"

static const char *const words[] = {
    [FACT_AS_SIGNED] = "",
    [FACT_ALTERED] = "   ALTERED",
    [FACT_MISSING] = "   TAKEN OUT",
    [FACT_ADDED] = "   ADDED",
};
static const char *const sentences[] = {
    [SIGN_GOOD] = "The signature fits: every fact is as it was signed.",
    [SIGN_ALTERED] = "Altered: what is marked above is not what was signed.",
    [SIGN_BROKEN] =
        "The signature fits neither what stands here nor this key: nothing here is certified.",
    [SIGN_OTHER_KEY] =
        "Signed with another key than the one demanded: --key, or this installation's.",
    [SIGN_RELAID] = "Every fact is as it was signed, but the file around them was changed.",
    [SIGN_UNREADABLE] = "This is not a signed file.",
};

static void print(const struct sign_report *report, bool known)
{
    for (size_t i = 0; i < report->facts.count; i++) {
        const struct sign_fact *fact = &report->facts.items[i];
        printf("  %-18.*s %.*s%s\n", TEXT_ARGS(fact->name), TEXT_ARGS(fact->value),
               words[fact->finding]);
    }
    if (report->kind.size)
        printf("\n  %-18s %.*s\n  %-18s %.*s\n\n", "kind", TEXT_ARGS(report->kind), "public key",
               TEXT_ARGS(report->key));
    puts(sentences[report->verdict]);
    if (report->verdict == SIGN_GOOD && !known)
        puts("Compare the public key with the one that the installation named above publishes\n"
             "under /signing-key.");
}

static const struct problem *print_json(struct command_line *line, const struct sign_report *report)
{
    struct text written;
    struct builder out = builder_make(line->memory, 8 << 20);
    shape_write_json(&out, &sign_report_shape, report, FOR_OPERATOR);
    const struct problem *problem = builder_end(&out, &written);
    if (!problem)
        printf("%.*s\n", TEXT_ARGS(written));
    return problem;
}

/* The key that must have signed; empty: any. */
static const struct problem *key_demanded(struct command_line *line, char out[SIGN_HEX_MAX])
{
    struct sign_key key;
    out[0] = '\0';
    if (line->key) {
        if (strlen(line->key) != SIGN_HEX_MAX - 1)
            return &invalid_input;
        for (size_t i = 0; i < SIGN_HEX_MAX; i++)
            out[i] = (char)tolower((unsigned char)line->key[i]);
        return NULL;
    }
    const struct problem *problem = sign_key_read(line->data, &key);
    if (!problem)
        sign_key_write(&key, out);
    sign_key_end(&key);
    return problem == &not_found ? NULL : problem;
}

int command_verify(struct command_line *line)
{
    struct sign_report report;
    char trusted[SIGN_HEX_MAX];
    if (line->count != 1) {
        fputs("Usage: contraflow verify FILE [--key HEX]\n", stderr);
        return EXIT_USAGE;
    }
    const struct problem *problem = key_demanded(line, trusted);
    if (problem)
        return command_failed(problem, text_of(line->key ? "a public key has 64 digits"
                                                         : "the signing key in the data folder is "
                                                           "unreadable"));
    problem = sign_verify_file(line->memory, line->words[0], text_of(trusted), &report);
    if (problem)
        return command_failed(problem, text_of(line->words[0]));
    if (line->json)
        problem = print_json(line, &report);
    else
        print(&report, trusted[0] != '\0');
    if (problem)
        return command_failed(problem, text_of(line->words[0]));
    return report.verdict == SIGN_GOOD ? EXIT_FINE : EXIT_FOUND;
}
