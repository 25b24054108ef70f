/*
 * What a column is by its name: the member's own, or a name that is usual for it in one of our languages
 * (text keys import.names.KIND.FIELD, with commas between).
 *
 * Must not know: files. Read next: core/imports/kind.h.
 */
#include <stdio.h>

#include "core/imports/import.h"
#include "core/module.h"
#include "web/words.h"

struct text import_fold(struct memory *memory, struct text header)
{
    struct text plain = text_trim(header);
    struct text folded = text_copy(memory, plain);
    char *letters = (char *)(uintptr_t)folded.data;
    for (size_t i = 0; letters && i < folded.size; i++) {
        if (letters[i] >= 'A' && letters[i] <= 'Z')
            letters[i] = (char)(letters[i] - 'A' + 'a');
        if (letters[i] == '_' || letters[i] == '-')
            letters[i] = ' ';
    }
    return folded;
}

static bool is_listed(struct text name, struct text list)
{
    struct text one;
    while (list.size > 0 && text_split(&list, ',', &one))
        if (text_equal(text_trim(one), name))
            return true;
    return false;
}

/* Whether a column of that folded name is usual for a field. */
static bool is_usual(struct memory *memory, const struct import_kind *kind,
                     const struct field *field, struct text name)
{
    char key[120];
    struct text own = import_fold(memory, text_of(field->name));
    (void)snprintf(key, sizeof key, "import.names.%s.%s", kind->name, field->name);
    for (int language = LANGUAGE_EN; words_have(key) && language <= LANGUAGE_ZH; language++)
        if (is_listed(name, words_text(memory, (enum language)language, key, NULL, 0)))
            return true;
    return text_equal(own, name);
}

const struct field *import_propose(struct memory *memory, const struct import_kind *kind,
                                   struct text header)
{
    const struct shape *shape = kind->line;
    struct text name = import_fold(memory, header);
    for (size_t i = 0; name.size > 0 && i < shape->count; i++)
        if (is_usual(memory, kind, &shape->fields[i], name))
            return &shape->fields[i];
    return NULL;
}

const struct import_kind *import_kind_named(struct text name)
{
    for (const struct module *const *part = module_all(); *part; part++)
        for (size_t i = 0; i < (*part)->import_count; i++)
            if (text_is(name, (*part)->imports[i]->name))
                return (*part)->imports[i];
    return NULL;
}
