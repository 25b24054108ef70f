/*
 * People as the store keeps them: each promise of core/people/party.h, member.h and team.h, on SQLite and, when
 * TEST_POSTGRESQL names a server, on PostgreSQL.
 */
#include "core/login/engines_test_bed.h"

#include "core/act.h"
#include "core/people/member.h"
#include "core/people/member_queries.h"
#include "core/people/party_rows.h"
#include "core/people/team.h"
#include "core/people/team_queries.h"
#include "core/people/team_rows.h"
#include "core/terms.h"
#include "core/thread.h"

static void keeps_the_last_owner(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    struct party_id ben = join(&bed, "Ben", "ben@example.org");
    struct party_id firm;
    assert_null(
        party_found(bed.store, bed.memory, text_of("Firm"), text_of(""), anna, start, &firm));
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, anna, MEMBER_BUYER, start),
                     &party_last_owner);
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, anna, 0, start), &party_last_owner);
    assert_null(party_member(bed.store, bed.memory, firm, ben, MEMBER_OWNER, start));
    assert_null(party_member(bed.store, bed.memory, firm, anna, 0, start));
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, ben, 0, start), &party_last_owner);
    /* Nobody belongs to a person, and nobody unknown to a firm. */
    assert_ptr_equal(party_member(bed.store, bed.memory, anna, ben, MEMBER_VIEWER, start),
                     &not_found);
    assert_ptr_equal(
        party_member(bed.store, bed.memory, firm, (struct party_id){7}, MEMBER_VIEWER, start),
        &not_found);
    close_bed(&bed);
}

struct inviting {
    struct party_id firm, by;
    struct text secret;
};
static const struct problem *invite_work(struct database *db, struct memory *memory, void *context)
{
    const struct inviting *inviting = context;
    return member_invite(db, memory, inviting->firm, inviting->by, text_of("New@example.org"),
                         MEMBER_BUYER, inviting->secret, start);
}

static void invites_once(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    struct party_id ben = join(&bed, "Ben", "ben@example.org");
    struct party_id firm;
    struct party_id joined;
    assert_null(
        party_found(bed.store, bed.memory, text_of("Firm"), text_of(""), anna, start, &firm));
    struct inviting inviting = {.firm = firm, .by = anna};
    assert_null(party_secret_make(bed.memory, &inviting.secret));
    assert_null(store_write(bed.store, bed.memory, invite_work, &inviting));
    struct invitation_row invitation;
    assert_null(member_invitation(bed.reader, bed.memory, inviting.secret, start, &invitation));
    assert_true(text_is(invitation.mail, "new@example.org") && invitation.role == MEMBER_BUYER);
    assert_ptr_equal(member_accept(bed.store, bed.memory, inviting.secret, ben,
                                   instant_add(start, INVITATION_LIFE), &joined),
                     &party_link_over);
    assert_null(member_accept(bed.store, bed.memory, inviting.secret, ben, start, &joined));
    assert_true(joined.value == firm.value);
    assert_ptr_equal(member_accept(bed.store, bed.memory, inviting.secret, anna, start, &joined),
                     &party_link_over);
    struct member_line_list members;
    assert_null(members_of(bed.reader, bed.memory, firm, (struct party_id){0}, &members));
    assert_int_equal(members.count, 2);
    assert_int_equal(members.items[1].role, MEMBER_BUYER);
    close_bed(&bed);
}

static const struct problem *say_work(struct database *db, struct memory *memory, void *context)
{
    const struct party_id *author = context;
    struct message_id id;
    const struct problem *problem =
        thread_say(db, memory, 42, *author, (struct party_id){0}, text_of("first"), start, &id);
    if (!problem)
        problem = thread_say(db, memory, 42, *author, (struct party_id){0}, text_of("second"),
                             start, &id);
    return problem;
}

static const struct problem *terms_work(struct database *db, struct memory *memory, void *context)
{
    static const struct text name = TEXT("trial");
    const struct party_id *party = context;
    struct instant later = instant_add(start, DAY);
    struct terms_row now;
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < 2; i++)
        problem = terms_keep(db, memory, name, text_of("1"), text_of("en"), text_of("One."), start);
    if (!problem)
        problem = terms_keep(db, memory, name, text_of("1"), text_of("fr"), text_of("Un."), start);
    if (!problem)
        problem = terms_keep(db, memory, name, text_of("2"), text_of("en"), text_of("Two."), later);
    if (!problem)
        problem = terms_now(db, memory, name, text_of("fr"), start, &now);
    for (int i = 0; !problem && i < 2; i++)
        problem = terms_accept(db, memory, *party, now.hash, 0, start);
    return problem;
}

