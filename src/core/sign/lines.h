/*
 * Looks at files of lines that carry their own hash: closed days, statements. The format is that of
 * ledger/lines.h, whose code is not used here.
 *
 * There is one way only to write such a file, so each byte of it is looked at: white space and the case
 * of letters count.
 * Must not know: what the lines are about. Read next: core/sign/sign.h.
 */
#ifndef CONTRAFLOW_CORE_SIGN_LINES_H
#define CONTRAFLOW_CORE_SIGN_LINES_H

#include "core/sign/sign.h"

/* Does it look like such a file? Also when some of it was changed. */
bool sign_is_lines(struct bytes file);
/* As sign_verify(). The facts are those of the first and the last line, then each line that is not as
 * it was signed. */
const struct problem *sign_lines_verify(struct memory *memory, struct bytes file,
                                        struct text trusted, struct sign_report *out);
/* Control characters, which could play tricks on a terminal, become blanks. data NULL: no memory. */
struct text sign_plain(struct memory *memory, struct text text);

#endif
