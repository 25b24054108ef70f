/*
 * Recruiting: people who want to be found say what reach they have; a business looks for them and invites them.
 *
 * What stands in a profile is what its owner says. An invitation makes a partner who has yet to answer, and a
 * personal offer to them (personal/personal.h); saying yes to it, or joining, makes them take part.
 * Must not know: HTTP. Read next: profile.c, invite.c, modules/referrals/partner.h.
 */
#ifndef CONTRAFLOW_REFERRALS_RECRUITING_RECRUIT_H
#define CONTRAFLOW_REFERRALS_RECRUITING_RECRUIT_H

#include "modules/referrals/personal/personal.h"

struct sharer_id { /* shape id shr: Somebody who may want to be found */
    int64_t value;
};
MAYBE(sharer_id);

enum sharer_topic {                   /* shape: What somebody's readers come for */
                    TOPIC_TRAVEL = 1, /* travel: Travel */
                    TOPIC_FOOD,       /* food: Food and drink */
                    TOPIC_FASHION,    /* fashion: Fashion and beauty */
                    TOPIC_HOME,       /* home: Home and garden */
                    TOPIC_FAMILY,     /* family: Family and children */
                    TOPIC_SPORT,      /* sport: Sport and health */
                    TOPIC_TECHNOLOGY, /* technology: Technology and games */
                    TOPIC_CULTURE,    /* culture: Books, films, music */
                    TOPIC_NATURE,     /* nature: Nature and animals */
                    TOPIC_MONEY,      /* money: Money and work */
                    TOPIC_CRAFT,      /* craft: Crafts and photos */
};
enum sharer_kind {                  /* shape: What a channel is */
                   KIND_SITE = 1,   /* site: Own website or blog */
                   KIND_NEWSLETTER, /* newsletter: Newsletter by mail */
                   KIND_VIDEO,      /* video: Videos */
                   KIND_SOCIAL,     /* social: Social network */
                   KIND_PODCAST,    /* podcast: Podcast or radio */
                   KIND_PLACE,      /* place: Shop, workshop or another place */
                   KIND_OTHER,      /* other: Something else */
};
enum {
    SHARER_TOPICS = TOPIC_CRAFT,
    SHARER_KINDS = KIND_OTHER,
    SHARER_CHANNELS = 3,
    SHARER_PLACES = 4
};

struct sharer_row {         /* shape: What somebody says about themselves, as stored */
    struct sharer_id id;    /* Names it */
    struct party_id person; /* Who */
    bool shown;             /* Businesses find them */
    struct text name;       /* As they want to be called there */
    struct text about;      /* In their words */
    int64_t reach;          /* Of all channels together */
    struct text topics;     /* Words of sharer_topic, a blank between */
    struct text languages;  /* ISO 639-1, a blank between */
    struct text countries;  /* ISO 3166-1 alpha-2, a blank between */
    struct instant at;      /* Said */
};
struct sharer_channel {    /* shape: Where somebody reaches people */
    struct text address;   /* url: Where it is */
    int64_t reach;         /* How many, as they say */
    enum sharer_kind kind; /* What it is */
};
LIST_OF(sharer_channel);

extern const struct problem sharer_too_many; /* 409: referrals.invitations were sent in 24 hours */

/* Inside a write, all of these. */

/* Keeps what somebody says, in place of what they said before; id is filled in, reach is added up from the channels. */
const struct problem *sharer_keep(struct database *db, struct memory *memory,
                                  struct sharer_row *sharer,
                                  const struct sharer_channel_list *channels);
/* Nothing of it is kept any more. */
const struct problem *sharer_remove(struct database *db, struct memory *memory,
                                    struct party_id person);

/* A business invites somebody whom it can find, by an offer: as personal_make(), which fills making->partner here.
 * &not_found for whoever is not shown or wants to hear nothing, &referrals_not_open, &sharer_too_many,
 * &referrals_takes_part. */
struct sharer_inviting {
    struct sharer_id sharer;
    struct personal_making making; /* all but the partner */
};
const struct problem *sharer_invite(struct move *move, struct sharer_inviting *inviting);

/* A person wants no more invitations and offers from the business of a program they are or were in: an offer that
 * waits is refused, an invitation ends, and what they take part in goes on. Of others: &not_found. */
const struct problem *sharer_block(struct database *db, struct memory *memory,
                                   struct referrals_partner_id partner, struct party_id person,
                                   struct instant at);
/* Whether a person wants nothing of a business; reads. */
const struct problem *sharer_blocks_it(struct database *db, struct memory *memory,
                                       struct party_id person, struct party_id business, bool *out);

#endif
