/*
 * Stops the weekly mails of one person about one program.
 *
 * Must not know: what the mails say. Read next: core/sign/sign.h (sign_words), digest_job.c.
 */
#include "modules/referrals/results/stop_page.h"

#include <string.h>

#include "base/ids.h"
#include "core/sign/sign.h"
#include "modules/referrals/results/digest_queries.h"

#define PURPOSE "referrals.digest"

/* Who does not want what. */
struct stopping {
    struct program_id program;
    struct party_id person;
    struct instant at;
};

const struct problem *digest_stop_link(struct memory *memory, struct program_id program,
                                       struct party_id person, struct text *out)
{
    struct text claim = text_format(memory, "%s-%s", id_text("prg", program.value).text,
                                    id_text("pty", person.value).text);
    struct text link;
    const struct problem *problem = sign_words(memory, PURPOSE, claim, &link);
    if (problem)
        return problem;
    *out = text_format(memory, "/programs/mails/%.*s", TEXT_ARGS(link));
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *read(struct text link, struct stopping *out)
{
    struct text claim, program;
    bool fits;
    const struct problem *problem = sign_words_read(PURPOSE, link, &claim, &fits);
    if (problem)
        return problem;
    return fits && text_split(&claim, '-', &program) &&
                   id_parse(program, "prg", &out->program.value) &&
                   id_parse(claim, "pty", &out->person.value)
               ? NULL
               : &not_found;
}

static const struct problem *stop(struct database *db, struct memory *memory, void *context)
{
    const struct stopping *stopping = context;
    return digest_stop_add(db, memory, stopping->program, stopping->person, stopping->at);
}

static const struct problem *stop_by(struct request *request, struct text link)
{
    struct stopping stopping = {.at = request->now};
    const struct problem *problem = read(link, &stopping);
    return problem ? problem : store_write(request->store, request->memory, stop, &stopping);
}

const struct problem *referrals_digest_stop_show(struct request *request,
                                                 const struct digest_stop_query *query,
                                                 struct digest_stop_page *view)
{
    struct stopping stopping;
    struct program_row program;
    const struct problem *problem = read(query->link, &stopping);
    if (!problem)
        problem = program_find(request->db, request->memory, stopping.program, &program);
    if (problem)
        return problem;
    *view = (struct digest_stop_page){query->link, program.title};
    return NULL;
}

const struct problem *referrals_digest_stop_make(struct request *request,
                                                 const struct digest_stop_query *query,
                                                 struct nothing *view)
{
    const struct problem *problem = stop_by(request, query->link);
    (void)view;
    if (!problem)
        request_go_saying(request, "referrals.digest_stopped", "/programs/mails/%.*s",
                          TEXT_ARGS(query->link));
    return problem;
}

/* RFC 8058: a mail program posts this for its reader, without a session. */
const struct problem *referrals_digest_one_click(struct request *request,
                                                 const struct digest_stop_query *query,
                                                 struct nothing *view)
{
    static const char asked[] = "List-Unsubscribe=One-Click";
    (void)view;
    if (!memmem(request->body.data, request->body.size, asked, sizeof asked - 1))
        return &invalid_input;
    return stop_by(request, query->link);
}
