/** One picture that a `srcset` offers: by its width in pixels (`w`, else 0) or by its density (`x`). */
export interface Candidate {
  url: string
  w: number
  x: number
}

/**
 * An address begins at what is neither space nor comma and ends before the commas at its end, which also end its
 * descriptors; else those go up to the next comma that is not in parentheses.
 */
const part = /([^\t\n\f\r ,](?:[^\t\n\f\r ]*[^\t\n\f\r ,])?)(?:,|((?:\([^)]*\)?|[^,(])*))/g

/** A width, perhaps with a height, or a density, or nothing; with anything else Chrome leaves the candidate out. */
const descriptors =
  /^[\t\n\f\r ]*(?:(?:\d+h[\t\n\f\r ]+)?(0*[1-9]\d*)w(?:[\t\n\f\r ]+\d+h)?|((?:\d*\.)?\d+(?:[eE][+-]?\d+)?)x)?[\t\n\f\r ]*$/

/** What a `srcset` offers, in its order, read as the HTML standard says. */
export const candidatesOf = (srcset: string): Candidate[] =>
  [...srcset.matchAll(part)].flatMap(([, url, words = '']) => {
    const found = descriptors.exec(words)
    return found ? [{ url: url!, w: +(found[1] ?? 0), x: +(found[2] ?? 1) }] : []
  })
