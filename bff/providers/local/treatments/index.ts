import type { TreatmentName } from '../words.ts'
import { ink } from './ink.ts'
import { noir } from './noir.ts'
import { paint } from './paint.ts'
import type { Treatment } from './treatment.ts'
import { watercolour } from './watercolour.ts'

export const treatments: Partial<Record<TreatmentName, Treatment>> = { ink, noir, paint, watercolour }
