import { useLocalText } from '../platform/i18n/i18n.ts'
import { useModels } from './catalogue.ts'

/** Name of a model in the language in use; its id while the catalogue is not read, or when it left the catalogue. */
export function useModelName(id: string): string {
  const localText = useLocalText()
  const model = useModels(({ list }) => list?.find(entry => entry.id === id))
  return model ? localText(model.name) : id
}
