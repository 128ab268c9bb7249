import type { Database as Sqlite, Statement } from 'better-sqlite3'

/** Far above the number of different statements in the code; a bound for the ones built at run time. */
const maxStatements = 500

/** Prepares each SQL text once: preparing costs more than running. When full, the oldest is dropped. */
export function statementCache(sqlite: Sqlite): (sql: string) => Statement {
  const statements = new Map<string, Statement>()
  return sql => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= maxStatements) statements.delete(statements.keys().next().value!)
    const statement = sqlite.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}
