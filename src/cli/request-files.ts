import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckReport } from '../conformance/index.ts'
import type { RequestFile } from '../report/index.ts'
import type { Exchange } from '../wire/index.ts'
import { nameExchanges } from './name-exchanges.ts'

/**
 * Writes the bodies of requests that failed, so that a command can repeat them with `-d @file`: into
 * `requests/` of the folder where exchanges are saved, else into a temporary one.
 */
export async function writeRequestFiles(
  report: CheckReport,
  exchanges: readonly Exchange[],
  saveFolder: string | undefined,
): Promise<RequestFile> {
  const failed = new Set(
    report.checks.flatMap(({ findings }) =>
      findings.map(({ probe, exchange }) => `${probe}-${exchange}`),
    ),
  )
  if (failed.size === 0) return () => undefined
  const folder = await requestFolder(saveFolder)
  const files = new Map<string, string>()
  for (const [name, { request }] of nameExchanges(exchanges)) {
    if (!failed.has(name) || request.body === null) continue
    files.set(name, join(folder, `${name}.json`))
    await writeFile(files.get(name)!, request.body)
  }
  return (probe, exchange) => files.get(`${probe}-${exchange}`)
}

async function requestFolder(saveFolder: string | undefined): Promise<string> {
  if (saveFolder === undefined) return mkdtemp(join(tmpdir(), 'soundcheck-'))
  const folder = join(saveFolder, 'requests')
  await mkdir(folder, { recursive: true })
  return folder
}
