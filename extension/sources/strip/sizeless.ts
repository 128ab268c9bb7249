import type { PagePicture } from '../../picking/protocol.ts'
import { isSameShape } from './shape.ts'

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

/** Folders of a path: `w_300,h_200,c_fit,q_auto` and `w300`. A crop (`c_fill`, `g_face`) makes another picture. */
const folderParts = [
  new RegExp(`^(?=.*\\b[wh]_)(?:(?:[wh]_${side}|c_(?:fit|limit|scale)|q_[a-z\\d:]+|f_[a-z]+|dpr_[a-z\\d.]+)(?:,|$))+$`),
  new RegExp(`^w${side}$`),
]

interface NamePart {
  pattern: RegExp
  /** Whether the numbers found are sizes of this picture. */
  isSize(numbers: number[], picture: Sized): boolean
}

const always = () => true
const end = '(?=\\.\\w+$|$)'

/** Parts of a file's name, never all of it. */
const nameParts: NamePart[] = [
  // photo@2x.jpg
  { pattern: new RegExp(`(?<=.)@[1-5](?:\\.\\d+)?x${end}`), isSize: always },
  // photo-300x200.jpg, if the picture has that shape: frame-30x40.jpg may be the frame's own size.
  {
    pattern: new RegExp(`(?<=.)[-_]${side}x${side}${end}`),
    isSize: ([width = 0, height = 0], picture) => isSameShape({ width, height }, picture),
  },
  // photo-640w.jpg
  { pattern: new RegExp(`(?<=.)[-_]${side}w${end}`), isSize: always },
  // 300px-photo.jpg
  { pattern: new RegExp(`^${side}px-(?=.)`), isSize: always },
  // photo_640.jpg, if the picture measures it: IMG_1024.jpg is not a smaller IMG_2048.jpg.
  {
    pattern: new RegExp(`(?<=.)[-_]${side}${end}`),
    isSize: ([number], { width, height }) => number === width || number === height,
  },
]

const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number)

/**
 * A picture's address without the parts that only say its size, equal for all sizes of one picture; and the largest number
 * that those parts state, 0 without any. Null for an address that is not one of the web.
 */
export function sizeless(picture: Sized): { key: string; stated: number } | null {
  const { src } = picture
  if (!/^https?:/.test(src) || !URL.canParse(src)) return null
  const url = new URL(src)
  const removed: string[] = []

  const folders = url.pathname.split('/')
  const name = nameParts.reduce(
    (text, { pattern, isSize }) =>
      text.replace(pattern, found => {
        if (!isSize(numbersIn(found), picture)) return found
        removed.push(found)
        return ''
      }),
    folders.pop() ?? '',
  )
  const path = folders.filter(part => {
    const isSize = folderParts.some(pattern => pattern.test(part))
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
    key: `${url.origin}${[...path, name].join('/')}?${query.join('&')}${url.hash}`,
    stated: Math.max(0, ...removed.flatMap(numbersIn)),
  }
}
