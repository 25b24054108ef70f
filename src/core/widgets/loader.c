/*
 * /w/1.js: the script of ui/widgets/loader.js with the table of all widgets in it.
 *
 * The address is a contract with pages that we do not see: it never changes, is asked for again after
 * WIDGET_KEEPS seconds, and loads everything else from addresses that name a build.
 * Must not know: any one widget. Read next: core/widgets/widget.h.
 */
#include <string.h>

#include "base/embedded.h"
#include "base/log.h"
#include "core/module.h"
#include "core/widgets/pages.h"
#include "core/widgets/pages.shapes.h"
#include "web/words_parts.h"
#include "web/words.h"

enum { WIDGETS_MAX = 50, SCRIPT_BYTES = 64 << 10 };
#define PLACE "\"@widgets@\"" /* in the script, where the table goes */

static const struct problem *speak(struct request *request, const struct widget *widget,
                                   struct widget_spoken_list *out)
{
    struct widget_spoken *spoken = memory_take_array(request->memory, LANGUAGE_ZH, sizeof *spoken);
    if (!spoken)
        return &out_of_memory;
    for (enum language l = LANGUAGE_EN; l <= LANGUAGE_ZH; l++) {
        struct text *words = memory_take_array(request->memory, widget->word_count, sizeof *words);
        if (!words)
            return &out_of_memory;
        for (size_t i = 0; i < widget->word_count; i++)
            words[i] = words_text(request->memory, l, widget->words[i], NULL, 0);
        spoken[l - LANGUAGE_EN] = (struct widget_spoken){l, {words, widget->word_count}};
    }
    *out = (struct widget_spoken_list){spoken, LANGUAGE_ZH};
    return NULL;
}

static const struct problem *list_widgets(struct request *request, struct widget_table *out)
{
    struct widget_shown *shown = memory_take_array(request->memory, WIDGETS_MAX, sizeof *shown);
    struct text assets = server_assets(request->server);
    const struct problem *problem = shown ? NULL : &out_of_memory;
    size_t count = 0;
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        for (size_t i = 0; !problem && i < (*part)->widget_count; i++) {
            const struct widget *widget = &(*part)->widgets[i];
            ensure(count < WIDGETS_MAX);
            shown[count] =
                (struct widget_shown){.name = text_of(widget->name),
                                      .part = text_format(request->memory, "%.*s/widget-%s.js",
                                                          TEXT_ARGS(assets), widget->name)};
            problem = shown[count].part.data ? speak(request, widget, &shown[count].words)
                                             : &out_of_memory;
            count++;
        }
    }
    out->widgets = (struct widget_shown_list){shown, count};
    return problem;
}

static struct text loader(void)
{
    for (size_t i = 0; i < embedded_files_count; i++)
        if (strcmp(embedded_files[i].name, "assets/widgets.js") == 0)
            return (struct text){(const char *)embedded_files[i].data, embedded_files[i].size};
    return (struct text){"", 0};
}

const struct problem *core_widget_script(struct request *request, const struct nothing *query,
                                         struct nothing *view)
{
    struct builder b = builder_make(request->memory, SCRIPT_BYTES);
    struct text script = loader();
    const char *place = memmem(script.data, script.size, PLACE, strlen(PLACE));
    struct widget_table table;
    struct text bytes;
    (void)query;
    (void)view;
    ensure(place);
    size_t before = (size_t)(place - script.data);
    size_t after = before + strlen(PLACE);
    const struct problem *problem = list_widgets(request, &table);
    if (problem)
        return problem;
    builder_add_bytes(&b, script.data, before);
    shape_write_json(&b, &widget_table_shape, &table, FOR_PUBLIC);
    builder_add_bytes(&b, script.data + after, script.size - after);
    problem = builder_end(&b, &bytes);
    if (!problem)
        request_send_shared(request, bytes, "text/javascript; charset=utf-8", WIDGET_KEEPS);
    return problem;
}
