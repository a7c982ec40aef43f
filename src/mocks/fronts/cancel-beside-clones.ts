type Body = ReadableStream<Uint8Array>

/**
 * Lets the body of a response be cancelled beside a clone that nobody reads.
 *
 * MSW 2 makes such a clone of every answer. By the Streams standard, a cancel then waits for the clone,
 * and so do clients that want an answer gone before they retry, as openai does after a 429: forever.
 * Node.js 26 clones without the `tee` of the stream, which leaves it to whoever sets up MSW.
 *
 * @see https://github.com/mswjs/interceptors/issues/712
 */
export function cancelBesideClones(response: Response): Response {
  const { body } = response
  if (body) body.tee = () => teeApart(body)
  return response
}

/** As `tee`, but a cancel of the first branch waits for nothing, and takes an unread second one along. */
function teeApart(body: Body): [Body, Body] {
  const [first, second] = ReadableStream.prototype.tee.call(body) as [Body, Body]
  const reader = first.getReader()
  const own: Body = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel(reason) {
        const ignore = () => {}
        reader.cancel(reason).catch(ignore)
        // Who reads it has it locked.
        if (!second.locked) second.cancel(reason).catch(ignore)
      },
    },
    { highWaterMark: 0 },
  )
  return [own, second]
}
