import * as v from 'valibot'
import { count } from '../../platform/shape.ts'
import { type PageToPanel, pagePictureLimits, pickKeys } from '../protocol.ts'

/** 32 MB of picture in base64, with room for the head of the data: URL. */
const longestData = Math.ceil((32 * 1024 * 1024 * 4) / 3) + 256

const src = v.pipe(v.string(), v.maxLength(pagePictureLimits.src), v.regex(/^(?:https?|data|blob|file):/))
const data = v.pipe(v.string(), v.maxLength(longestData), v.startsWith('data:'))

const sized = { src, width: count, height: count }
const Picture = v.strictObject({
  id: count,
  ...sized,
  larger: v.optional(v.strictObject(sized)),
  alt: v.exactOptional(v.pipe(v.string(), v.maxLength(pagePictureLimits.alt))),
})

const length = v.pipe(v.number(), v.finite())
const Box = v.strictObject({
  x: length,
  y: length,
  width: length,
  height: length,
  top: length,
  right: length,
  bottom: length,
  left: length,
})

const message = <Type extends PageToPanel['type'], Fields extends v.ObjectEntries>(type: Type, fields: Fields) =>
  v.strictObject({ type: v.literal(type), frame: v.pipe(v.string(), v.regex(/^[0-9.e-]{1,32}$/)), ...fields })

/** Strict throughout: exactly the fields of the message, and a field more refuses the whole of it. */
const MessageShape = v.variant('type', [
  message('pictures', {
    pictures: v.pipe(v.array(Picture), v.maxLength(pagePictureLimits.count)),
    note: v.optional(v.picklist(['cut', 'pdf'])),
  }),
  message('gone', {}),
  message('frame-added', {}),
  message('at', { id: v.nullable(count) }),
  message('key', { key: v.picklist(pickKeys), shift: v.boolean() }),
  message('picked', { picture: Picture, more: v.boolean() }),
  message('bytes', { id: count, larger: v.optional(v.boolean()), data: v.nullable(data) }),
  message('place', { id: count, place: v.optional(v.strictTuple([Box, Box, count])) }),
]) satisfies v.GenericSchema<unknown, PageToPanel>

/** A page's process may be hostile: whatever it sends is taken only when it is exactly one of our messages. */
export const isPageMessage = (value: unknown): value is PageToPanel => v.is(MessageShape, value)
