import { Option } from 'commander'
import { share } from './options.ts'

/** What decides whether two runs differ, and by how much. */
export const metricOption = new Option('--metric <name>', 'what decides')
  .choices(['ttft', 'ttft_sched', 'ttft_subst', 'ttfs', 'e2e', 'dead_air', 'tpot', 'tps'])
  .default('ttft')

export const marginOption = new Option(
  '--margin <share>',
  'share by which medians may differ without it mattering; slower and faster are what exceeds it for certain',
)
  .argParser(share)
  .default(0.05)
