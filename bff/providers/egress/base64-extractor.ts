/** Long base64 texts of a JSON answer, decoded while it arrives: the answer itself holds a name for each. */
export interface Base64Extractor {
  /** So many bytes will come, where the answer says so: room is made once. */
  expect(bytes: number): void
  write(chunk: Buffer): void
  /** The JSON with the names in it. */
  end(): Buffer<ArrayBuffer>
  /** The bytes of a text of the answer, extracted or short; null when it is no base64. */
  decode(text: string): Buffer | null
}

const quote = 0x22
const backslash = 0x5c
/** Nothing larger is set aside on the word of an answer's head. */
const mostAtOnce = 32 * 1024 * 1024
/** What is shorter is left where it is. */
const shortestExtracted = 4096

/**
 * Takes long texts out of a JSON document without ever holding them as text: a picture of 4 MB would otherwise be 5 MB of
 * JSON, parsed into 5 MB of string, and only then decoded. What is no JSON passes as it is, for others to find out.
 */
export function createBase64Extractor(): Base64Extractor {
  const json: Buffer[] = []
  const extracted: (Buffer | null)[] = []
  /** Null between texts. */
  let text: Text | null = null
  let left = 0

  function close({ parts, decoded }: Text): void {
    const bytes = decoded()
    if (bytes === undefined) return void json.push(...parts)
    json.push(Buffer.from(nameOf(extracted.length)))
    extracted.push(bytes)
  }

  return {
    expect(bytes) {
      left = Number.isSafeInteger(bytes) ? bytes : 0
    },
    write(chunk) {
      let at = 0
      while (at < chunk.length) {
        // Up to the quote that opens a text, or the one that closes it.
        const from = at
        at = text ? text.read(chunk, from) : indexOf(chunk, quote, from)
        if (text && at < chunk.length) {
          close(text)
          text = null
          json.push(chunk.subarray(at, at + 1))
        } else if (!text) {
          json.push(chunk.subarray(from, at + 1))
          if (at < chunk.length) text = createText(left)
        }
        at += 1
      }
      left = Math.max(0, left - chunk.length)
    },
    end() {
      if (text) json.push(...text.parts)
      return Buffer.concat(json)
    },
    decode(text) {
      const index = /^extracted:(\d+)$/.exec(text)?.[1]
      return index === undefined ? decodeBase64(text) : (extracted[Number(index)] ?? null)
    },
  }
}

const nameOf = (index: number) => `extracted:${index}`

const indexOf = (chunk: Buffer, byte: number, from: number) => {
  const index = chunk.indexOf(byte, from)
  return index === -1 ? chunk.length : index
}

/** A text of the document, from behind its opening quote. */
interface Text {
  /** As it stands in the document, while it is short. */
  parts: Buffer[]
  /** Takes what is its own of the chunk; index of its closing quote, or the chunk's length. */
  read(chunk: Buffer, from: number): number
  /** Undefined: too short to be taken out. */
  decoded(): Buffer | null | undefined
}

/** `most` is the longest it can become, or 0. */
function createText(most: number): Text {
  const parts: Buffer[] = []
  let length = 0
  let isEscaped = false
  let decoder: ReturnType<typeof createDecoder> | null = null

  function endIn(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; ) {
      if (isEscaped) {
        isEscaped = false
        at += 1
        continue
      }
      const quoted = indexOf(chunk, quote, at)
      const escaping = chunk.subarray(at, quoted).indexOf(backslash)
      if (escaping === -1) return quoted
      isEscaped = true
      at += escaping + 1
    }
    return chunk.length
  }

  function add(part: Buffer) {
    length += part.length
    if (decoder) return decoder.add(part)
    parts.push(part)
    if (length < shortestExtracted) return
    decoder = createDecoder(most)
    for (const part of parts.splice(0)) decoder.add(part)
  }

  return {
    parts,
    read(chunk, from) {
      const end = endIn(chunk, from)
      add(chunk.subarray(from, end))
      return end
    },
    decoded: () => decoder?.end(),
  }
}

function decodeBase64(text: string): Buffer | null {
  const decoded = Buffer.from(text, 'base64')
  // Node skips what is not base64, and the bytes are then too few.
  return decoded.length === Buffer.byteLength(text, 'base64') ? decoded : null
}

/** Base64 (RFC 4648, section 4) in pieces, decoded into its final place; JSON may write its slashes as "\\/". */
function createDecoder(most: number) {
  // Memory that is never written to is never really taken.
  let bytes = Buffer.allocUnsafeSlow(Math.max(64 * 1024, Math.ceil((Math.min(most, mostAtOnce) * 3) / 4)))
  let length = 0
  let rest = ''
  let isBroken = false

  function makeRoom(more: number): void {
    if (length + more <= bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, length + more))
    bytes.copy(larger, 0, 0, length)
    bytes = larger
  }

  function decode(quads: string): void {
    const size = Buffer.byteLength(quads, 'base64')
    makeRoom(size)
    // Node skips what is not base64, and the bytes are then too few.
    if (bytes.write(quads, length, 'base64') === size) length += size
    else isBroken = true
  }

  return {
    add(part: Buffer): void {
      if (isBroken) return
      let all = rest + part.toString('latin1')
      if (all.includes('\\')) all = all.replaceAll('\\/', '/')
      // An escape may be cut in two.
      const whole = all.endsWith('\\') ? all.length - 1 : all.length
      const usable = whole - (whole % 4)
      rest = all.slice(usable)
      decode(all.slice(0, usable))
    },
    end(): Buffer | null {
      if (rest !== '') decode(rest)
      return isBroken ? null : bytes.subarray(0, length)
    },
  }
}
