/*
 * Findings as they are kept and as they are read: "same_person 20 3 0, late 4 5 6" is rule, points, and the two
 * numbers of its sentence.
 *
 * Must not know: how they were found. Read next: modules/referrals/suspects/rules.c.
 */
#include "base/log.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/suspects/suspect.shapes.h"
#include "web/words.h"

enum { FINDING_BYTES = 90 /* of one, written */ };

struct text doubt_findings_write(struct memory *memory, const struct suspect_verdict *verdict)
{
    struct builder b = builder_make(memory, SUSPECT_RULES * FINDING_BYTES);
    struct text out = {NULL, 0};
    for (size_t i = 0; i < verdict->count; i++) {
        const struct suspect_finding *found = &verdict->findings[i];
        builder_add_format(&b, "%s%s %lld %lld %lld", i ? "," : "",
                           words_name(&suspect_rule_words, (int)found->rule),
                           (long long)found->points, (long long)found->count, (long long)found->of);
    }
    return builder_end(&b, &out) ? (struct text){NULL, 0} : out;
}

size_t doubt_findings_read(struct text written, struct suspect_finding found[SUSPECT_RULES])
{
    struct text one;
    size_t count = 0;
    while (count < SUSPECT_RULES && text_split(&written, ',', &one)) {
        struct text rest = one, word;
        int64_t numbers[3] = {0};
        bool fine = text_split(&rest, ' ', &word);
        int rule = fine ? words_value(&suspect_rule_words, word) : 0;
        for (size_t i = 0; fine && i < 3; i++)
            fine = text_split(&rest, ' ', &word) && text_to_integer(word, &numbers[i]);
        if (fine && rule > 0)
            found[count++] = (struct suspect_finding){(enum suspect_rule)rule, numbers[0],
                                                      numbers[1], numbers[2]};
    }
    return count;
}

struct text doubt_say(struct memory *memory, enum language language, enum doubt_reader reader,
                      const struct suspect_finding *found)
{
    const struct word_argument arguments[] = {
        {.name = "count", .kind = FIELD_INTEGER, .integer = found->count},
        {.name = "of", .kind = FIELD_INTEGER, .integer = found->of},
    };
    const char *key =
        reader == READS_OWN ? suspect_words(found->rule) : suspect_words_of(found->rule);
    return words_text(memory, language, key, arguments, 2);
}
