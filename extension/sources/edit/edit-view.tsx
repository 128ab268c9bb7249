import './edit.css'
import { type KeyboardEvent, useId, useState } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { useDialog } from '../../ui/use-dialog.ts'
import type { Dimensions } from '../inspect/dimensions.ts'
import { setSlotState } from '../store.ts'
import { applyEdits } from './apply-edits.ts'
import { EditSurface } from './edit-surface.tsx'
import { EditTools } from './edit-tools.tsx'
import { type Edits, isEdited, noEdits } from './edits.ts'
import { middleOf, wholeOf } from './rect.ts'
import { brushSizes, type Tool } from './tools.ts'
import { addBlur, type Editor, useEditor } from './use-editor.ts'
import { useShown } from './use-shown.ts'

interface EditViewProps {
  slot: { id: string; edits: Edits }
  picture: Dimensions
  name: string
  onClose: () => void
}

/** Ctrl/Cmd+Z and, in both ways people know, its opposite. */
function stepByKey(event: KeyboardEvent, { undo, redo }: Editor) {
  const key = event.key.toLowerCase()
  if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return
  event.preventDefault()
  event.stopPropagation()
  if (key === 'y' || event.shiftKey) redo()
  else undo()
}

/** Over the whole panel: what of a picture is cut off or blurred. Nothing is changed before Done; Esc changes nothing. */
export function EditView({ slot, picture, name, onClose }: EditViewProps) {
  const t = useT()
  const dialog = useDialog()
  const titleId = useId()
  const hintId = useId()
  const editor = useEditor(slot.edits)
  const shown = useShown(slot.id, reason => {
    setSlotState(slot.id, { kind: 'failed', reason })
    onClose()
  })
  const [tool, setTool] = useState<Tool>('crop')
  const [brushSize, setBrushSize] = useState<number>(brushSizes.usual)
  const [area, setArea] = useState(() => middleOf(slot.edits.crop ?? wholeOf(picture)))
  const { edits, step } = editor
  const { width, height } = edits.crop ?? picture

  const blurArea = () => step(addBlur({ kind: 'area', area }))
  const reset = () => {
    if (isEdited(edits)) step(() => noEdits)
  }
  const done = () => {
    if (edits !== slot.edits) void applyEdits(slot.id, edits)
    onClose()
  }

  return (
    <dialog
      ref={dialog}
      className="edit"
      aria-labelledby={titleId}
      onKeyDown={event => stepByKey(event, editor)}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <EditHead titleId={titleId} name={name} editor={editor} />
      {shown ? (
        <EditSurface
          shown={shown}
          picture={picture}
          name={name}
          editor={editor}
          tool={tool}
          hintId={hintId}
          brush={(brushSize / 100) * Math.max(picture.width, picture.height)}
          area={area}
          onArea={setArea}
          onBlurArea={blurArea}
        />
      ) : (
        <p className="edit-surface">{t('sources.edit.opening')}</p>
      )}
      <EditTools
        tool={tool}
        hintId={hintId}
        onTool={setTool}
        brushSize={brushSize}
        onBrushSize={setBrushSize}
        onBlurArea={blurArea}
      />
      <div className="edit-state">
        <p role="status">
          {t('sources.edit.state', { width: String(width), height: String(height), blurs: edits.blurs.length })}
        </p>
        <Button look="link" aria-disabled={!isEdited(edits)} onClick={reset}>
          {t('sources.edit.reset')}
        </Button>
      </div>
      <footer>
        <Button onClick={onClose}>{t('sources.edit.cancel')}</Button>
        <Button onClick={done}>{t('sources.edit.done')}</Button>
      </footer>
    </dialog>
  )
}

function EditHead({ titleId, name, editor }: { titleId: string; name: string; editor: Editor }) {
  const t = useT()
  const { canUndo, canRedo, undo, redo } = editor
  return (
    <header>
      <h2 id={titleId}>{t('sources.edit.title', { name })}</h2>
      <Button look="link" aria-disabled={!canUndo} onClick={undo}>
        {t('sources.edit.undo')}
      </Button>
      <Button look="link" aria-disabled={!canRedo} onClick={redo}>
        {t('sources.edit.redo')}
      </Button>
    </header>
  )
}
