/*
 * Paths of people's pages, and what else core declares about people and mail.
 *
 * Read next: core/people/pages.c, core/people/member_pages.c, core/people/data_pages.c, core/people/desk_pages.c.
 */
#include "core/people/address.h"
#include "core/people/address_pages.shapes.h"
#include "core/people/data_pages.shapes.h"
#include "core/people/desk_pages.h"
#include "core/people/desk_pages.shapes.h"
#include "core/people/member_pages.shapes.h"
#include "core/people/pages.shapes.h"
#include "core/people/password.h"
#include "core/people/factor.h"
#include "core/people/factor_pages.shapes.h"
#include "core/people/passkey_pages.shapes.h"
#include "core/people/people.h"
#include "core/people/security_pages.shapes.h"
#include "core/people/team.h"
#include "core/people/team_pages.shapes.h"

#define PAGE(name) "core/people/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/sign-in", &core_sign_in_page_handler, ANYONE, .page = PAGE("sign-in"),
     .summary = "The form to sign in"},
    {POST, "/sign-in", &core_sign_in_handler, ANYONE, .again = "/sign-in",
     .api = "/api/v1/sessions", .rate = RATE_SECRET, .open = true, .summary = "Signs in"},
    {GET, "/sign-in/code", &core_sign_in_code_page_handler, ANYONE, .page = PAGE("code"),
     .summary = "The form for the code after the password"},
    {POST, "/sign-in/code", &core_sign_in_code_handler, ANYONE, .again = "/sign-in/code",
     .api = "/api/v1/sessions/code", .rate = RATE_SECRET, .open = true,
     .summary = "Makes half a session a whole one by a code"},
    {POST, "/sign-in/passkey/ask", &core_passkey_sign_in_ask_handler, ANYONE,
     .api = "/api/v1/sessions/passkey/ask", .open = true,
     .summary = "What a passkey is to sign, to sign in with it"},
    {POST, "/sign-in/passkey", &core_passkey_sign_in_handler, ANYONE, .again = "/sign-in",
     .api = "/api/v1/sessions/passkey", .rate = RATE_SECRET, .open = true,
     .summary = "Signs in with a passkey"},
    {GET, "/sign-up", &core_sign_up_page_handler, ANYONE, .page = PAGE("sign-up"),
     .summary = "The form to sign up"},
    {POST, "/sign-up", &core_sign_up_handler, ANYONE, .again = "/sign-up", .api = "/api/v1/people",
     .rate = RATE_SECRET, .open = true,
     .summary = "Signs up, with a business of one's own if wanted"},
    {POST, "/sign-up/passkey/ask", &core_passkey_sign_up_ask_handler, ANYONE,
     .api = "/api/v1/people/passkey/ask", .rate = RATE_SECRET, .open = true,
     .summary = "What a new passkey is to sign, to sign up with it"},
    {POST, "/sign-up/passkey", &core_passkey_sign_up_handler, ANYONE, .again = "/sign-up",
     .api = "/api/v1/people/passkey", .rate = RATE_SECRET, .open = true,
     .summary = "Signs up with a passkey in place of a password"},
    {POST, "/sign-out", &core_sign_out_handler, SIGNED_IN, .api = "/api/v1/sessions/end",
     .summary = "Signs out here"},

    {GET, "/password", &core_forgotten_page_handler, ANYONE, .page = PAGE("forgotten"),
     .summary = "The form to ask for a link to set a password"},
    {POST, "/password", &core_forgotten_handler, ANYONE, .again = "/password", .rate = RATE_SECRET,
     .open = true, .summary = "Mails a link to set a password"},
    {GET, "/password/{secret}", &core_anew_page_handler, ANYONE, .page = PAGE("anew"),
     .rate = RATE_SECRET, .summary = "The form to set a password by a link"},
    {POST, "/password/{secret}", &core_anew_handler, ANYONE, .again = "/password/{secret}",
     .rate = RATE_SECRET, .open = true, .summary = "Sets a password by a link"},

    {GET, "/mail/{secret}", &core_mail_asked_page_handler, ANYONE, .page = PAGE("mail-asked"),
     .rate = RATE_SECRET, .summary = "What a link to confirm a mail address does"},
    {POST, "/mail/{secret}", &core_mail_asked_handler, ANYONE, .again = "/mail/{secret}",
     .rate = RATE_SECRET, .open = true, .summary = "Confirms a mail address by a link"},
    {GET, "/mail/undo/{secret}", &core_mail_undo_page_handler, ANYONE, .page = PAGE("mail-undo"),
     .rate = RATE_SECRET, .summary = "What a link to undo a change of mail address does"},
    {POST, "/mail/undo/{secret}", &core_mail_undo_handler, ANYONE, .again = "/mail/undo/{secret}",
     .rate = RATE_SECRET, .open = true, .summary = "Gives the mail address of before back"},
    {GET, "/me/mail", &core_mail_page_handler, SIGNED_IN, .page = PAGE("mail"), .proof = true,
     .summary = "The form to change one's mail address"},
    {POST, "/me/mail", &core_mail_change_handler, SIGNED_IN, .again = "/me/mail",
     .api = "/api/v1/me/mail", .rate = RATE_SLOW, .proof = true,
     .summary = "Mails a link to a new address, which is one's own once it was followed"},
    {POST, "/me/mail/again", &core_mail_again_handler, SIGNED_IN, .again = "/me/security",
     .api = "/api/v1/me/mail/again", .rate = RATE_SLOW,
     .summary = "Mails the link to confirm one's address again"},

    {GET, "/me/profile", &core_profile_page_handler, SIGNED_IN, .page = PAGE("profile"),
     .api = "/api/v1/me", .summary = "One's own profile"},
    {POST, "/me/profile", &core_profile_handler, SIGNED_IN, .again = "/me/profile",
     .api = "/api/v1/me", .summary = "Changes one's profile"},
    {GET, "/me/password", &core_change_page_handler, SIGNED_IN, .page = PAGE("change"),
     .summary = "The form to change one's password"},
    {POST, "/me/password", &core_change_handler, SIGNED_IN, .again = "/me/password",
     .api = "/api/v1/me/password", .rate = RATE_SECRET,
     .summary = "Changes one's password and ends all other sessions"},
    {GET, "/me/security", &core_security_page_handler, SIGNED_IN, .page = PAGE("security"),
     .api = "/api/v1/me/security", .summary = "Where one is signed in"},
    {POST, "/me/security/sessions/{session}/end", &core_session_end_handler, SIGNED_IN,
     .api = "/api/v1/me/sessions/{session}/end", .summary = "Signs out one browser or program"},
    {POST, "/me/security/others/end", &core_sessions_end_others_handler, SIGNED_IN,
     .api = "/api/v1/me/sessions/end-others", .summary = "Signs out everywhere but here"},
    {POST, "/me/security/code/begin", &core_factor_begin_handler, SIGNED_IN,
     .again = "/me/security", .api = "/api/v1/me/code/begin", .rate = RATE_SLOW, .proof = true,
     .summary = "Makes a secret for an authenticator app"},
    {GET, "/me/security/code", &core_factor_page_handler, SIGNED_IN, .page = PAGE("factor"),
     .api = "/api/v1/me/code", .proof = true,
     .summary = "The secret for the app, until it is confirmed"},
    {POST, "/me/security/code", &core_factor_confirm_handler, SIGNED_IN, .page = PAGE("recovery"),
     .again = "/me/security/code", .api = "/api/v1/me/code", .rate = RATE_SECRET, .proof = true,
     .summary = "Confirms the app by its first code, and gives recovery codes"},
    {POST, "/me/security/recovery", &core_factor_renew_handler, SIGNED_IN, .page = PAGE("recovery"),
     .again = "/me/security", .api = "/api/v1/me/code/recovery", .rate = RATE_SLOW, .proof = true,
     .summary = "Gives other recovery codes"},
    {POST, "/me/security/code/off", &core_factor_end_handler, SIGNED_IN, .again = "/me/security",
     .api = "/api/v1/me/code/off", .rate = RATE_SECRET, .proof = true,
     .summary = "Asks for no code any more; takes password and code"},
    {GET, "/me/security/passkeys/new", &core_passkey_page_handler, SIGNED_IN,
     .page = PAGE("passkey"), .proof = true, .summary = "The form for a new passkey"},
    {POST, "/me/security/passkeys/ask", &core_passkey_add_ask_handler, SIGNED_IN,
     .api = "/api/v1/me/passkeys/ask", .proof = true, .summary = "What a new passkey is to sign"},
    {POST, "/me/security/passkeys", &core_passkey_add_handler, SIGNED_IN,
     .again = "/me/security/passkeys/new", .api = "/api/v1/me/passkeys", .rate = RATE_SECRET,
     .proof = true, .summary = "Keeps a new passkey"},
    {POST, "/me/security/passkeys/{passkey}/remove", &core_passkey_remove_handler, SIGNED_IN,
     .again = "/me/security", .api = "/api/v1/me/passkeys/{passkey}/remove", .proof = true,
     .summary = "Removes a passkey"},
    {POST, "/me/prove/passkey/ask", &core_passkey_prove_ask_handler, SIGNED_IN,
     .api = "/api/v1/me/proof/passkey/ask",
     .summary = "What a passkey is to sign, to prove again who one is"},
    {POST, "/me/prove/passkey", &core_passkey_prove_handler, SIGNED_IN, .again = "/me/prove",
     .api = "/api/v1/me/proof/passkey", .rate = RATE_SECRET,
     .summary = "Proves again by a passkey who one is"},
    {GET, "/me/prove", &core_prove_page_handler, SIGNED_IN, .page = PAGE("prove"),
     .summary = "The form to prove again who one is"},
    {POST, "/me/prove", &core_prove_handler, SIGNED_IN, .again = "/me/prove",
     .api = "/api/v1/me/proof", .rate = RATE_SECRET,
     .summary = "Proves again who one is, for what is asked within 15 minutes"},
    {GET, "/me/data", &core_data_page_handler, SIGNED_IN, .api = "/api/v1/me/data",
     .rate = RATE_SLOW, .summary = "Everything kept about oneself"},

    {GET, "/biz/found", &core_found_page_handler, SIGNED_IN, .page = PAGE("found"),
     .api = "/api/v1/me/businesses", .summary = "The businesses one works for"},
    {POST, "/biz/found", &core_found_handler, SIGNED_IN, .again = "/biz/found",
     .api = "/api/v1/me/businesses", .rate = RATE_SLOW, .summary = "Founds a business"},
    {POST, "/switch", &core_switch_handler, SIGNED_IN, .api = "/api/v1/me/switch",
     .summary = "Acts for another of one's businesses from now on"},
    {GET, "/biz/members", &core_members_page_handler, OWNER, .page = PAGE("members"),
     .api = "/api/v1/members", .summary = "Who works for the business"},
    {POST, "/biz/members", &core_invite_handler, OWNER, .again = "/biz/members",
     .api = "/api/v1/members", .rate = RATE_SLOW, .summary = "Invites somebody by mail"},
    {POST, "/biz/members/{person}/role", &core_role_handler, OWNER,
     .api = "/api/v1/members/{person}/role", .summary = "Gives a member another role"},
    {POST, "/biz/members/{person}/remove", &core_remove_handler, OWNER,
     .api = "/api/v1/members/{person}/remove", .summary = "Ends a membership"},
    {GET, "/invited/{secret}", &core_invited_page_handler, ANYONE, .page = PAGE("invited"),
     .rate = RATE_SECRET, .summary = "An invitation into a business"},
    {POST, "/invited/{secret}", &core_invited_handler, SIGNED_IN, .again = "/invited/{secret}",
     .rate = RATE_SECRET, .summary = "Takes an invitation"},

    {GET, "/desk/people", &core_desk_people_handler, SUPPORT, .page = PAGE("desk-people"),
     .api = "/api/v1/desk/people", .summary = "People and businesses, newest first"},
    {POST, "/desk/people/{party}/suspend", &core_desk_suspend_handler, SUPPORT,
     .api = "/api/v1/desk/people/{party}/suspend", .summary = "Shuts somebody out"},
    {POST, "/desk/people/{party}/restore", &core_desk_restore_handler, SUPPORT,
     .api = "/api/v1/desk/people/{party}/restore", .summary = "Lets somebody in again"},
    {GET, "/desk/people/{party}/factors", &core_desk_factors_page_handler, SUPPORT,
     .page = PAGE("desk-factors"), .api = "/api/v1/desk/people/{party}/factors",
     .summary = "Whether somebody has a code and passkeys"},
    {POST, "/desk/people/{party}/factors", &core_desk_factors_handler, SUPPORT,
     .again = "/desk/people/{party}/factors", .api = "/api/v1/desk/people/{party}/factors",
     .proof = true, .summary = "Takes somebody's code and passkeys off, with a reason"},
    {GET, "/desk/team", &core_team_page_handler, ADMIN, .page = PAGE("desk-team"),
     .api = "/api/v1/desk/team", .summary = "Who the operators are and what each sees to"},
    {POST, "/desk/team", &core_team_add_handler, ADMIN, .again = "/desk/team",
     .api = "/api/v1/desk/team", .rate = RATE_SLOW, .proof = true,
     .summary = "Makes somebody an operator"},
    {POST, "/desk/team/{person}", &core_team_set_handler, ADMIN,
     .api = "/api/v1/desk/team/{person}", .proof = true,
     .summary = "Says what an operator sees to; nothing ends their work at the desk"},
    {GET, "/desk/acts", &core_acts_page_handler, ADMIN, .page = PAGE("desk-acts"),
     .api = "/api/v1/desk/acts", .summary = "What operators did, newest first"},
    {GET, "/desk/mail", &core_desk_mails_handler, SUPPORT, .page = PAGE("desk-mails"),
     .api = "/api/v1/desk/mail", .summary = "Mails, newest first"},
    {GET, "/desk/mail/{mail}", &core_desk_mail_handler, SUPPORT, .page = PAGE("desk-mail"),
     .api = "/api/v1/desk/mail/{mail}", .summary = "One mail"},
    {GET, "/desk/jobs", &core_desk_jobs_handler, SUPPORT, .page = PAGE("desk-jobs"),
     .api = "/api/v1/desk/jobs", .summary = "Work that failed and events that were set aside"},
    {POST, "/desk/jobs/{job}/again", &core_desk_job_again_handler, SUPPORT,
     .api = "/api/v1/desk/jobs/{job}/again", .summary = "Tries a failed job again"},
    {POST, "/desk/events/{event}/again", &core_desk_event_again_handler, SUPPORT,
     .api = "/api/v1/desk/events/{event}/again", .summary = "Takes up an event again"},
};

