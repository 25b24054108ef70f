/*
 * Asks a partner, and tells the business how it was answered.
 *
 * Answers count once, the first time; nothing depends on them. Must not know: how questions are made.
 * Read next: quiz.c.
 */
#include "base/ids.h"
#include "modules/referrals/results/quiz_pages.h"
#include "modules/referrals/results/quiz_queries.h"
#include "modules/referrals/results/quiz_rows.h"

static const struct problem *make(struct request *request, const struct program_row *program,
                                  int64_t version, struct quiz_question_list *out)
{
    struct program_rules rules;
    struct referrals_terms_row terms;
    const struct problem *problem =
        program_rules_of(request->db, request->memory, program->id, version, &rules);
    if (!problem)
        problem = referrals_terms_find(request->db, request->memory, program->id, &terms);
    if (problem)
        return problem;
    struct quiz_terms about = {.rules = &rules,
                               .currency = program->currency,
                               .window_days = terms.window_days,
                               .version = version,
                               .at = request->now};
    return quiz_make(request->memory, request->language, &about, out);
}

/* ---- the partner ------------------------------------------------------------------------------ */

/* Which answer stands at a question's place of those kept; 0: none. */
static int64_t chosen_of(struct text quiz, size_t question)
{
    return question < quiz.size ? quiz.data[question] - '0' : 0;
}

static const struct problem *show_question(struct request *request,
                                           const struct quiz_question *question, bool answered,
                                           int64_t chosen, struct quiz_asked *out)
{
    struct quiz_choice *choices = memory_take_array(request->memory, QUIZ_ANSWERS, sizeof *choices);
    if (!choices)
        return &out_of_memory;
    for (size_t i = 0; i < question->answers.count; i++) {
        int64_t number = (int64_t)i + 1;
        choices[i] = (struct quiz_choice){number, question->answers.items[i], number == chosen,
                                          answered && number == question->right};
    }
    *out = (struct quiz_asked){.number = question->number,
                               .asks = question->asks,
                               .choices = {choices, question->answers.count},
                               .why = {answered, question->why},
                               .right = answered && chosen == question->right,
                               .left_out = answered && chosen == 0};
    return NULL;
}

const struct problem *referrals_quiz_show(struct request *request, const struct quiz_query *query,
                                          struct quiz_page *view)
{
    struct quiz_partner_row row;
    struct program_row program;
    struct quiz_question_list questions;
    struct quiz_asked *asked = memory_take_array(request->memory, QUIZ_QUESTIONS, sizeof *asked);
    const struct problem *problem = asked
                                        ? quiz_partner(request->db, request->memory, query->partner,
                                                       request->viewer.person, &row)
                                        : &out_of_memory;
    if (!problem)
        problem = program_find(request->db, request->memory, row.program, &program);
    if (problem)
        return problem;
    *view = (struct quiz_page){.partner = row.partner,
                               .title = program.title,
                               .version = row.quiz_version > 0 ? row.quiz_version : program.version,
                               .answered = row.quiz.size > 0};
    problem = make(request, &program, view->version, &questions);
    for (size_t i = 0; !problem && i < questions.count; i++)
        problem = show_question(request, &questions.items[i], view->answered,
                                chosen_of(row.quiz, i), &asked[i]);
    view->questions = (struct quiz_asked_list){asked, problem ? 0 : questions.count};
    return problem;
}

const struct problem *quiz_keep(struct database *db, struct memory *memory,
                                struct referrals_partner_id partner, struct program_id program,
                                int64_t version, struct text digits)
{
    struct quiz_said said = {partner, digits, version};
    struct quiz_hit hit;
    const struct problem *problem = quiz_set(db, memory, &said, &hit);
    for (size_t i = 0; !problem && i < digits.size; i++) {
        struct quiz_add_row row = {program, version, (int64_t)i + 1, chosen_of(digits, i)};
        problem = quiz_add(db, memory, &row);
    }
    return problem == &not_found ? NULL : problem;
}

struct answering {
    struct referrals_partner_id partner;
    struct program_id program;
    int64_t version;
    struct text digits;
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    const struct answering *answering = context;
    return quiz_keep(db, memory, answering->partner, answering->program, answering->version,
                     answering->digits);
}

const struct problem *referrals_quiz_answer(struct request *request,
                                            const struct quiz_answers *answers,
                                            struct nothing *view)
{
    struct quiz_partner_row row;
    struct program_row program;
    struct quiz_question_list questions;
    const struct maybe_integer given[QUIZ_QUESTIONS] = {answers->q1, answers->q2, answers->q3};
    char digits[QUIZ_QUESTIONS];
    (void)view;
    for (size_t i = 0; i < QUIZ_QUESTIONS; i++)
        digits[i] = (char)('0' + (given[i].present ? given[i].value : 0));
    const struct problem *problem =
        quiz_partner(request->db, request->memory, answers->partner, request->viewer.person, &row);
    if (!problem)
        problem = program_find(request->db, request->memory, row.program, &program);
    if (!problem)
        problem = make(request, &program, answers->rules, &questions);
    if (problem)
        return problem;
    struct answering answering = {
        row.partner, row.program, answers->rules, {digits, questions.count}};
    if (questions.count > 0)
        problem = store_write(request->store, request->memory, keep, &answering);
    bool all = answers->q1.present || answers->q2.present || answers->q3.present;
    if (!problem)
        request_go(request, all ? "/me/programs/%s/quiz" : "/me/programs/%s",
                   id_text("rpt", row.partner.value).text);
    return problem;
}

/* ---- the business ----------------------------------------------------------------------------- */

static struct quiz_found found_of(const struct quiz_question *question,
                                  const struct quiz_count_row_list *counts)
{
    struct quiz_found found = {.asks = question->asks,
                               .right = question->answers.items[question->right - 1]};
    int64_t right = 0;
    for (size_t i = 0; i < counts->count; i++) {
        const struct quiz_count_row *row = &counts->items[i];
        if (row->question != question->number || row->answer > (int64_t)question->answers.count)
            continue;
        if (row->answer == 0)
            found.left_out = row->partners;
        else
            found.answered += row->partners;
        if (row->answer == question->right) {
            right = row->partners;
        } else if (row->answer > 0 && row->partners > found.wrong_count) {
            found.wrong = (struct maybe_text){true, question->answers.items[row->answer - 1]};
            found.wrong_count = row->partners;
        }
    }
    if (found.answered > 0)
        found.part = (struct maybe_integer){true, right * 10000 / found.answered};
    return found;
}

const struct problem *quiz_find(struct request *request, const struct program_row *program,
                                int64_t version, struct quiz_found_list *out)
{
    struct quiz_question_list questions;
    struct quiz_count_row_list counts;
    struct quiz_found *items = memory_take_array(request->memory, QUIZ_QUESTIONS, sizeof *items);
    const struct problem *problem =
        items ? make(request, program, version, &questions) : &out_of_memory;
    if (!problem)
        problem = quiz_counts(request->db, request->memory, program->id, version, &counts);
    for (size_t i = 0; !problem && i < questions.count; i++)
        items[i] = found_of(&questions.items[i], &counts);
    *out = (struct quiz_found_list){items, problem ? 0 : questions.count};
    return problem;
}
