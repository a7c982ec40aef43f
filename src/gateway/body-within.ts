/** The body of a request; nothing where it has more bytes than it may. */
export async function bodyWithin(request: Request, most: number): Promise<string | undefined> {
  if (Number(request.headers.get('content-length')) > most) return undefined
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const bytes of request.body ?? []) {
    size += bytes.length
    if (size > most) return undefined
    text += decoder.decode(bytes, { stream: true })
  }
  return text + decoder.decode()
}
