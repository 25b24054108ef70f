/*
 * Widgets and feedback as a part of core.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_PART_H
#define CONTRAFLOW_CORE_WIDGETS_PART_H

struct module;
extern const struct module widgets_part;

#endif
