import { useEffect, useState } from 'react'
import { sourceBytes } from '../bytes.ts'
import { cleanPicture } from '../clean/clean.ts'
import { ReadError, type ReadFailure } from '../readers/read-error.ts'
import { noEdits } from './edits.ts'

/** Long side at which the whole picture is shown: a wide panel on a dense display. */
const shownSide = 1280

const open = async (id: string) => {
  const stored = await sourceBytes.get(id)
  if (!stored) throw new ReadError('not_kept')
  return createImageBitmap((await cleanPicture(stored.original, shownSide, noEdits)).blob)
}

/** The whole unedited picture to edit on; `onFail` says why it cannot be opened. */
export const useShown = (id: string, onFail: (reason: ReadFailure) => void): ImageBitmap | null => {
  const [shown, setShown] = useState<ImageBitmap | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture is opened once, whoever waits for it
  useEffect(() => {
    let opened: ImageBitmap | undefined
    let current = true
    open(id).then(
      bitmap => {
        if (!current) return bitmap.close()
        opened = bitmap
        setShown(bitmap)
      },
      error => current && onFail(error instanceof ReadError ? error.reason : 'undecodable'),
    )
    return () => {
      current = false
      opened?.close()
    }
  }, [id])
  return shown
}
