import { expect, test } from 'vitest'
import { cancelBesideClones } from '../../src/mocks/fronts/cancel-beside-clones.ts'

/** A response that comes in two pieces, and tells of a cancel. */
function inTwoPieces() {
  const seen = { cancelled: false }
  const pieces = ['one ', 'two']
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
    cancel() {
      seen.cancelled = true
    },
  })
  return { response: cancelBesideClones(new Response(body)), seen }
}

test('an unread clone holds up no cancel, and is cancelled, too', async () => {
  const { response, seen } = inTwoPieces()
  const clone = response.clone()
  await response.body!.cancel()
  expect(seen.cancelled).toBe(true)
  expect(clone.bodyUsed).toBe(true)
})

test('a clone that is being read is read to its end', async () => {
  const { response, seen } = inTwoPieces()
  const text = response.clone().text()
  await response.body!.cancel()
  expect(await text).toBe('one two')
  expect(seen.cancelled).toBe(false)
})

test('who cancels nothing reads all, twice', async () => {
  const { response } = inTwoPieces()
  const texts = [response.clone().text(), response.text()]
  expect(await Promise.all(texts)).toEqual(['one two', 'one two'])
})

test('a body that breaks breaks for both, and its cancel goes unheard', async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('broken')) })
  const response = cancelBesideClones(new Response(broken))
  const clone = response.clone()
  await expect(clone.text()).rejects.toThrow('broken')
  await response.body!.cancel()
})

test('a response without a body stays as it is', () => {
  const response = new Response(null, { status: 204 })
  expect(cancelBesideClones(response).clone().body).toBe(null)
})