static void keeps_threads_and_terms(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    assert_null(store_write(bed.store, bed.memory, say_work, &anna));
    struct thread_message_list said;
    assert_null(thread_list(bed.reader, bed.memory, 42, (struct message_id){0}, &said));
    assert_int_equal(said.count, 2);
    assert_true(text_is(said.items[0].body, "first") && text_is(said.items[1].body, "second"));
    assert_true(text_is(said.items[0].author_name, "Anna"));
    assert_null(thread_list(bed.reader, bed.memory, 42, said.items[1].id, &said));
    assert_int_equal(said.count, 1);
    assert_null(store_write(bed.store, bed.memory, terms_work, &anna));
    struct terms_row now;
    struct instant later = instant_add(start, DAY);
    struct text name = TEXT("trial");
    assert_null(terms_now(bed.reader, bed.memory, name, text_of("fr"), start, &now));
    assert_true(text_is(now.body, "Un.") && now.hash.size == 64);
    assert_null(terms_now(bed.reader, bed.memory, name, text_of("ru"), start, &now));
    assert_true(text_is(now.body, "One."));
    /* The French text is out of force: the reader gets what is, in English. */
    assert_null(terms_now(bed.reader, bed.memory, name, text_of("fr"), later, &now));
    assert_true(text_is(now.body, "Two."));
    assert_ptr_equal(
        terms_now(bed.reader, bed.memory, name, text_of("en"), instant_add(start, -1), &now),
        &not_found);
    close_bed(&bed);
}

/* ---- operators ---- */

static struct party_id begins_at_desk(struct bed *bed, const char *name, const char *mail,
                                      int64_t desk)
{
    struct party_id id = join(bed, name, mail);
    assert_null(team_set(bed->store, bed->memory, id, desk, (struct party_id){0}, start));
    return id;
}

static void somebody_stays_who_sees_to_everything(void **state)
{
    struct bed bed = open_bed(state);
    const int64_t admin = DESK_BIT(DESK_ADMIN);
    struct party_id anna = begins_at_desk(&bed, "Anna", "anna@example.org", admin);
    struct party_id ben = begins_at_desk(&bed, "Ben", "ben@example.org", DESK_BIT(DESK_FINANCE));
    bool second = false;
    assert_null(team_has_second(bed.reader, bed.memory, anna, &second));
    assert_true(second);
    assert_ptr_equal(team_set(bed.store, bed.memory, anna, DESK_BIT(DESK_SUPPORT), anna, start),
                     &team_last_admin);
    assert_ptr_equal(team_set(bed.store, bed.memory, anna, 0, anna, start), &team_last_admin);
    assert_null(team_set(bed.store, bed.memory, ben, admin + DESK_BIT(DESK_SUPPORT), anna, start));
    assert_null(team_set(bed.store, bed.memory, anna, 0, ben, start));
    assert_null(team_has_second(bed.reader, bed.memory, ben, &second));
    assert_false(second);
    assert_ptr_equal(team_set(bed.store, bed.memory, (struct party_id){12345}, admin, ben, start),
                     &not_found);
    struct operator_row_list team;
    assert_null(team_list(bed.reader, bed.memory, &team));
    assert_int_equal(team.count, 1);
    assert_int_equal(team.items[0].person.value, ben.value);
    close_bed(&bed);
}

static void what_operators_do_is_noted(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = begins_at_desk(&bed, "Anna", "anna@example.org", DESK_BIT(DESK_ADMIN));
    struct party_id ben = begins_at_desk(&bed, "Ben", "ben@example.org", DESK_BIT(DESK_FINANCE));
    struct act_row_list acts;
    assert_null(team_set(bed.store, bed.memory, ben,
                         DESK_BIT(DESK_FINANCE) + DESK_BIT(DESK_MODERATION), anna, start));
    /* What changes nothing is no act. */
    assert_null(team_set(bed.store, bed.memory, ben,
                         DESK_BIT(DESK_FINANCE) + DESK_BIT(DESK_MODERATION), anna, start));
    assert_null(login_suspend(bed.store, bed.memory, ben, true, anna, start));
    assert_null(acts_before(bed.reader, bed.memory, (struct act_id){INT64_MAX}, &acts));
    assert_int_equal(acts.count, 4);
    assert_true(text_is(acts.items[0].name, "core.party.suspend"));
    assert_true(text_is(acts.items[0].was, "active") && text_is(acts.items[0].became, "suspended"));
    assert_true(text_is(acts.items[1].name, "core.team.set"));
    assert_true(text_is(acts.items[1].was, "finance"));
    assert_true(text_is(acts.items[1].became, "moderation, finance"));
    assert_int_equal(acts.items[1].subject, ben.value);
    assert_true(text_is(acts.items[1].actor_name, "Anna"));
    assert_true(text_is(acts.items[2].was, "") && acts.items[2].actor.value == 0);
    assert_null(acts_of(bed.reader, bed.memory, anna, (struct act_id){INT64_MAX}, &acts));
    assert_int_equal(acts.count, 2);
    close_bed(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(keeps_the_last_owner),       ON_BOTH(invites_once),
        ON_BOTH(keeps_threads_and_terms),    ON_BOTH(somebody_stays_who_sees_to_everything),
        ON_BOTH(what_operators_do_is_noted),
    };
    return run_on_engines(tests);
}
