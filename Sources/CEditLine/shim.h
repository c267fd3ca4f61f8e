// libedit, as `vecino chat` uses it to edit lines. Functions with a variable number of arguments, which Swift
// cannot call, are wrapped.
#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/// What an editor is given: its prompt, and the words that a beginning can be completed to.
struct ve_session {
    /// The prompt; it may change between lines.
    const char *_Nullable prompt;
    /// Words for a beginning, with a space between and none where there is nothing to complete; freed by the
    /// caller.
    char *_Nullable (*_Nullable complete)(const char *_Nonnull beginning);
    /// Whether Ctrl-C ended the line.
    int was_interrupted;
};

static inline struct ve_session *_Nullable ve_session_of(EditLine *_Nonnull editor) {
    void *data = NULL;
    el_get(editor, EL_CLIENTDATA, &data);
    return (struct ve_session *)data;
}

static inline char *_Nullable ve_prompt(EditLine *_Nonnull editor) {
    struct ve_session *session = ve_session_of(editor);
    return session ? (char *)session->prompt : (char *)"";
}

/// Ctrl-C: the line is dropped, and the caller told.
static inline unsigned char ve_interrupt(EditLine *_Nonnull editor, int key) {
    (void)key;
    struct ve_session *session = ve_session_of(editor);
    if (session) session->was_interrupted = 1;
    const LineInfo *line = el_line(editor);
    el_cursor(editor, (int)(line->lastchar - line->cursor));
    el_deletestr(editor, (int)(line->lastchar - line->buffer));
    // A line that has nothing would be taken for the end of the input.
    el_insertstr(editor, "\n");
    fputs("^C\r\n", stderr);
    return CC_NEWLINE;
}

/// Alt-Enter: another line of the same question.
static inline unsigned char ve_break_line(EditLine *_Nonnull editor, int key) {
    (void)key;
    return el_insertstr(editor, "\n") == 0 ? CC_REFRESH : CC_ERROR;
}

/// A paste: its line ends are part of the text.
static inline unsigned char ve_paste(EditLine *_Nonnull editor, int key) {
    (void)key;
    static const wchar_t end[] = L"\033[201~";
    const size_t length = sizeof end / sizeof *end - 1;
    wchar_t *text = NULL;
    size_t count = 0, room = 0;
    while (1) {
        wchar_t character;
        if (el_wgetc(editor, &character) != 1) break;
        if (count + 2 > room) {
            room = room ? room * 2 : 256;
            wchar_t *larger = room > 1u << 20 ? NULL : (wchar_t *)realloc(text, room * sizeof *text);
            if (!larger) break;
            text = larger;
        }
        text[count++] = character == L'\r' ? L'\n' : character;
        if (count >= length && !wmemcmp(text + count - length, end, length)) {
            count -= length;
            break;
        }
    }
    if (!text) return CC_ERROR;
    text[count] = 0;
    int result = count && el_winsertstr(editor, text) == 0 ? CC_REFRESH : CC_ERROR;
    free(text);
    return (unsigned char)result;
}

/// Tab: what all words have in common is put in, or the words are listed.
static inline unsigned char ve_complete(EditLine *_Nonnull editor, int key) {
    (void)key;
    struct ve_session *session = ve_session_of(editor);
    const LineInfo *line = el_line(editor);
    if (!session || !session->complete) return CC_ERROR;
    size_t length = (size_t)(line->cursor - line->buffer);
    char *beginning = strndup(line->buffer, length);
    if (!beginning) return CC_ERROR;
    char *rest = session->complete(beginning);
    free(beginning);
    if (!rest) return CC_ERROR;
    int result = rest[0] && el_insertstr(editor, rest) == 0 ? CC_REFRESH : CC_ERROR;
    free(rest);
    return (unsigned char)result;
}

/// An editor on the process's own terminal, or NULL.
static inline EditLine *_Nullable ve_make(
    struct ve_session *_Nonnull session, History *_Nonnull lines) {
    EditLine *editor = el_init("vecino", stdin, stderr, stderr);
    if (!editor) return NULL;
    el_set(editor, EL_CLIENTDATA, session);
    el_set(editor, EL_PROMPT, ve_prompt);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_HIST, history, lines);
    el_set(editor, EL_ADDFN, "ve-interrupt", "Drop the line", ve_interrupt);
    el_set(editor, EL_ADDFN, "ve-break-line", "Begin another line", ve_break_line);
    el_set(editor, EL_ADDFN, "ve-complete", "Complete a command", ve_complete);
    el_set(editor, EL_BIND, "^C", "ve-interrupt", NULL);
    el_set(editor, EL_BIND, "^I", "ve-complete", NULL);
    el_set(editor, EL_BIND, "\033\r", "ve-break-line", NULL);
    el_set(editor, EL_BIND, "\033\n", "ve-break-line", NULL);
    el_set(editor, EL_ADDFN, "ve-paste", "Insert a paste", ve_paste);
    el_set(editor, EL_BIND, "\033[200~", "ve-paste", NULL);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_set(editor, EL_BIND, "\033[3~", "ed-delete-next-char", NULL);
    el_set(editor, EL_BIND, "\033[1~", "ed-move-to-beg", NULL);
    el_set(editor, EL_BIND, "\033[4~", "ed-move-to-end", NULL);
    // The terminal sends Ctrl-C as a character while a line is edited.
    el_set(editor, EL_SETTY, "-d", "-isig", NULL);
    return editor;
}

/// A list of lines that remembers so many and repeats none; or NULL.
static inline History *_Nullable ve_make_history(int size) {
    History *list = history_init();
    if (!list) return NULL;
    HistEvent event;
    history(list, &event, H_SETSIZE, size);
    history(list, &event, H_SETUNIQUE, 1);
    return list;
}

/// Remembers a line.
static inline void ve_remember(History *_Nonnull list, const char *_Nonnull line) {
    HistEvent event;
    history(list, &event, H_ENTER, line);
}

/// Has text read as the user's locale has it, or as UTF-8 where that says nothing.
static inline void ve_set_locale(void) {
    const char *name = setlocale(LC_CTYPE, "");
    if (!name || !strcmp(name, "C") || !strcmp(name, "POSIX")) setlocale(LC_CTYPE, "C.UTF-8");
}
