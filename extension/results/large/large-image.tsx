import { type DragEvent, useEffect, useState } from 'react'
import type { Picture } from '../../../bff/contract/library.ts'
import { fileName } from '../../jobs/files/file-name.ts'
import { useBytes } from '../../jobs/files/use-bytes.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { useWords } from '../../ui/use-words.ts'

/** Stepping through quickly loads small copies only. */
const lingerTime = 200

function useLingers(): boolean {
  const [lingers, setLingers] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLingers(true), lingerTime)
    return () => clearTimeout(timer)
  }, [])
  return lingers
}

/** The picture as large as the panel allows: the small copy at once, the file when it is there. It can be dragged out. */
export function LargeImage({ picture }: { picture: Picture }) {
  const t = useT()
  const words = useWords(picture.prompt)
  const small = useBytes('thumbnail', picture.id, true)
  const file = useBytes('file', picture.id, useLingers())
  const url = file.url ?? small.url

  const onDragStart = ({ dataTransfer }: DragEvent): void => {
    if (file.url) dataTransfer.setData('DownloadURL', `${picture.mime}:${fileName(picture)}:${file.url}`)
  }

  return (
    <figure className="results-large-picture">
      {url ? (
        <img src={url} alt={words} width={picture.width} height={picture.height} onDragStart={onDragStart} />
      ) : (
        file.hasFailed && <span className="results-missing">{t('results.not_loaded')}</span>
      )}
    </figure>
  )
}
