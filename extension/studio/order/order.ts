import type { Generation } from '../../../bff/contract/generations.ts'
import type { Model, Role } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import type { AssignedSlot } from '../../sources/slots/roles.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import type { OrderOptions } from './choices.ts'

/** One picture of an order: as what it counts, and how much (0 to 100). */
export interface OrderedPicture {
  slot: Slot
  role: Role
  weight: number
}

/** All that one press asks for, and what the button says it costs. */
export interface Order {
  model: Model
  prompt: string
  negative: string
  options: OrderOptions
  /** In the order in which they are sent. */
  pictures: readonly OrderedPicture[]
  price: number
}

interface OrderParts {
  model: Model
  words: { prompt: string; negative: string }
  options: OrderOptions
  assigned: readonly AssignedSlot[]
}

/** The order of what lies ready. A model that knows nothing of keeping out gets no words for it. */
export const makeOrder = ({ model, words, options, assigned }: OrderParts): Order => {
  const pictures = assigned.flatMap(({ slot, role, used }) => (used ? { slot, role, weight: slot.weight } : []))
  return {
    model,
    prompt: words.prompt,
    negative: model.options.negative ? words.negative : '',
    options,
    pictures,
    price: priceOf(model.price, options, pictures.length),
  }
}

type Ordered = Pick<Generation, 'model' | 'prompt' | 'negative' | 'options' | 'price'>

/** Whether this order would ask for the same as a job, as far as a job remembers. */
export const isOrderOf = (order: Order, { model, prompt, negative, options, price }: Ordered) =>
  order.model.id === model &&
  order.prompt === prompt.trim() &&
  order.negative === negative.trim() &&
  order.options.aspect === options.aspect &&
  order.options.size === options.size &&
  order.options.quality === options.quality &&
  order.options.count === options.count &&
  order.options.transparent === options.transparent &&
  order.price === price
