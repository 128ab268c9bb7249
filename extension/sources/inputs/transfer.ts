/** What a paste or a drop brings, in the words of the DataTransfer that both events carry. */
export interface TransferLike {
  types: readonly string[]
  files: ArrayLike<File>
  getData(type: string): string
}

export interface Brought {
  pictures: File[]
  /** Files that are no pictures. */
  refused: number
  /** Only when no file came along: the address of a picture dragged out of a page. */
  address: string | null
}

/** A file without a type may still be a picture; its bytes decide later. */
const mayBePicture = (file: File) => file.type === '' || file.type.startsWith('image/')

/** The first address of a text/uri-list that a picture can have (RFC 2483: one a line, `#` starts a comment). */
export const firstAddress = (uriList: string): string | null =>
  uriList
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .find(line => !line.startsWith('#') && /^(https?|data|blob):/i.test(line)) ?? null

/** Files first: a picture dragged out of a page hands over its original bytes. Its address is only a hint to read by. */
export const readDrop = (transfer: TransferLike): Brought => {
  const files = Array.from(transfer.files)
  const pictures = files.filter(mayBePicture)
  return {
    pictures,
    refused: files.length - pictures.length,
    address: files.length === 0 ? firstAddress(transfer.getData('text/uri-list')) : null,
  }
}

/** The pictures of a paste; none when the person is pasting text into a field. */
export const readPaste = (transfer: TransferLike, intoField: boolean): Brought => {
  const isText = intoField && transfer.types.includes('text/plain')
  return isText ? { pictures: [], refused: 0, address: null } : { ...readDrop(transfer), address: null }
}

export const isTextField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable=true]') !== null
