/*
 * Paths of the pages with which people come in, and what else core declares about signing in.
 *
 * Read next: core/login/pages.c, core/login/security_pages.c, core/login/factor_pages.c,
 * core/login/passkey_pages.c, core/login/address_pages.c.
 */
#include "base/settings.h"
#include "core/login/address.h"
#include "core/login/address_pages.shapes.h"
#include "core/login/factor.h"
#include "core/login/factor_pages.shapes.h"
#include "core/login/identity.h"
#include "core/login/identity_pages.shapes.h"
#include "core/login/pages.shapes.h"
#include "core/login/parts.h"
#include "core/login/passkey_pages.shapes.h"
#include "core/login/password.h"
#include "core/login/security_pages.shapes.h"

#define PAGE(name) "core/login/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/sign-in", &core_sign_in_page_handler, ANYONE, .page = PAGE("sign-in"),
     .summary = "The form to sign in"},
    {POST, "/sign-in", &core_sign_in_handler, ANYONE, .again = "/sign-in",
     .api = "/api/v1/sessions", .repeat = REPEAT_ANEW, .scope = NO_KEY, .rate = RATE_SECRET,
     .open = true, .summary = "Signs in"},
    {GET, "/sign-in/code", &core_sign_in_code_page_handler, ANYONE, .page = PAGE("code"),
     .summary = "The form for the code after the password"},
    {POST, "/sign-in/code", &core_sign_in_code_handler, ANYONE, .again = "/sign-in/code",
     .api = "/api/v1/sessions/code", .repeat = REPEAT_REFUSED, .scope = NO_KEY, .rate = RATE_SECRET,
     .open = true, .summary = "Makes half a session a whole one by a code"},
    {POST, "/sign-in/passkey/ask", &core_passkey_sign_in_ask_handler, ANYONE,
     .api = "/api/v1/sessions/passkey/ask", .repeat = REPEAT_ANEW, .scope = NO_KEY, .open = true,
     .summary = "What a passkey is to sign, to sign in with it"},
    {POST, "/sign-in/passkey", &core_passkey_sign_in_handler, ANYONE, .again = "/sign-in",
     .api = "/api/v1/sessions/passkey", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .rate = RATE_SECRET, .open = true, .summary = "Signs in with a passkey"},
    {POST, "/sign-in/with/{provider}", &core_provider_sign_in_handler, ANYONE,
     .page = PAGE("leave"), .again = "/sign-in", .rate = RATE_SLOW, .open = true,
     .summary = "Leads on to a provider, to sign in or up with an account there"},
    {GET, "/sign-in/with/{provider}/back", &core_provider_back_handler, ANYONE, .rate = RATE_SLOW,
     .summary = "Where a browser comes back from a provider"},
    {GET, "/sign-up/with/{secret}", &core_offer_page_handler, ANYONE, .page = PAGE("sign-up-with"),
     .rate = RATE_SLOW, .summary = "The form to sign up with an account elsewhere"},
    {POST, "/sign-up/with/{secret}", &core_offer_sign_up_handler, ANYONE,
     .again = "/sign-up/with/{secret}", .rate = RATE_SECRET, .open = true,
     .summary = "Signs up with an account elsewhere"},
    {GET, "/sign-up", &core_sign_up_page_handler, ANYONE, .page = PAGE("sign-up"),
     .summary = "The form to sign up"},
    {POST, "/sign-up", &core_sign_up_handler, ANYONE, .again = "/sign-up", .api = "/api/v1/people",
     .repeat = REPEAT_REFUSED, .scope = NO_KEY, .rate = RATE_SECRET, .open = true,
     .summary = "Signs up, with a business of one's own if wanted"},
    {POST, "/sign-up/passkey/ask", &core_passkey_sign_up_ask_handler, ANYONE,
     .api = "/api/v1/people/passkey/ask", .repeat = REPEAT_ANEW, .scope = NO_KEY,
     .rate = RATE_SECRET, .open = true,
     .summary = "What a new passkey is to sign, to sign up with it"},
    {POST, "/sign-up/passkey", &core_passkey_sign_up_handler, ANYONE, .again = "/sign-up",
     .api = "/api/v1/people/passkey", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .rate = RATE_SECRET, .open = true,
     .summary = "Signs up with a passkey in place of a password"},
    {POST, "/sign-out", &core_sign_out_handler, SIGNED_IN, .api = "/api/v1/sessions/end",
     .repeat = REPEAT_REFUSED, .scope = NO_KEY, .summary = "Signs out here"},

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
     .api = "/api/v1/me/mail", .repeat = REPEAT_ANEW, .rate = RATE_SLOW, .proof = true,
     .summary = "Mails a link to a new address, which is one's own once it was followed"},
    {POST, "/me/mail/again", &core_mail_again_handler, SIGNED_IN, .again = "/me/security",
     .api = "/api/v1/me/mail/again", .repeat = REPEAT_ANEW, .scope = NO_KEY, .rate = RATE_SLOW,
     .summary = "Mails the link to confirm one's address again"},

    {GET, "/me/password", &core_change_page_handler, SIGNED_IN, .page = PAGE("change"),
     .summary = "The form to change one's password"},
    {POST, "/me/password", &core_change_handler, SIGNED_IN, .again = "/me/password",
     .api = "/api/v1/me/password", .repeat = REPEAT_REFUSED, .scope = NO_KEY, .rate = RATE_SECRET,
     .summary = "Changes one's password and ends all other sessions"},
    {GET, "/me/security", &core_security_page_handler, SIGNED_IN, .page = PAGE("security"),
     .api = "/api/v1/me/security", .scope = NO_KEY, .summary = "Where one is signed in"},
    {POST, "/me/security/sessions/{session}/end", &core_session_end_handler, SIGNED_IN,
     .api = "/api/v1/me/sessions/{session}/end", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .summary = "Signs out one browser or program"},
    {POST, "/me/security/others/end", &core_sessions_end_others_handler, SIGNED_IN,
     .api = "/api/v1/me/sessions/end-others", .repeat = REPEAT_SAME, .scope = NO_KEY,
     .summary = "Signs out everywhere but here"},
    {POST, "/me/security/code/begin", &core_factor_begin_handler, SIGNED_IN,
     .again = "/me/security", .api = "/api/v1/me/code/begin", .repeat = REPEAT_ANEW,
     .rate = RATE_SLOW, .proof = true, .summary = "Makes a secret for an authenticator app"},
    {GET, "/me/security/code", &core_factor_page_handler, SIGNED_IN, .page = PAGE("factor"),
     .api = "/api/v1/me/code", .proof = true,
     .summary = "The secret for the app, until it is confirmed"},
    {POST, "/me/security/code", &core_factor_confirm_handler, SIGNED_IN, .page = PAGE("recovery"),
     .again = "/me/security/code", .api = "/api/v1/me/code", .repeat = REPEAT_REFUSED,
     .rate = RATE_SECRET, .proof = true,
     .summary = "Confirms the app by its first code, and gives recovery codes"},
    {POST, "/me/security/recovery", &core_factor_renew_handler, SIGNED_IN, .page = PAGE("recovery"),
     .again = "/me/security", .api = "/api/v1/me/code/recovery", .repeat = REPEAT_ANEW,
     .rate = RATE_SLOW, .proof = true, .summary = "Gives other recovery codes"},
    {POST, "/me/security/code/off", &core_factor_end_handler, SIGNED_IN, .again = "/me/security",
     .api = "/api/v1/me/code/off", .repeat = REPEAT_REFUSED, .rate = RATE_SECRET, .proof = true,
     .summary = "Asks for no code any more; takes password and code"},
    {GET, "/me/security/passkeys/new", &core_passkey_page_handler, SIGNED_IN,
     .page = PAGE("passkey"), .proof = true, .summary = "The form for a new passkey"},
    {POST, "/me/security/passkeys/ask", &core_passkey_add_ask_handler, SIGNED_IN,
     .api = "/api/v1/me/passkeys/ask", .repeat = REPEAT_ANEW, .proof = true,
     .summary = "What a new passkey is to sign"},
    {POST, "/me/security/passkeys", &core_passkey_add_handler, SIGNED_IN,
     .again = "/me/security/passkeys/new", .api = "/api/v1/me/passkeys", .repeat = REPEAT_REFUSED,
     .rate = RATE_SECRET, .proof = true, .summary = "Keeps a new passkey"},
    {POST, "/me/security/passkeys/{passkey}/name", &core_passkey_name_handler, SIGNED_IN,
     .again = "/me/security", .api = "/api/v1/me/passkeys/{passkey}/name", .repeat = REPEAT_SAME,
     .scope = NO_KEY, .summary = "Gives a passkey another name"},
    {POST, "/me/security/passkeys/{passkey}/remove", &core_passkey_remove_handler, SIGNED_IN,
     .again = "/me/security", .api = "/api/v1/me/passkeys/{passkey}/remove",
     .repeat = REPEAT_REFUSED, .proof = true, .summary = "Removes a passkey"},
    {POST, "/me/security/providers", &core_provider_connect_handler, SIGNED_IN,
     .page = PAGE("leave"), .again = "/me/security", .rate = RATE_SLOW, .proof = true,
     .summary = "Leads on to a provider, to sign in with an account there from then on"},
    {GET, "/me/security/connect/{secret}", &core_offer_connect_page_handler, SIGNED_IN,
     .page = PAGE("connect"), .rate = RATE_SLOW, .proof = true,
     .summary = "An account elsewhere, to be connected"},
    {POST, "/me/security/connect/{secret}", &core_offer_connect_handler, SIGNED_IN,
     .again = "/me/security/connect/{secret}", .rate = RATE_SECRET, .proof = true,
     .summary = "Connects an account elsewhere"},
    {POST, "/me/security/identities/{identity}/remove", &core_identity_remove_handler, SIGNED_IN,
     .again = "/me/security", .api = "/api/v1/me/identities/{identity}/remove",
     .repeat = REPEAT_REFUSED, .proof = true, .summary = "Disconnects an account elsewhere"},
    {POST, "/me/prove/with", &core_provider_prove_handler, SIGNED_IN, .page = PAGE("leave"),
     .again = "/me/prove", .rate = RATE_SLOW,
     .summary = "Leads on to a provider, to prove again by an account there who one is"},
    {POST, "/me/prove/passkey/ask", &core_passkey_prove_ask_handler, SIGNED_IN,
     .api = "/api/v1/me/proof/passkey/ask", .repeat = REPEAT_ANEW, .scope = NO_KEY,
     .summary = "What a passkey is to sign, to prove again who one is"},
    {POST, "/me/prove/passkey", &core_passkey_prove_handler, SIGNED_IN, .again = "/me/prove",
     .api = "/api/v1/me/proof/passkey", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .rate = RATE_SECRET, .summary = "Proves again by a passkey who one is"},
    {GET, "/me/prove", &core_prove_page_handler, SIGNED_IN, .page = PAGE("prove"),
     .summary = "The form to prove again who one is"},
    {POST, "/me/prove", &core_prove_handler, SIGNED_IN, .again = "/me/prove",
     .api = "/api/v1/me/proof", .repeat = REPEAT_SAME, .scope = NO_KEY, .rate = RATE_SECRET,
     .summary = "Proves again who one is, for what is asked within 15 minutes"},
};

static const struct route_table table = {"people", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct problem *const problems[] = {
    &party_mail_taken,         &party_wrong_password,  &party_wait,
    &party_suspended,          &party_link_over,       &party_weak_password,
    &password_lane_full,       &party_no_password,     &party_wrong_code,
    &party_code_wait,          &party_half_over,       &party_factor_on,
    &party_factor_off,         &party_passkey_wrong,   &party_passkey_origin,
    &party_passkey_over,       &party_passkey_unknown, &party_passkey_copied,
    &party_passkey_unverified, &party_passkey_known,   &party_passkey_many,
    &party_passkey_last,       &party_passkey_nowhere, &party_unconfirmed,
    &party_confirmed,          &party_mail_often,      &party_mail_same,
    &party_identity_over,      &party_identity_known,  &party_identity_many,
    &party_identity_last,      &party_identity_other,
};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)store;
    return factor_start(process, setting_text("data"));
}

const struct module login_part = {
    .name = "login",
    .routes = ALL(tables),
    .problems = ALL(problems),
    .start = start,
    .waits = core_mail_waits,
};