static const struct route_table table = {"core", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct nav_entry nav[] = {
    {PORTAL_ME, "core.nav.businesses", "/biz/found", "briefcase", 800, .count = NULL},
    {PORTAL_BIZ, "core.nav.members", "/biz/members", "users", 800, .count = NULL},
    {PORTAL_DESK, "core.nav.people", "/desk/people", "users", 800, .who = SUPPORT},
    {PORTAL_DESK, "core.nav.team", "/desk/team", "users-plus", 805, .who = ADMIN},
    {PORTAL_DESK, "core.nav.acts", "/desk/acts", "history", 806, .who = ADMIN},
    {PORTAL_DESK, "core.nav.mail", "/desk/mail", "mail", 810, .who = SUPPORT},
    {PORTAL_DESK, "core.nav.jobs", "/desk/jobs", "tools", 820, .count = core_desk_failed,
     .who = SUPPORT},
};

static const struct job_kind *const jobs[] = {&mail_job};
static const struct problem *const problems[] = {
    &party_mail_taken,     &party_wrong_password,
    &party_wait,           &party_suspended,
    &party_link_over,      &party_last_owner,
    &party_weak_password,  &password_lane_full,
    &mail_unsent,          &mail_refused,
    &party_no_password,    &party_wrong_code,
    &party_code_wait,      &party_half_over,
    &party_factor_on,      &party_factor_off,
    &party_passkey_wrong,  &party_passkey_origin,
    &party_passkey_over,   &party_passkey_unknown,
    &party_passkey_copied, &party_passkey_unverified,
    &party_passkey_known,  &party_passkey_many,
    &party_passkey_last,   &party_passkey_nowhere,
    &party_unconfirmed,    &party_confirmed,
    &party_mail_often,     &party_mail_same,
    &team_last_admin,
};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)store;
    const struct problem *problem = factor_start(process, setting_text("data"));
    return problem ? problem : mail_start(process, setting_text("data"));
}

const struct module people_part = {
    .name = "people",
    .routes = ALL(tables),
    .nav = ALL(nav),
    .jobs = ALL(jobs),
    .settings = mail_settings,
    .setting_count = MAIL_SETTINGS,
    .problems = ALL(problems),
    .start = start,
    .waits = core_mail_waits,
};
