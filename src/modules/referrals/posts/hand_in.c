/*
 * What partners hand in: the address looked at, kept once, and a job asked for.
 *
 * Must not know: HTTP, what stands on the page. Read next: check.c, core/outside/address.h.
 */
#include <string.h>

#include "base/ids.h"
#include "core/outside/address.h"
#include "modules/referrals/personal/delivery.h"
#include "modules/referrals/posts/check.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"
#include "web/request.shapes.h"
#include "web/words.h"

const struct problem post_off = {"referrals.post_off", 409, FAULT_CLIENT, false};
const struct problem post_malformed = {"referrals.post_malformed", 422, FAULT_CLIENT, false};
const struct problem post_plain = {"referrals.post_plain", 422, FAULT_CLIENT, false};
const struct problem post_inside = {"referrals.post_inside", 422, FAULT_CLIENT, false};
const struct problem post_own = {"referrals.post_own", 422, FAULT_CLIENT, false};
const struct problem post_again = {"referrals.post_again", 409, FAULT_CLIENT, false};
const struct problem post_decided = {"referrals.post_decided", 409, FAULT_CLIENT, false};
const struct problem post_many = {"referrals.post_many", 409, FAULT_CLIENT, true};

/* ---- the address ------------------------------------------------------------------------------ */

bool post_is_own(struct memory *memory, struct text address, struct text site, struct text hosts)
{
    struct text host = outside_address_host(memory, address), line;
    struct text own = outside_address_host(memory, site);
    bool begins = address.size >= site.size && memcmp(address.data, site.data, site.size) == 0;
    if (host.size > 0 && text_equal(host, own) && (begins || !post_loopback()))
        return true;
    while (text_split(&hosts, '\n', &line)) {
        if (host.size > 0 && text_equal(host, text_trim(line)))
            return true;
    }
    return false;
}

const struct problem *post_address(struct memory *memory, struct text typed, struct text site,
                                   struct text hosts, struct text *plain)
{
    if (!outside_address_plain(memory, text_trim(typed), plain))
        return &post_malformed;
    if (post_is_own(memory, *plain, site, hosts))
        return &post_own;
    switch (outside_address_look(memory, *plain, post_loopback())) {
    case OUTSIDE_ADDRESS_FINE:
        return NULL;
    case OUTSIDE_ADDRESS_PLAIN:
        return &post_plain;
    case OUTSIDE_ADDRESS_PORT:
    case OUTSIDE_ADDRESS_INSIDE:
        return &post_inside;
    case OUTSIDE_ADDRESS_MALFORMED:
        break;
    }
    return &post_malformed;
}

/* ---- kept ------------------------------------------------------------------------------------- */

static const struct problem *may_hand_in(const struct move *move,
                                         struct referrals_partner_id partner,
                                         const struct post_part_row *part, struct text address,
                                         struct text page)
{
    struct post_number today;
    struct post_hit standing;
    struct instant until;
    struct money fee;
    const struct problem *problem =
        personal_delivery_waits(move->db, move->memory, partner, move->at, &until, &fee);
    if (problem)
        return problem;
    bool taken = part->taken || until.ms > 0;
    if (!taken || part->state != PARTNER_ACTIVE || part->program_state != PROGRAM_RUNNING)
        return &post_off;
    problem = post_standing(move->db, move->memory, part->program, address, page, &standing);
    if (problem != &not_found)
        return problem ? problem : &post_again;
    problem = post_count_since(move->db, move->memory, partner,
                               id_first_at(instant_add(move->at, -DAY)), &today);
    return problem || today.number < POSTS_A_DAY ? problem : &post_many;
}

const struct problem *post_hand_in(struct move *move, struct referrals_partner_id partner,
                                   struct text address)
{
    struct post_part_row part;
    struct post_hit hit;
    struct text page = outside_address_page(move->memory, address);
    if (!page.data)
        return &out_of_memory;
    const struct problem *problem = post_part(move->db, move->memory, partner, move->actor, &part);
    if (!problem)
        problem = may_hand_in(move, partner, &part, address, page);
    if (problem)
        return problem;
    const struct post_row row = {.id = {move->subject},
                                 .program = part.program,
                                 .partner = partner,
                                 .person = move->actor,
                                 .state = POST_HANDED_IN,
                                 .address = address,
                                 .page = page,
                                 .found = POST_NOT_LOOKED,
                                 .why = text_of(""),
                                 .said = text_of(""),
                                 .appeal = text_of(""),
                                 .due = move->at,
                                 .at = move->at};
    problem = post_insert(move->db, move->memory, &row, &hit);
    if (problem == &not_found)
        return &post_again;
    if (!problem)
        problem = post_ask(move->db, move->memory, &row, move->at);
    return problem ? problem : flow_begin(move);
}

/* ---- words of disclosure ---------------------------------------------------------------------- */

static size_t split(struct text all, char separator, struct text *out, size_t most)
{
    struct text part;
    size_t count = 0;
    while (count < most && text_split(&all, separator, &part)) {
        part = text_trim(part);
        if (part.size > 0)
            out[count++] = part;
    }
    return count;
}

const struct problem *post_words(struct memory *memory, struct text own, struct text_list *out)
{
    enum { MOST = 200 };
    struct text *words = memory_take_array(memory, MOST, sizeof *words);
    size_t count = words ? split(own, '\n', words, MOST) : 0;
    if (!words)
        return &out_of_memory;
    for (int language = 1; count < MOST && own.size == 0 && words_name(&language_words, language);
         language++) {
        struct text all =
            words_text(memory, (enum language)language, "referrals.posts.words", NULL, 0);
        if (!all.data)
            return &out_of_memory;
        count += split(all, ',', words + count, MOST - count);
    }
    *out = (struct text_list){words, count};
    return NULL;
}
