import type { Database as Sqlite, Statement } from 'better-sqlite3'

/** Far above the number of different statements in the code; a bound for the ones built at run time. */
const maxStatements = 500

/** Prepares each SQL text once: preparing costs about as much as running. The longest unused one is dropped first. */
export function statementCache(sqlite: Sqlite): (sql: string) => Statement {
  const statements = new Map<string, Statement>()
  return sql => {
    let statement = statements.get(sql)
    if (statement) {
      statements.delete(sql)
    } else {
      statement = sqlite.prepare(sql)
      if (statements.size >= maxStatements) statements.delete(statements.keys().next().value!)
    }
    statements.set(sql, statement)
    return statement
  }
}
