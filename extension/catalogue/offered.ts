import type { Model } from '../../bff/contract/models.ts'

export const isImageModel = ({ kind }: Model) => kind === 'image'

/** Whether a job can be given to it now. */
export const isOpen = ({ status, availability }: Model) => status !== 'retired' && availability === 'ready'

/** Models that make pictures; a retired one keeps its entry in the catalogue for old pictures only. */
export const imageModels = (list: readonly Model[]) =>
  list.filter(model => isImageModel(model) && model.status !== 'retired')

export const readingModels = (list: readonly Model[]) => list.filter(model => model.kind === 'reading' && isOpen(model))
