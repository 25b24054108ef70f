/*
 * The audit of posts: each stands as its verdict does, and nothing is left of what came back.
 *
 * Must not know: how a post is looked at. Read next: states.c.
 */
#include "base/ids.h"
#include "modules/referrals/posts/post.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"

enum { POSTS = 1000 };

static void check(struct audit_voice *voice, const struct post_audit_row *post)
{
    bool counts = post->state == POST_ACCEPTED || post->state == POST_PAID;
    bool counted =
        text_is(post->verdict_state, "counted") || text_is(post->verdict_state, "waiting");
    if (counts && !counted && !post->fee && !text_is(post->verdict_state, "rejected"))
        audit_say(voice, "%s: is %s, and nothing was found about it",
                  id_text("rpo", post->id.value).text,
                  words_name(&post_state_words, (int)post->state));
    if (!counts && counted)
        audit_say(voice, "%s: is %s, and its verdict counts", id_text("rpo", post->id.value).text,
                  words_name(&post_state_words, (int)post->state));
    if (!counts)
        audit_compare(voice, "rpo", post->id.value, "what is left of its reward", 0,
                      post->left_minor);
    if (post->verdict_state.size > 0)
        audit_compare(voice, "rpo", post->id.value, "the subject of its verdict", post->id.value,
                      post->subject);
}

const struct problem *post_audit(struct audit_voice *voice, struct database *db,
                                 struct memory *page, int64_t *after, size_t *count)
{
    struct post_audit_row_list posts = {NULL, 0};
    const struct problem *problem = posts_to_audit(db, page, *after, POSTS, &posts);
    *count = posts.count;
    for (size_t i = 0; !problem && i < posts.count; i++) {
        *after = posts.items[i].id.value;
        check(voice, &posts.items[i]);
    }
    return problem;
}
