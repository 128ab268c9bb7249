import type { EffectName } from '../prompt/vocabulary.ts'
import type { Effect } from './effect.ts'
import { halftone } from './halftone.ts'
import { ink } from './ink.ts'
import { line } from './line.ts'
import { noir } from './noir.ts'
import { paint } from './paint.ts'
import { pencil } from './pencil.ts'
import { pixel } from './pixel.ts'
import { poster } from './poster.ts'
import { watercolour } from './watercolour.ts'

export const effects: Record<EffectName, Effect> = {
  halftone,
  ink,
  line,
  noir,
  paint,
  pencil,
  pixel,
  poster,
  watercolour,
}
