/*
 * Rows of queries.sql. Private to mail.c and the desk's pages.
 */
#ifndef CONTRAFLOW_CORE_MAIL_ROWS_H
#define CONTRAFLOW_CORE_MAIL_ROWS_H

#include "core/mail/mail.h"

struct mail_row {          /* shape: A mail as stored */
    struct mail_id id;     /* Names it */
    struct text recipient; /* Address */
    struct party_id party; /* For whom; 0: nobody we know */
    struct text subject;   /* Line */
    struct text body;      /* Plain text */
    struct text stop;      /* Where such mails are stopped by one click; empty: nowhere */
    enum mail_state state; /* What became of it */
    struct instant at;     /* Written */
    struct instant sent;   /* Handed over; 0: not yet */
};
LIST_OF(mail_row);
struct mail_hit {      /* shape: The mail that a change found */
    struct mail_id id; /* Names it */
};
struct mail_reader {        /* shape: Where and in which language somebody reads mail */
    struct text mail;       /* Address */
    enum language language; /* Of the mail */
};

#endif
