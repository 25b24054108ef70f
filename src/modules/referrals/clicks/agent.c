/*
 * Agents that say what they are. The words are those by which crawlers, previews of messengers, monitors,
 * libraries and tools for tests call themselves; all browsers that people use begin with "Mozilla/".
 */
#include "modules/referrals/clicks/agent.h"

#include <string.h>

static const char *const words[] = {
    "bot",         "crawl",       "spider",    "slurp",       "headless",      "preview",
    "scan",        "monitor",     "facebook",  "whatsapp",    "pingdom",       "lighthouse",
    "phantom",     "selenium",    "puppeteer", "playwright",  "http",          "fetch",
    "archiver",    "validator",   "feed",      "check",       "probe",         "python",
    "java/",       "wget",        "curl",      "scrapy",      "embedly",       "quora link",
    "outbrain",    "vkshare",     "w3c_",      "bingpreview", "mediapartners", "yandex.com/bots",
    "baiduspider", "ia_archiver", "nuclei",    "nikto",
};

/* The names of apps in which people browse contain some of the words. */
static const char *const people[] = {"fban/", "fbav/", "fb_iab", "cubot"};

static bool contains(const char *small, const char *word)
{
    return strstr(small, word) != NULL;
}

bool referrals_agent_is_bot(struct text agent)
{
    char small[512];
    if (!text_starts(agent, "Mozilla/") && !text_starts(agent, "Opera/"))
        return true;
    size_t size = agent.size < sizeof small - 1 ? agent.size : sizeof small - 1;
    for (size_t i = 0; i < size; i++) {
        char c = agent.data[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    small[size] = '\0';
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (contains(small, people[i]))
            return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains(small, words[i]))
            return true;
    return false;
}
