/*
 * `contraflow verify FILE`: what a signed file certifies, or what in it was altered.
 *
 * Needs no installation. Where the data folder has a signing key, the file must be signed with it;
 * elsewhere the key is printed, to be compared with the one its installation publishes.
 * Must not know: databases. Read next: core/sign.h.
 */
#include "command.h"

#include <stdio.h>

#include "core/sign.shapes.h"

static const char *const words[] = {
    [FACT_AS_SIGNED] = "",
    [FACT_ALTERED] = "   ALTERED",
    [FACT_MISSING] = "   TAKEN OUT",
    [FACT_ADDED] = "   ADDED",
};
static const char *const sentences[] = {
    [SIGN_GOOD] = "The signature fits: every fact is as it was signed.",
    [SIGN_ALTERED] = "Altered: the facts marked above are not those that were signed.",
    [SIGN_BROKEN] =
        "The signature fits neither these digests nor this key: nothing here is certified.",
    [SIGN_OTHER_KEY] = "Signed with another key than this installation's.",
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

int command_verify(struct command_line *line)
{
    struct sign_key key;
    struct sign_report report;
    char trusted[SIGN_HEX_MAX] = "";
    if (line->count != 1) {
        fputs("Usage: contraflow verify FILE\n", stderr);
        return EXIT_USAGE;
    }
    const struct problem *problem = sign_key_read(line->data, &key);
    if (problem && problem != &not_found)
        return command_failed(problem, text_of("the signing key in the data folder is unreadable"));
    if (!problem)
        sign_key_write(&key, trusted);
    sign_key_end(&key);
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
