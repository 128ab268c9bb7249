import { type PageToPanel, pagePictureLimits, pickKeys } from '../protocol.ts'

type Check = (value: unknown) => boolean

/** 32 MB of picture in base64, with room for the head of the data: URL. */
const longestData = Math.ceil((32 * 1024 * 1024 * 4) / 3) + 256

const schemes = ['http:', 'https:', 'data:', 'blob:', 'file:']

const isCount: Check = value => Number.isSafeInteger(value) && (value as number) >= 0
const isFlag: Check = value => typeof value === 'boolean'
const isFrame: Check = value => typeof value === 'string' && /^[0-9.e-]{1,32}$/.test(value)
const isKey: Check = value => pickKeys.some(key => key === value)
const isText =
  (longest: number): Check =>
  value =>
    typeof value === 'string' && value.length <= longest
const isSrc: Check = value =>
  isText(pagePictureLimits.src)(value) && schemes.some(scheme => (value as string).startsWith(scheme))
const isData: Check = value => isText(longestData)(value) && (value as string).startsWith('data:')
const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value)

/** Exactly the required keys, and of the optional ones any: an unknown key refuses the whole value. */
const shape =
  (required: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const entries = Object.entries(value)
    const keys = Object.keys(required)
    return (
      keys.every(key => Object.hasOwn(value, key)) &&
      entries.every(([key, inner]) => {
        const check = Object.hasOwn(required, key) ? required[key] : Object.hasOwn(optional, key) && optional[key]
        return check ? check(inner) : false
      })
    )
  }

const sized = { src: isSrc, width: isCount, height: isCount }
const isPicture = shape({ id: isCount, ...sized }, { larger: shape(sized), alt: isText(pagePictureLimits.alt) })

const isLength: Check = value => Number.isFinite(value)
const isBox = shape({
  x: isLength,
  y: isLength,
  width: isLength,
  height: isLength,
  top: isLength,
  right: isLength,
  bottom: isLength,
  left: isLength,
})
const isPlace: Check = value =>
  Array.isArray(value) && value.length === 3 && isBox(value[0]) && isBox(value[1]) && isCount(value[2])

const isPictures: Check = value =>
  Array.isArray(value) && value.length <= pagePictureLimits.count && value.every(isPicture)

const isNote: Check = value => value === 'cut' || value === 'pdf'

const message = (fields: Record<string, Check>, optional?: Record<string, Check>) =>
  shape({ type: () => true, frame: isFrame, ...fields }, optional)

const messages: Record<PageToPanel['type'], Check> = {
  pictures: message({ pictures: isPictures }, { note: isNote }),
  gone: message({}),
  'frame-added': message({}),
  at: message({ id: orNull(isCount) }),
  key: message({ key: isKey, shift: isFlag }),
  picked: message({ picture: isPicture, more: isFlag }),
  bytes: message({ id: isCount, data: orNull(isData) }, { larger: isFlag }),
  place: message({ id: isCount }, { place: isPlace }),
}

/** A page's process may be hostile: whatever it sends is taken only when it is exactly one of our messages. */
export function isPageMessage(value: unknown): value is PageToPanel {
  const type = (value as { type?: unknown } | null)?.type
  return typeof type === 'string' && Object.hasOwn(messages, type) && messages[type as PageToPanel['type']](value)
}
