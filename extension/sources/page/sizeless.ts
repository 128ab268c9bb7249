import type { PagePicture } from '../../platform/messages.ts'

type Sized = Pick<PagePicture, 'src' | 'width' | 'height'>

/** Sides from 16 to 9999 pixels: smaller and larger numbers are more likely ids. */
const side = '(?:1[6-9]|[2-9]\\d|[1-9]\\d{2,3})'

const sideOnly = new RegExp(`^${side}(px)?$`)
const sides = new RegExp(`^${side}([x,*]${side}?)?$`)
const format = /^(auto|avif|gif|jpe?g|png|webp)$/

/** Parameters of the query that say how large, never which picture. */
const parameters: Record<string, RegExp> = {
  w: sideOnly,
  h: sideOnly,
  width: sideOnly,
  height: sideOnly,
  size: sides,
  resize: sides,
  quality: /^\d{1,3}$/,
  dpr: /^[1-5](\.\d+)?$/,
  format,
}

/** Whole parts of a path: `w_300,h_200,c_fit,q_auto` and `w300`. A crop (`c_fill`, `g_face`) makes another picture. */
const pathParts = [
  new RegExp(`^(?=.*\\b[wh]_)(?:(?:[wh]_${side}|c_(?:fit|limit|scale)|q_[a-z\\d:]+|f_[a-z]+|dpr_[a-z\\d.]+)(?:,|$))+$`),
  new RegExp(`^w${side}$`),
]

/** Parts of a file's name, each with what stays. */
const nameParts = [
  // photo@2x.jpg
  /()@[1-5](?:\.\d+)?x(?=\.\w+$|$)/,
  // photo-300x200.jpg
  new RegExp(`()[-_]${side}x${side}(?=\\.\\w+$|$)`),
  // photo-640w.jpg
  new RegExp(`()[-_]${side}w(?=\\.\\w+$|$)`),
  // 300px-photo.jpg
  new RegExp(`^()${side}px-`),
]

/** photo_640.jpg: a size only if the picture measures it, for IMG_1024.jpg is not a smaller IMG_2048.jpg. */
const bareNumber = new RegExp(`[-_](${side})(?=\\.\\w+$|$)`)

const withoutBareNumber = (name: string, { width, height }: Sized) =>
  name.replace(bareNumber, (whole, number) => ([width, height].includes(Number(number)) ? '' : whole))

const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number)

/**
 * A picture's address without the parts that only say its size, equal for all sizes of one picture; and the largest number
 * that those parts state, 0 without any.
 */
export function sizeless(picture: Sized): { key: string; stated: number } {
  const { src } = picture
  if (!/^https?:/.test(src) || !URL.canParse(src)) return { key: src, stated: 0 }
  const url = new URL(src)
  const removed: string[] = []
  const cut = (text: string, part: RegExp) =>
    text.replace(part, found => {
      removed.push(found)
      return ''
    })

  const parts = url.pathname.split('/')
  const file = parts.pop() ?? ''
  const name = withoutBareNumber(nameParts.reduce(cut, file), picture)
  const folder = parts.filter(part => {
    const isSize = pathParts.some(pattern => pattern.test(part))
    if (isSize) removed.push(part)
    return !isSize
  })

  const query = url.search
    .slice(1)
    .split('&')
    .filter(pair => {
      const [parameter = '', value = ''] = pair.split('=')
      const isSize = parameters[parameter.toLowerCase()]?.test(value.toLowerCase()) ?? false
      if (isSize) removed.push(value)
      return !isSize
    })

  return {
    key: `${url.origin}${[...folder, name].join('/')}?${query.join('&')}${url.hash}`,
    stated: Math.max(0, ...removed.flatMap(numbersIn)),
  }
}
