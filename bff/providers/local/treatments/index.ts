import type { TreatmentName } from '../words.ts'
import { halftone } from './halftone.ts'
import { ink } from './ink.ts'
import { line } from './line.ts'
import { noir } from './noir.ts'
import { paint } from './paint.ts'
import { pencil } from './pencil.ts'
import { pixel } from './pixel.ts'
import { poster } from './poster.ts'
import type { Treatment } from './treatment.ts'
import { watercolour } from './watercolour.ts'

export const treatments: Record<TreatmentName, Treatment> = {
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
