import { useT } from '../../platform/i18n/i18n.ts'
import { FileDoor } from '../inputs/file-input.tsx'

/** The open place behind the last slot: names the three doors and is itself the third. */
export function AddTile({ empty }: { empty: boolean }) {
  const t = useT()
  if (empty)
    return (
      <li className="sources-add sources-add-wide">
        <FileDoor>
          <span>{t('sources.empty')}</span> <b>{t('sources.choose_file')}</b>
        </FileDoor>
      </li>
    )
  return (
    <li className="sources-add">
      <FileDoor aria-label={t('sources.add.name')}>
        <span>{t('sources.add.paste')}</span> <span>{t('sources.add.drop')}</span> <span>{t('sources.add.file')}</span>
      </FileDoor>
    </li>
  )
}
