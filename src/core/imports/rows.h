/*
 * Imports as stored, and what they are. Private to core/imports.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_ROWS_H
#define CONTRAFLOW_CORE_IMPORTS_ROWS_H

#include "core/imports/kind.h"

enum import_format {                 /* shape: How a file is written */
                     IMPORT_CSV = 1, /* csv: Lines of columns */
                     IMPORT_LINES,   /* lines: A JSON object a line */
};
enum import_charset {                      /* shape: How letters are written in a file */
                      IMPORT_UTF8 = 1,     /* utf8: UTF-8 */
                      IMPORT_UTF16_LITTLE, /* utf16le: UTF-16, low byte first */
                      IMPORT_UTF16_BIG,    /* utf16be: UTF-16, high byte first */
                      IMPORT_WINDOWS,      /* windows1252: Windows-1252, Western Europe */
};
enum import_separator {                   /* shape: What stands between columns */
                        IMPORT_COMMA = 1, /* comma: Commas */
                        IMPORT_SEMICOLON, /* semicolon: Semicolons */
                        IMPORT_TAB,       /* tab: Tabs */
};
enum import_state {                     /* shape: Where an import stands */
                    IMPORT_ARRIVED = 1, /* arrived: Its columns are to be named */
                    IMPORT_CHECKING,    /* checking: It is read without taking anything in */
                    IMPORT_CHECKED,     /* checked: It can be taken in */
                    IMPORT_RUNNING,     /* running: It is being taken in */
                    IMPORT_DONE,        /* done: It was taken in */
                    IMPORT_CANCELLING,  /* cancelling: What was taken in is taken back */
                    IMPORT_CANCELLED,   /* cancelled: Nothing of it is left */
                    IMPORT_UNDOING,     /* undoing: It is being taken back */
                    IMPORT_UNDONE,      /* undone: It was taken back */
                    IMPORT_FAILED,      /* failed: It can't be read */
};

struct import_row {                  /* shape: An import as stored */
    struct import_id id;             /* Names it */
    struct party_id owner;           /* For whom */
    struct party_id person;          /* Who brought it */
    struct text kind;                /* What is in it: the name of a kind */
    enum import_format format;       /* How it is written */
    struct text name;                /* What the file was called */
    enum import_state state;         /* Where it stands */
    enum import_charset charset;     /* Letters */
    enum import_separator separator; /* Columns */
    struct text mapping;             /* What each column is, with commas between */
    int64_t size;                    /* Bytes in UTF-8 */
    int64_t place;                   /* Bytes read */
    int64_t line;                    /* Lines read */
    int64_t records;                 /* Things read */
    int64_t made;                    /* Of these new */
    int64_t changed;                 /* That took an older one's place */
    int64_t same;                    /* That changed nothing */
    int64_t refused;                 /* Left out */
    int64_t faults;                  /* Errors found */
    int64_t stayed;                  /* Changed since, so that undoing left them */
    int64_t batches;                 /* Writes */
    struct text refusal;             /* Why none of it can be read */
    struct instant at;               /* Arrived */
    struct instant moved;            /* State last changed */
};
LIST_OF(import_row);
struct import_fault_row {    /* shape: What is wrong in a file */
    struct import_id import; /* Which */
    int64_t number;          /* From 1 */
    int64_t line;            /* Where */
    struct text field;       /* Which column */
    struct text rule;        /* Text key of the sentence */
    struct text value;       /* What stands there */
};
LIST_OF(import_fault_row);
struct import_batch_row {    /* shape: A write of an import */
    struct import_id import; /* Which */
    int64_t number;          /* From 1 */
    int64_t first;           /* No id of it is smaller */
    int64_t last;            /* None is greater */
};
struct import_column_row { /* shape: What a column was said to be */
    struct party_id owner; /* Whose files */
    struct text kind;      /* What is in them */
    struct text header;    /* What it is called */
    struct text field;     /* What it is */
};
struct import_hit {      /* shape: An import that has work to do */
    struct import_id id; /* Which */
};
LIST_OF(import_hit);
#endif
