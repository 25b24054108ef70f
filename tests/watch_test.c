/*
 * `contraflow audit --watch` beside a database that somebody spoils and mends.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE = 300 /* tenths of a second, on a busy machine */ };

static char folder[] = "/tmp/contraflow_watch_XXXXXX";
static char said[80];

static pid_t run(const char *option)
{
    const char *program = getenv("CONTRAFLOW");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int out = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(out, STDOUT_FILENO);
        execl(program ? program : "build/contraflow", "contraflow", "audit", "--data", folder,
              option, (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    return child;
}

static int end_of(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void sql(const char *text)
{
    char path[100];
    sqlite3 *handle = NULL;
    (void)snprintf(path, sizeof path, "%s/contraflow.db", folder);
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    sqlite3_busy_timeout(handle, 10000);
    if (sqlite3_exec(handle, text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

/* Waits until the program has said `what` so many times. */
static void hear(const char *what, int times)
{
    static char all[1 << 16];
    for (int i = 0; i < PATIENCE; i++) {
        int count = 0;
        FILE *file = fopen(said, "re");
        size_t size = file ? fread(all, 1, sizeof all - 1, file) : 0;
        all[size] = '\0';
        if (file)
            fclose(file);
        for (const char *at = all; (at = strstr(at, what)); at++)
            count++;
        if (count == times)
            return;
        nanosleep(&(struct timespec){0, 100000000}, NULL);
    }
    fail_msg("not heard %d times: %s\n%s", times, what, all);
}

static void each_discrepancy_is_told_once(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(said, sizeof said, "%s/said", folder);
    assert_int_equal(end_of(run(NULL)), 0);
    pid_t child = run("--watch");
    hear("0 discrepancies", 1);
    sql("INSERT INTO ledger_account (id, party, purpose, currency, balance_minor) VALUES "
        "(7, 5, 'wallet', 'EUR', 100)");
    hear("balance 100, its transfers say 0", 1);
    hear("2 discrepancies", 1); /* and the currency does not add up to nothing */
    sql("UPDATE ledger_account SET balance_minor = 0 WHERE id = 7");
    hear("right again: account", 1);
    sql("UPDATE ledger_account SET held_minor = 0, owed_minor = 3 WHERE id = 7");
    hear("owes 3, its balance says 0", 1);
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(end_of(child), 1);
    hear("balance 100, its transfers say 0", 2); /* found, and right again */
    sql("UPDATE ledger_account SET owed_minor = 0 WHERE id = 7");
    assert_int_equal(end_of(run(NULL)), 0);
    char command[120];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_discrepancy_is_told_once)};
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
