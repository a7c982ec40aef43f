import {
  type BenchOptions,
  benchmark,
  findCapacity,
  type Load,
  longestSearch,
  SoundcheckError,
  sweep,
  versus,
} from '../../bench/index.ts'
import {
  benchReporters,
  capacityHeadText,
  capacityStepText,
  capacityText,
  jsonText,
  sweepHeadText,
  sweepStepText,
  sweepText,
  versusText,
} from '../../report/index.ts'
import { type ApiType, apiTypeAt } from '../../protocol/index.ts'
import { type BenchFlags, toLoads } from '../options/bench-flags.ts'
import { EXIT, type ExitCode, exitCodeOf, exitCodeOfDifference, worstOf } from '../exit-code.ts'
import { outputsOf } from '../options/reporter-option.ts'
import { terminalStyle } from '../progress/terminal-style.ts'
import { makeFoldersFor, writeOutputs } from '../files/write-outputs.ts'

/** Measures in the way the flags ask for, and writes what came of it. */
export async function measure(
  options: BenchOptions,
  flags: BenchFlags,
  stopProgress: () => void,
): Promise<ExitCode> {
  const loads = toLoads(flags)
  checkFit(flags, loads)
  if (flags.findCapacity) return measureCapacity(options, flags, stopProgress)
  if (loads.length > 1) return measureSweep({ ...options, loads }, flags, stopProgress)
  const run = { ...options, load: loads[0]! }
  if (flags.vs !== undefined) return measureBoth(run, flags.vs, flags, stopProgress)
  const outputs = outputsOf(flags, [flags.prompts, flags.replay])
  // What was measured cannot be measured again: each report has its place before.
  for (const output of outputs) await makeFoldersFor([output])
  const report = await benchmark(run)
  stopProgress()
  await writeOutputs(outputs, report.verdict, (name, style) =>
    benchReporters[name](report, { ...style, isWhole: flags.all === true }),
  )
  return exitCodeOf(report.verdict)
}

/** @throws SoundcheckError for what goes with one load only. */
function checkFit(flags: BenchFlags, loads: readonly Load[]): void {
  if (loads.length === 1) return
  const { concurrency = [], rate = concurrency, vs, findCapacity: capacity } = flags
  const { shard, reporter, out, all } = flags
  const others = {
    '--vs': vs,
    '--find-capacity': capacity,
    '--shard': shard,
    '--reporter': reporter,
    '--out': out,
    '--all': all,
  }
  const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? []
  if (other === undefined) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${other} takes one load, not the ${loads.length} of ${rate.join(',')}: give one`,
  )
}

async function measureBoth(
  options: BenchOptions,
  url: string,
  flags: BenchFlags,
  stopProgress: () => void,
): Promise<ExitCode> {
  const second = { url, apiType: flags.vsApiType ?? typeOfSecond(url, options) }
  const result = await versus(options, second, flags)
  stopProgress()
  if (flags.json) process.stdout.write(jsonText(result))
  else process.stdout.write(versusText(result, terminalStyle()))
  return worstOf([
    exitCodeOf(result.first.verdict),
    exitCodeOf(result.second.verdict),
    exitCodeOfDifference(result.comparison.difference),
  ])
}

async function measureCapacity(
  options: BenchOptions,
  flags: BenchFlags,
  stopProgress: () => void,
): Promise<ExitCode> {
  const { json } = flags
  const style = terminalStyle()
  const search = {
    ...options,
    spacing: flags.arrival,
    ...(flags.rate && { startRate: flags.rate[0]! }),
  }
  const effort = longestSearch(search)
  stopProgress()
  process.stderr.write(capacityHeadText(effort, style))
  const capacity = await findCapacity({
    ...search,
    onStep(step) {
      stopProgress()
      if (!json) process.stdout.write(capacityStepText(step, style))
    },
  })
  if (json) process.stdout.write(jsonText(capacity))
  else process.stdout.write(capacityText(capacity, style))
  if (capacity.ratePerSecond !== null) return EXIT.good
  return capacity.isComplete ? EXIT.overBudget : EXIT.inconclusive
}

async function measureSweep(
  options: BenchOptions & { readonly loads: readonly Load[] },
  flags: BenchFlags,
  stopProgress: () => void,
): Promise<ExitCode> {
  const { json } = flags
  const style = terminalStyle()
  let head = sweepHeadText(flags.rate ? 'rate' : 'concurrency', style)
  const result = await sweep({
    ...options,
    onStep(step) {
      stopProgress()
      if (!json) process.stdout.write(head + sweepStepText(step, style))
      head = ''
    },
  })
  if (json) process.stdout.write(jsonText(result))
  else process.stdout.write(sweepText(result, style))
  return worstOf(result.steps.map(({ report }) => exitCodeOf(report.verdict)))
}

/** What its URL tells, else that of the first. */
function typeOfSecond(url: string, first: BenchOptions): ApiType | undefined {
  return apiTypeAt(url) ?? apiTypeAt(first.url) ?? first.apiType
}
