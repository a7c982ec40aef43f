import { UNHURRIED } from '../../scripts/unhurried.ts'
import {
  check,
  type CheckOptions,
  type CheckReport,
  lint,
  type LintReport,
} from '../../src/conformance/index.ts'
import { jsonReply } from '../../src/wire/index.ts'
import { play } from '../../src/wire/node.ts'
import { bytes } from './bytes.ts'
import { faultOf } from './fault.ts'
import { HOSTILE } from './hostile.ts'
import { rawServer } from './raw-server.ts'
import { referenceServer } from './reference-server.ts'

/** The report of a run on the reference server, broken by a mutant if one is named. */
export async function reportOf(
  checkId?: string,
  mutant?: string,
  policy: Omit<CheckOptions, 'url'> = {},
): Promise<CheckReport> {
  const broken = checkId === undefined ? {} : faultOf(checkId, mutant!)
  const apiKey = 'sesame-1234-open'
  const url = await referenceServer({ apiKey, ...broken })
  return check({ url, apiKey, limits: UNHURRIED, ...policy })
}

/** The report of a run that judges nothing, since the endpoint limits its rate. */
export async function inconclusiveReport(): Promise<CheckReport> {
  const limited = jsonReply(429, { error: { message: 'slow down' } }, [['retry-after', '1']])
  return check({ url: await rawServer((_, response) => void play(limited, response)) })
}

/** A report whose every text that an endpoint or a file name has a say in is hostile. */
export function hostileReport(text = HOSTILE): LintReport {
  const chunk = {
    id: text,
    object: text,
    created: text,
    model: text,
    choices: [
      {
        index: 0,
        delta: { role: text, tool_calls: [{ index: 0, id: 'a', function: { name: text } }] },
        finish_reason: text,
      },
    ],
  }
  const body = bytes(`${text}\n\nevent: ${text}\ndata: ${JSON.stringify(chunk)}\n\n`)
  const report = lint([{ file: `${text}.sse`, body }])
  const [file] = report.files
  // Reasons and actual values may quote an endpoint, too.
  const results = file!.checks.map((result) => ({
    ...result,
    reason: result.reason === null ? null : text,
    findings: result.findings.map((finding) => ({
      ...finding,
      message: `${finding.message} ${text}`,
      actual: text,
      repeat: text,
    })),
  }))
  return { ...report, files: [{ ...file!, checks: results, reasons: [text] }] }
}
