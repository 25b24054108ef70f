/*
 * Runs a fuzz target over its kept corpus, as an ordinary test: every input that ever broke a
 * decoder, and every one that reached something new, is tried again on each ./test.
 *
 * Linked with one tests/fuzz_NAME.c; reads tests/corpus/NAME/, each file one input. Must not know
 * what the target decodes. Read next: tools/fuzz.sh, which finds new inputs.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX ((size_t)16 << 20) /* bytes; what no decoder of ours would take anyway */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Optional in a target, as in libFuzzer: set-up that is done once. */
__attribute__((weak)) int LLVMFuzzerInitialize(int *count, char ***arguments);

static int replay_file(const char *folder, const char *name)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        return -1;
    }
    FILE *file = fopen(path, "rb");
    if (!file) {
        return -1;
    }
    uint8_t *data = malloc(INPUT_MAX);
    int answer = -1;
    if (data) {
        size_t size = fread(data, 1, INPUT_MAX, file);
        if (!ferror(file)) {
            /* The exact size in a block of its own, so that a sanitizer sees one byte too many. */
            uint8_t *exact = malloc(size ? size : 1);
            if (exact) {
                memcpy(exact, data, size);
                LLVMFuzzerTestOneInput(exact, size);
                free(exact);
                answer = 0;
            }
        }
    }
    free(data);
    fclose(file);
    return answer;
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int count, char **arguments)
{
    const char *slash = strrchr(arguments[0], '/');
    const char *name = slash ? slash + 1 : arguments[0];
    if (strncmp(name, "fuzz_", 5) == 0) {
        name += 5;
    }
    char folder[512];
    snprintf(folder, sizeof folder, "tests/corpus/%s", name);
    if (LLVMFuzzerInitialize) {
        LLVMFuzzerInitialize(&count, &arguments);
    }

    struct dirent **entries = NULL;
    int inputs = scandir(folder, &entries, is_input, alphasort);
    if (inputs <= 0) {
        printf("not ok %s: no corpus in %s%s%s\n", name, folder, inputs < 0 ? ": " : "",
               inputs < 0 ? strerror(errno) : "");
        return 1;
    }
    int failed = 0;
    for (int i = 0; i < inputs; i++) {
        fprintf(stderr, "%s/%s\n", folder, entries[i]->d_name);
        if (replay_file(folder, entries[i]->d_name) != 0) {
            printf("not ok %s: %s can't be read\n", name, entries[i]->d_name);
            failed++;
        }
        free(entries[i]);
    }
    free(entries);
    if (!failed) {
        printf("ok %s replays its corpus of %d\n", name, inputs);
    }
    return failed ? 1 : 0;
}
