/**
 * How much more is read of a body that has too many bytes: some runtimes cut off a client that still
 * sends, which then never reads why.
 */
const LINGER_BYTES = 32 * 1024 * 1024

/** The body of a request; nothing where it has more bytes than it may. */
export async function bodyWithin(request: Request, most: number): Promise<string | undefined> {
  const atMost = most + LINGER_BYTES
  if (Number(request.headers.get('content-length')) > atMost) return undefined
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const bytes of request.body ?? []) {
    size += bytes.length
    if (size > atMost) return undefined
    if (size <= most) text += decoder.decode(bytes, { stream: true })
  }
  return size > most ? undefined : text + decoder.decode()
}
