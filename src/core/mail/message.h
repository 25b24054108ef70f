/*
 * A mail as bytes: RFC 5322 with MIME, from parts that may hold anything.
 *
 * No part can add a header or a line of its own: control characters in header fields become blanks
 * and the body is quoted-printable. Must not know: the queue, servers. Read next: core/mail/mail.c.
 */
#ifndef CONTRAFLOW_CORE_MAIL_MESSAGE_H
#define CONTRAFLOW_CORE_MAIL_MESSAGE_H

#include "base/clock.h"
#include "base/text.h"

struct mail_message {
    struct text id;      /* of Message-ID, without domain: "mal_..." */
    struct text from;    /* address */
    struct text name;    /* of the sender; may be empty */
    struct text to;      /* address */
    struct text subject; /* one line */
    struct text body;    /* plain text, lines end with \n */
    struct text stop;    /* https address of List-Unsubscribe, one click; may be empty */
    struct instant at;   /* Date */
};

/* True for an address that may stand in a header and an SMTP command: one @ with something on both
 * sides, no control character, blank, angle bracket, quote, comma, semicolon or backslash. */
bool mail_address_fine(struct text address);

/* The text in one line: control characters, line and paragraph separators become blanks. */
struct text mail_one_line(struct memory *memory, struct text typed);

/* Writes the message with CRLF line ends, lines at most 76 characters. &invalid_input when an
 * address is not fine. RFC 5322 (form, date), RFC 2047 (encoded words), RFC 2045 6.7
 * (quoted-printable), RFC 8058 (one click). */
const struct problem *mail_message_write(struct memory *memory, const struct mail_message *message,
                                         struct text *out);

#endif
