import { expect, test } from 'vitest'
import type { Picture } from '../../bff/contract/library.ts'
import { createResults } from './mirror.ts'
import { withPicture } from './state.ts'
import { idOf, picture } from './test/fixtures.ts'

/** A request that is answered by hand. */
function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<Picture | null>()
  return { send: () => promise, resolve, reject }
}

function open() {
  const results = createResults()
  results.receive(picture(1), withPicture)
  const shown = () => results.store.getState().pictures[idOf(1)]
  return { results, shown }
}

const star = picture(1, { favourite: true })

test('an own change shows at once, and stays when it is answered', async () => {
  const { results, shown } = open()
  const request = pending()
  const changing = results.change(idOf(1), { before: picture(1), after: star, send: request.send })
  expect(shown()).toEqual(star)
  request.resolve(star)
  await changing
  expect(shown()).toEqual(star)
})

test('an own change comes to what the backend answered, with whatever else it knows by then', async () => {
  const { results, shown } = open()
  const answer = { ...star, bytes: 2_000 }
  const send = async () => answer
  expect(await results.change(idOf(1), { before: picture(1), after: star, send })).toEqual(answer)
  expect(shown()).toEqual(answer)
})

test('an own change that fails is taken back and said', async () => {
  const { results, shown } = open()
  const request = pending()
  const changing = results.change(idOf(1), { before: picture(1), after: null, send: request.send })
  expect(shown()).toBeUndefined()
  request.reject(new Error('down'))
  await expect(changing).rejects.toThrow('down')
  expect(shown()).toEqual(picture(1))
})

test('changes of one picture are sent one after the other, and the last one decides', async () => {
  const { results, shown } = open()
  const [first, second] = [pending(), pending()]
  const sent: string[] = []
  const deleting = results.change(idOf(1), {
    before: picture(1),
    after: null,
    send: () => {
      sent.push('delete')
      return first.send()
    },
  })
  const restoring = results.change(idOf(1), {
    before: null,
    after: picture(1),
    send: () => {
      sent.push('restore')
      return second.send()
    },
  })
  expect([shown(), sent]).toEqual([picture(1), ['delete']])
  first.resolve(null)
  await deleting
  await new Promise(setImmediate)
  expect([shown(), sent]).toEqual([picture(1), ['delete', 'restore']])
  second.resolve(picture(1))
  await restoring
  expect(shown()).toEqual(picture(1))
})

test('a change that fails does not stop the one that waits behind it', async () => {
  const { results, shown } = open()
  const [first, second] = [pending(), pending()]
  const deleting = results.change(idOf(1), { before: picture(1), after: null, send: first.send })
  const starring = results.change(idOf(1), { before: picture(1), after: star, send: second.send })
  first.reject(new Error('down'))
  await expect(deleting).rejects.toThrow()
  expect(shown()).toEqual(star)
  second.resolve(star)
  await starring
  expect(shown()).toEqual(star)
})

test('nothing of a person comes back after they have left', async () => {
  const { results, shown } = open()
  const request = pending()
  const answer = Promise.withResolvers<typeof star>()
  const changing = results.change(idOf(1), { before: picture(1), after: null, send: request.send })
  const answering = results.read(() => answer.promise, withPicture)
  results.empty()
  request.reject(new Error('signed out'))
  answer.resolve(star)
  await answering
  expect([await changing, shown()]).toEqual([undefined, undefined])
})

test('an own change that is answered after its person has left came to nothing', async () => {
  const { results } = open()
  const request = pending()
  const changing = results.change(idOf(1), { before: picture(1), after: star, send: request.send })
  results.empty()
  request.resolve(star)
  expect(await changing).toBeUndefined()
})
