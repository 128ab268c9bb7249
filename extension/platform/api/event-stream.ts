/** One message of a text/event-stream, as the HTML standard defines it. */
export interface StreamMessage {
  event: string
  data: string
  /** Last id seen on the stream, '' before the first. */
  id: string
}

/**
 * A parser to feed with decoded text in pieces of any size. Calls back per message; comments (the heartbeat) and unknown
 * fields are skipped, as the standard asks.
 */
export function createStreamParser(onMessage: (message: StreamMessage) => void): (text: string) => void {
  let rest = ''
  let event = ''
  let data: string[] = []
  let id = ''
  let afterCarriageReturn = false

  const readLine = (line: string) => {
    if (line === '') {
      if (data.length > 0) onMessage({ event: event || 'message', data: data.join('\n'), id })
      event = ''
      data = []
      return
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
  }

  return text => {
    // A line may end in \r\n with the border of two pieces in between: the \n is then not a line of its own.
    const piece = afterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') afterCarriageReturn = text.endsWith('\r')
    const lines = (rest + piece).split(/\r\n|\r|\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) readLine(line)
  }
}
