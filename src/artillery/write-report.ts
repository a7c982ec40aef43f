import { writeFile } from 'node:fs/promises'
import { type BenchReport, SoundcheckError } from '../bench/index.ts'

/**
 * Writes what `bench --out` would write: to a file, or by PUT to a URL, since the disk of a worker in
 * the cloud goes with it.
 *
 * @throws SoundcheckError when the report is not taken.
 */
export async function writeReport(report: BenchReport, out: string): Promise<void> {
  const text = `${JSON.stringify(report)}\n`
  if (!/^https?:\/\//i.test(out)) {
    return writeFile(out, text).catch((error: Error) => {
      throw cannotWrite(out, error.message)
    })
  }
  // What cannot be read may hold a secret anywhere.
  if (!URL.canParse(out)) throw cannotWrite('out', 'it is not a URL')
  const { origin, pathname, search, username, password } = new URL(out)
  // Signatures stand in the query.
  const shown = `${origin}${pathname}${search && '?...'}`
  if (username !== '' || password !== '') {
    throw cannotWrite(shown, 'leave the name and the password out of the URL, and sign it instead')
  }
  const response = await fetch(out, {
    method: 'PUT',
    // Azure Blob Storage asks for its type; others do not mind.
    headers: { 'content-type': 'application/json', 'x-ms-blob-type': 'BlockBlob' },
    body: text,
  }).catch((error: Error) => {
    const { message } = error.cause instanceof Error ? error.cause : error
    throw cannotWrite(shown, message)
  })
  await response.body?.cancel()
  if (!response.ok) throw cannotWrite(shown, `it answered a PUT with status ${response.status}`)
}

function cannotWrite(out: string, why: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `cannot write to "${out}": ${why}`)
}
