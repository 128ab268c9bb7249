const markup = Symbol('markup')

/** Text that is already HTML. Made by `html` only: data that comes from outside cannot pose as it. */
export interface Html {
  readonly [markup]: string
}

type Value = string | number | null | undefined | false | Html | readonly Html[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Tagged template for HTML. Whatever is put in is escaped, for text and for quoted attributes; null and false vanish. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const parts = strings.map((text, i) => (i < values.length ? text + render(values[i]) : text))
  return { [markup]: parts.join('') }
}

export const toText = (html: Html): string => html[markup]

/** Hidden fields of a form. */
export const hidden = (fields: Record<string, string>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'object') return markup in value ? value[markup] : value.map(toText).join('')
  return String(value).replace(/[&<>"']/g, char => entities[char] ?? char)
}
