/*
 * Rows of job.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_JOB_ROWS_H
#define CONTRAFLOW_CORE_JOB_ROWS_H

#include "core/job.h"

enum job_state {                  /* shape: How a job stands */
                 JOB_WAITING = 1, /* waiting: To be run when due */
                 JOB_DONE,        /* done: Was run */
                 JOB_FAILED,      /* failed: Given up */
};
struct job_row {          /* shape: A job as stored */
    struct job_id id;     /* Names it */
    enum job_lane lane;   /* Which lane runs it */
    struct text kind;     /* Name of its kind */
    int64_t subject;      /* What it is about */
    struct text note;     /* Further words */
    enum job_state state; /* How it stands */
    struct instant due;   /* Not before */
    int64_t tries;        /* So far */
    struct text problem;  /* Name of the last problem */
};
LIST_OF(job_row);
struct job_hit {      /* shape: A job that was changed */
    struct job_id id; /* Names it */
};

#endif
