import { once } from 'node:events'
import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A connection on which a test says what no client library would say. */
export function openLine(port: number) {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', chunk => {
    text += chunk
  })
  socket.on('error', () => {})
  return {
    opened: once(socket, 'connect'),
    /** Sends, and reads what comes back until the server closes the line. */
    async send(bytes: string): Promise<RawAnswer> {
      socket.write(bytes)
      await once(socket, 'close')
      return readAnswer(text)
    },
  }
}

export const sendRaw = (port: number, bytes: string): Promise<RawAnswer> => openLine(port).send(bytes)

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: text.slice(end + 4) }
}
