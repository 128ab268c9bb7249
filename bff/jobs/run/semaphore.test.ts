import { expect, test } from 'vitest'
import { createSemaphores } from './semaphore.ts'

/** Places of one provider in the order they asked, and which of them have been let in so far. */
function ask(room: ReturnType<typeof createSemaphores>, count: number, provider = 'openai') {
  const inside: number[] = []
  const places = Array.from({ length: count }, (_, index) => {
    const place = room.place(provider)
    void place.admit().then(() => inside.push(index))
    return place
  })
  return { places, inside }
}
const settled = () => new Promise(resolve => setImmediate(resolve))

test('so many answers of a provider are read at once; the others wait in the order they came', async () => {
  const { places, inside } = ask(createSemaphores({ perProvider: 2 }), 4)
  await settled()
  expect(inside).toEqual([0, 1])
  places[1]!.release()
  await settled()
  expect(inside).toEqual([0, 1, 2])
  places[0]!.release()
  places[2]!.release()
  await settled()
  expect(inside).toEqual([0, 1, 2, 3])
})

test('the answers of one provider do not wait for those of another', async () => {
  const room = createSemaphores({ perProvider: 1 })
  const first = ask(room, 1)
  const other = ask(room, 1, 'gemini')
  await settled()
  expect([first.inside, other.inside]).toEqual([[0], [0]])
})

test('asking twice takes one place, and giving it back twice gives one', async () => {
  const room = createSemaphores({ perProvider: 1 })
  const place = room.place('openai')
  await Promise.all([place.admit(), place.admit()])
  place.release()
  place.release()
  const { inside } = ask(room, 2)
  await settled()
  expect(inside).toEqual([0])
})

test('a call that ends while it waits leaves its turn to the next', async () => {
  const { places, inside } = ask(createSemaphores({ perProvider: 1 }), 3)
  places[1]!.release()
  places[0]!.release()
  await settled()
  expect(inside).toContain(2)
})

test('a call that never asked has nothing to give back', async () => {
  const room = createSemaphores({ perProvider: 1 })
  room.place('openai').release()
  const { inside } = ask(room, 2)
  await settled()
  expect(inside).toEqual([0])
})
