import { useId } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { brushSizes, type Tool, tools } from './tools.ts'

interface EditToolsProps {
  tool: Tool
  hintId: string
  onTool: (tool: Tool) => void
  brushSize: number
  onBrushSize: (size: number) => void
  onBlurArea: () => void
}

/** Choice of the tool, what it does, and its one setting. */
export function EditTools({ tool, hintId, onTool, brushSize, onBrushSize, onBlurArea }: EditToolsProps) {
  const t = useT()
  const sizeId = useId()
  return (
    <div className="edit-tools">
      <Segmented
        label={t('sources.edit.tool')}
        options={tools.map(value => ({ value, label: t(`sources.edit.tool.${value}`) }))}
        value={tool}
        onChange={onTool}
      />
      <p id={hintId}>{t(`sources.edit.hint.${tool}`)}</p>
      {tool === 'brush' ? (
        <div className="sources-weight">
          <label htmlFor={sizeId}>{t('sources.edit.brush_size')}</label>
          <input
            id={sizeId}
            type="range"
            min={brushSizes.least}
            max={brushSizes.most}
            value={brushSize}
            onChange={event => onBrushSize(event.currentTarget.valueAsNumber)}
          />
          <output htmlFor={sizeId}>{brushSize}</output>
        </div>
      ) : null}
      {tool === 'area' ? <Button onClick={onBlurArea}>{t('sources.edit.blur_area')}</Button> : null}
    </div>
  )
}
