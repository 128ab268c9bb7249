import type { DragEvent } from 'react'
import type { Picture } from '../../bff/contract/library.ts'
import { useT } from '../platform/i18n.ts'
import { fileName } from './file-name.ts'
import { useBytes } from './use-bytes.ts'
import { useWords } from './use-words.ts'

/** The picture as large as the panel allows: the small copy at once, the file when it is there. It can be dragged out. */
export function LargeImage({ picture }: { picture: Picture }) {
  const t = useT()
  const words = useWords(picture.prompt)
  const small = useBytes('thumbnail', picture.id, true)
  const file = useBytes('file', picture.id, true)
  const url = file.url ?? small.url

  const onDragStart = ({ dataTransfer }: DragEvent): void => {
    if (file.url) dataTransfer.setData('DownloadURL', `${picture.mime}:${fileName(picture)}:${file.url}`)
  }

  return (
    <figure className="results-large-stage">
      {url ? (
        <img src={url} alt={words} width={picture.width} height={picture.height} onDragStart={onDragStart} />
      ) : (
        file.hasFailed && <span className="results-missing">{t('results.not_loaded')}</span>
      )}
    </figure>
  )
}
