import type { TreatmentName } from '../words.ts'
import { noir } from './noir.ts'
import type { Treatment } from './treatment.ts'

export const treatments: Partial<Record<TreatmentName, Treatment>> = { noir }
