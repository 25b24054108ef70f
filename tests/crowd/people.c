/*
 * People and machines as a server sees them. Domains are under .example, network numbers in the private
 * range 64512 to 65534 and scrambled: neither says more than the lists that crowd.h offers.
 *
 * Read next: tests/crowd/journey.c.
 */
#include "people.h"

#include <stdio.h>
#include <string.h>

#define COUNT(list) ((int64_t)(sizeof(list) / sizeof(list)[0]))

enum { NETWORKS = 12 /* of each kind */, LISTED_HOSTING = 9, LISTED_RELAYS = 8, LISTED_FIRM = 7 };

static const char *const given[] = {
    "Anna",  "Ben",     "Carla",  "David", "Elena", "Felix",  "Greta",  "Hugo",  "Ines",   "Jan",
    "Klara", "Leo",     "Marie",  "Nils",  "Olga",  "Paul",   "Rosa",   "Simon", "Tara",   "Umar",
    "Vera",  "Wei",     "Xenia",  "Yusuf", "Zoe",   "Amir",   "Bianca", "Chloe", "Dmitri", "Esther",
    "Farid", "Giulia",  "Hannah", "Igor",  "Julia", "Kenji",  "Lucas",  "Mei",   "Nadia",  "Oscar",
    "Priya", "Quentin", "Ravi",   "Sofia", "Tomas", "Ursula", "Victor", "Wanda", "Yara",   "Zlatan",
};
static const char *const begins[] = {"Bern", "Cast", "Dorn",  "Ek",   "Fried", "Gold",
                                     "Hart", "Iv",   "Jans",  "Kov",  "Lind",  "Mor",
                                     "Nov",  "Ols",  "Petr",  "Ross", "Sand",  "Tak",
                                     "Ul",   "Vog",  "Weiss", "Yam",  "Zell",  "Ander"};
static const char *const ends[] = {"er",  "elli", "mann", "sen", "ov",   "ak", "strom", "ini",
                                   "eau", "ley",  "ada",  "ez",  "sson", "ic", "berg",  "ton"};
static const char *const free_mail[] = {"freemail.example", "webpost.example", "inbox.example",
                                        "letters.example",  "mailbox.example", "post.example"};
static const char *const disposable[] = {"tenminutes.example", "throwaway.example",
                                         "burner.example",     "spamless.example",
                                         "gone.example",       "newburner.example"};
static const char *const aliases[] = {"alias.example", "relay.example"};
static const char *const countries[] = {"DE", "FR", "GB", "US", "NL", "ES", "PL", "TW"};

bool crowd_is_data_centre(uint32_t network)
{
    for (int64_t kind = NETWORK_FIRM; kind < NETWORK_KINDS; kind++)
        for (int64_t i = 0; i < NETWORKS; i++) {
            bool listed = kind == NETWORK_HOSTING ? i < LISTED_HOSTING
                          : kind == NETWORK_RELAY ? i < LISTED_RELAYS
                                                  : kind == NETWORK_FIRM && i == LISTED_FIRM;
            if (listed && network == 64512 + (kind * 100 + i) * 367 % 1009)
                return true;
        }
    return false;
}

bool crowd_is_disposable(const char *domain)
{
    for (int64_t i = 0; i < COUNT(disposable) - 1; i++) /* the newest is not known yet */
        if (strcmp(domain, disposable[i]) == 0)
            return true;
    return false;
}

bool crowd_is_free_mail(const char *domain)
{
    for (int64_t i = 0; i < COUNT(free_mail); i++)
        if (strcmp(domain, free_mail[i]) == 0)
            return true;
    for (int64_t i = 0; i < COUNT(aliases); i++)
        if (strcmp(domain, aliases[i]) == 0)
            return true;
    return false;
}

const char *person_surname(const char *name)
{
    const char *blank = strrchr(name, ' ');
    return blank ? blank + 1 : name;
}

static void write_mail(struct crowd_identity *who, struct dice *dice, const char *domain)
{
    char local[48], first = (char)(who->name[0] | 0x20);
    (void)snprintf(local, sizeof local, "%.40s", person_surname(who->name));
    local[0] = (char)(local[0] | 0x20);
    int number = (int)dice_between(dice, 1, 9999);
    switch (dice_below(dice, 3)) {
    case 0:
        (void)snprintf(who->mail, sizeof who->mail, "%c.%s%d@%s", first, local, number, domain);
        break;
    case 1:
        (void)snprintf(who->mail, sizeof who->mail, "%s%d@%s", local, number, domain);
        break;
    default:
        (void)snprintf(who->mail, sizeof who->mail, "%s.%c%d@%s", local, first, number, domain);
    }
}

/* Honest people too: some have alias addresses, a few a disposable one. */
void person_names(struct person *person, struct dice *dice, const char *surname)
{
    char domain[48];
    int64_t sort = dice_below(dice, 1000);
    const char *first = given[dice_below(dice, COUNT(given))];
    char last[64];
    const char *begin = begins[dice_below(dice, COUNT(begins))];
    (void)snprintf(last, sizeof last, "%s%s", begin, ends[dice_below(dice, COUNT(ends))]);
    if (surname) /* which may stand in the name that is written now */
        (void)snprintf(last, sizeof last, "%s", surname);
    (void)snprintf(person->who.name, sizeof person->who.name, "%s %.40s", first, last);
    if (sort < 740)
        (void)snprintf(domain, sizeof domain, "%s", free_mail[dice_below(dice, COUNT(free_mail))]);
    else if (sort < 950)
        (void)snprintf(domain, sizeof domain, "firm-%d.example", (int)dice_below(dice, 4000));
    else if (sort < 988)
        (void)snprintf(domain, sizeof domain, "%s", aliases[dice_below(dice, COUNT(aliases))]);
    else
        (void)snprintf(domain, sizeof domain, "%s",
                       disposable[dice_below(dice, COUNT(disposable))]);
    write_mail(&person->who, dice, domain);
}

