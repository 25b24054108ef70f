/*
 * The business models that take part. Removing a line removes the model cleanly.
 */
#include "core/module.h"

extern const struct module stock_module;
extern const struct module briefs_module;

const struct module *const modules[] = {
    &stock_module,
    &briefs_module,
    NULL,
};
