/*
 * The constants of the models that modules.def names.
 */
#include "core/module.h"

#define MODULE(name) extern const struct module name##_module;
#include "modules/modules.def"
#undef MODULE

const struct module *const modules[] = {
#define MODULE(name) &name##_module,
#include "modules/modules.def"
#undef MODULE
    NULL,
};
