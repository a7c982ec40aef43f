import { check, type CheckReport, type Exchange } from '../../conformance/index.ts'
import { writeBaseline } from '../files/baseline-file.ts'
import { doAll } from '../files/do-all.ts'
import { exchangeSaver, makeExchangeFolder, repeatFromFiles } from '../files/exchange-folder.ts'
import { makeFoldersFor } from '../files/write-outputs.ts'
import { writeReports } from '../files/write-reports.ts'
import { outputsOf } from '../options/reporter-option.ts'
import { showEstimate } from '../progress/show-estimate.ts'
import { showProgress } from '../progress/show-progress.ts'
import { type CheckFlags, readCheckOptions } from './check-flags.ts'

/** What is checked: an endpoint that the user has, or our own, which is gone when the report is read. */
interface Checked {
  readonly url: string
  readonly server: 'built-in' | 'given'
}

/** Checks an endpoint, and writes the report, and whatever else the flags ask to be kept. */
export async function checkAndWrite(
  { url, server }: Checked,
  flags: CheckFlags,
  signal: AbortSignal,
): Promise<CheckReport> {
  const { save, baseline, failOn } = flags
  const outputs = outputsOf(flags, [baseline, flags.replay])
  const options = await readCheckOptions(flags)
  await makeFoldersFor(outputs)
  if (save !== undefined) await makeExchangeFolder(save)
  const { sent, onExchange, saved } = keeper(save)
  const progress = showProgress()
  const judged = await check({
    ...options,
    url,
    signal,
    onEstimate: showEstimate,
    onProgress: progress.update,
    onExchange,
  }).finally(progress.stop)
  const report = server === 'built-in' ? withoutRepeats(judged) : judged
  const findings = report.checks.flatMap((result) => result.findings)
  const repeatCommand =
    server === 'given' && outputs.some((each) => each.reporter === 'terminal')
      ? await repeatFromFiles(findings, sent, { save, proxy: report.target.proxy })
      : undefined
  await doAll([
    () => writeReports(report, outputs, { failOn, ...(repeatCommand && { repeatCommand }) }),
    async () => {
      if (!flags.updateBaseline || baseline === undefined || signal.aborted) return
      await writeBaseline(baseline, report)
    },
    saved,
  ])
  return report
}

/** Keeps what was sent, and saves the exchanges where there is a folder for them. */
function keeper(folder: string | undefined) {
  // Answers are not kept: all of them together may be large.
  const sent: Pick<Exchange, 'id' | 'request'>[] = []
  const save = folder === undefined ? undefined : exchangeSaver(folder)
  let saved: Promise<void> | undefined
  return {
    sent,
    onExchange: (exchange: Exchange) => {
      sent.push({ id: exchange.id, request: exchange.request })
      saved = save?.(exchange)
    },
    /** Resolves when all that came until now are saved. */
    saved: () => saved,
  }
}

/** A server that is gone when the report is read answers no command. */
function withoutRepeats(report: CheckReport): CheckReport {
  const checks = report.checks.map((result) => ({
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, repeat: null })),
  }))
  return { ...report, checks }
}
