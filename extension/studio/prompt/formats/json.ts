import { partNames } from '../../../../bff/contract/values.ts'
import type { Format } from './format.ts'

/** Everything by name, for programs. */
export const json: Format = ({ words, language, aspect, seed }) => {
  const said = partNames.map(name => [name, words[name].trim()] as const).filter(([, text]) => text !== '')
  const settings = { language, ...(aspect && { aspect }), ...(seed !== null && { seed }) }
  return JSON.stringify({ ...Object.fromEntries(said), ...settings }, null, 2)
}