void person_mails(struct person *person, struct dice *dice, bool throwaway)
{
    write_mail(&person->who, dice,
               throwaway ? disposable[dice_below(dice, COUNT(disposable))]
                         : free_mail[dice_below(dice, COUNT(free_mail))]);
}

/* A home has its own address; behind the others many share a pool of them. */
void person_moves(struct person *person, struct dice *dice, enum network_kind where, int64_t pool)
{
    static const int64_t share[NETWORK_KINDS] = {0, 100, 0, 10, 0, 15}; /* percent of the pool */
    int64_t which = dice_below(dice, NETWORKS);
    person->where = where;
    person->network = (uint32_t)(64512 + ((int64_t)where * 100 + which) * 367 % 1009);
    int64_t count = pool * share[where] / 100 / NETWORKS;
    person->ip = count > 0 ? dice_mix(person->network, (uint64_t)dice_below(dice, count) + 1)
                           : dice_next(dice);
}

static void write_browser(char *out, size_t size, struct dice *dice, bool phone)
{
    int chrome = 142 + (int)dice_below(dice, 3), sort = (int)dice_below(dice, 10);
    static const char *const phones[] = {"10; K", "14; SM-A546B", "13; SM-G991B", "15; Pixel 8"};
    static const char *const systems[] = {"Windows NT 10.0; Win64; x64",
                                          "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64"};
    if (phone && sort < 5)
        (void)snprintf(
            out, size,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_%d like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.%d Mobile/15E148 Safari/604.1",
            sort, sort);
    else if (phone)
        (void)snprintf(out, size,
                       "Mozilla/5.0 (Linux; Android %s) AppleWebKit/537.36 (KHTML, like Gecko) "
                       "Chrome/%d.0.0.0 Mobile Safari/537.36",
                       phones[dice_below(dice, COUNT(phones))], chrome);
    else if (sort < 2)
        (void)snprintf(
            out, size,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:%d.0) Gecko/20100101 Firefox/%d.0",
            chrome + 2, chrome + 2);
    else if (sort < 4)
        (void)snprintf(
            out, size,
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) Version/18.%d Safari/605.1.15",
            sort);
    else
        (void)snprintf(out, size,
                       "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 "
                       "Safari/537.36%s",
                       systems[dice_below(dice, COUNT(systems))], chrome,
                       sort < 6 ? " Edg/143.0.0.0" : "");
}

void person_takes(struct person *person, struct dice *dice, enum agent_kind with)
{
    static const char *const scripts[] = {
        "python-requests/2.32.3", "curl/8.5.0", "Go-http-client/1.1",
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "HeadlessChrome/131.0.0.0 Safari/537.36")};
    static const char *const old[] = {
        ("Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/72.0.3626.121 Safari/537.36"),
        ("Mozilla/5.0 (Linux; Android 7.0; SM-G930F) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/79.0.3945.116 Mobile Safari/537.36")};
    static const char *const scanners[] = {
        "", "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/120.0.0.0 Safari/537.36"),
        "Mozilla/5.0 (compatible; LinkProtect/2.1)"};
    static const char *const previews[] = {
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "WhatsApp/2.24.20 A",
        "Mastodon/4.3.2 (http.rb/5.2.0; +https://social.example/) Bot",
        "TelegramBot (like TwitterBot)"};
    const char *fixed = with == AGENT_SCRIPT    ? scripts[dice_below(dice, COUNT(scripts))]
                        : with == AGENT_OLD     ? old[dice_below(dice, COUNT(old))]
                        : with == AGENT_SCANNER ? scanners[dice_below(dice, COUNT(scanners))]
                        : with == AGENT_PREVIEW ? previews[dice_below(dice, COUNT(previews))]
                                                : NULL;
    person->with = with;
    person->modern = !fixed && !dice_chance(dice, 400);
    if (fixed)
        (void)snprintf(person->agent, sizeof person->agent, "%s", fixed);
    else
        write_browser(person->agent, sizeof person->agent - 24, dice, with != AGENT_COMPUTER);
    size_t length = strlen(person->agent);
    if (with == AGENT_IN_APP)
        (void)snprintf(person->agent + length, sizeof person->agent - length, " Instagram 359.0.0");
}

struct person person_make(struct dice *dice, int64_t pool)
{
    struct person person = {0};
    int64_t where = dice_below(dice, 1000);
    bool phone = dice_chance(dice, 6000);
    person_names(&person, dice, NULL);
    person.who.device = dice_next(dice);
    person.payment = dice_next(dice);
    person.address = dice_next(dice);
    person.account = dice_chance(dice, 6500) ? dice_next(dice) : 0;
    person.visitor = dice_chance(dice, 5000) ? dice_next(dice) : 0;
    person.beacon = !dice_chance(dice, 1500);
    (void)snprintf(person.country, sizeof person.country, "%s",
                   countries[dice_below(dice, COUNT(countries))]);
    person_takes(&person, dice,
                 !phone                    ? AGENT_COMPUTER
                 : dice_chance(dice, 2500) ? AGENT_IN_APP
                                           : AGENT_PHONE);
    person_moves(&person, dice,
                 phone && where < 550 ? NETWORK_MOBILE
                 : where < 850        ? NETWORK_HOME
                 : where < 930        ? NETWORK_FIRM
                 : where < 960        ? NETWORK_CAMPUS
                                      : NETWORK_RELAY,
                 pool);
    return person;
}
