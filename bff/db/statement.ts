import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely'
import type { Trx } from './database.ts'

/** Stands in the compiled query where a value comes at run time. */
class Parameter {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query that Kysely builds and compiles once per database; running it fills in the values. For the few statements on
 * the way of every job: building costs more than running. Every parameter is used as a single value.
 */
export function statement<Values extends object, Row>(build: (trx: Trx, values: Values) => Compilable<Row>) {
  const names = new Proxy({}, { get: (_, name) => new Parameter(String(name)) }) as Values
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  return (trx: Trx, values: Values): Promise<QueryResult<Row>> => {
    const { adapter } = trx.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = build(trx, names).compile()
      compiled.set(adapter, query)
    }
    const parameters = query.parameters.map(value =>
      value instanceof Parameter ? values[value.name as keyof Values] : value,
    )
    return trx.executeQuery({ ...query, parameters })
  }
}
