import type { ReadFailure } from '../../sources/readers/read-error.ts'

/** Who gets to the bytes of a picture: its own frame, or the panel; `pixels`: nobody, what is shown is encoded anew. */
export type Way = 'data' | 'frame' | 'panel' | 'pixels'

export interface Row {
  /** Also the alt text, by which the picture is found. */
  name: string
  /** What stands in the page. */
  html: string
  /** Path of the picture: the only one that may be asked for ... */
  picture?: string
  /** ... but for the address that redirects to it. */
  through?: string
  /** ... and the larger one offered in its place, which cannot be had. */
  tried?: string
  /** How its bytes arrive. */
  by?: Way
  /** Or why none arrive: the sentence beside the slot. */
  says?: ReadFailure
  /** Taken by a click in the page, not from the strip. */
  click?: true
  /** Too small for the strip. */
  unlisted?: true
}

export interface Group {
  name: string
  headers?: Record<string, string>
  /** Below everything, so that it is reached by scrolling. */
  far?: true
  rows: Row[]
}

/** An <img> named like its row, in a size that lets a whole group be seen at once. */
export const img = (name: string, rest: string) => `<img alt="${name}" width="130" height="90" ${rest}>`

const pathOf = (address: string) => address.replace(/^\{\w+\}|\?.*/g, '')

/** A plain <img> at this address; its original bytes arrive. */
export const plain = (name: string, address: string, by: Way): Row => ({
  name,
  html: img(name, `src="${address}"`),
  picture: pathOf(address),
  by,
})

/** A plain <img> at this address; nothing arrives but a sentence. */
export const lost = (name: string, address: string, says: ReadFailure): Row => ({
  name,
  html: img(name, `src="${address}"`),
  picture: pathOf(address),
  says,
})

/** Markup around an <img>, which gets its name and size where `<img>` stands. */
export const made = (name: string, markup: string, picture: string, by: Way): Row => ({
  name,
  html: markup.replace('<img', img(name, '').slice(0, -1)),
  picture,
  by,
})

export const redirected = (name: string, through: string, aim: string, by: Way): Row => ({
  name,
  html: img(name, `src="${through}?${aim}"`),
  picture: pathOf(aim),
  through,
  by,
})

export const onePixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

export const script = (code: string) => `<script>${code}</script>`

export const frame = (origin: '{here}' | '{there}', html: string, attributes = '') =>
  `<iframe width="150" height="110" ${attributes} src="${origin}/frame?${encodeURIComponent(html)}"></iframe>`

export const framed = (name: string, address: string, by: Way, around: (html: string) => string): Row => ({
  name,
  html: around(img(name, `src="${address}"`)),
  picture: pathOf(address),
  by,
})

export const inShadow = (name: string, mode: ShadowRootMode): Row =>
  framed(name, `/plain/${mode}.png`, 'frame', html => {
    const host = `document.currentScript.previousElementSibling.attachShadow({ mode: '${mode}' })`
    return `<span></span>${script(`${host}.innerHTML = '${html}'`)}`
  })
