// What of SQLite takes any number of arguments, which Swift cannot call.
#include <sqlite3.h>

/// Forbids a connection to change a file by other ways than rows (`SQLITE_DBCONFIG_DEFENSIVE`), or allows it
/// again: no statement writes its schema or the tables that belong to others. An error of SQLite's, or 0.
static inline int vs_defend(sqlite3 *_Nonnull connection, int is_on) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, is_on, (int *)0);
}
