/*
 * Widgets: pieces of ours in pages of other websites, brought there by one script, /w/1.js.
 *
 *     <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="feedback" async></script>
 *
 * The script finds in its table what data-widget names, loads that part and calls what the part exports by
 * default with {script, site, business, language, words}. A part is ui/widgets/NAME.js; whichever model has
 * one names it in `.widgets` of its struct module. The page it runs in may have a strict content security
 * policy, so a part makes no inline styles or scripts, sets no cookies and keeps nothing there; what a person
 * types stands in a frame of ours (route .framed), where the page can't read it.
 *
 * Read next: ui/widgets/loader.js, ui/widgets/feedback.js, docs/widgets.md.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_WIDGET_H
#define CONTRAFLOW_CORE_WIDGETS_WIDGET_H

#include <stddef.h>

#define WIDGET_KEEPS 600 /* seconds for which browsers keep /w/1.js without asking again */

struct widget {
    const char *name; /* as data-widget says it, and of ui/widgets/NAME.js: "feedback" */
    const char *const
        *words; /* text keys that the part gets, in this order, in its page's language */
    size_t word_count;
};

#endif
