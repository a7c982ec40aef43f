import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scratchFolder } from '../support/scratch-folder.ts'
import type { TapHeld } from '../support/worn-tap.ts'

/** Of exchanges; `npm run test:wear` passes a thousand, and another. Fewer do not fill what is bounded. */
const HALF = Math.max(800, Number(process.env['CYCLES'] ?? 0))
/** What a collected heap may differ by from one time to the next: code that was compiled meanwhile, above all. */
const HEAP_NOISE_BYTES = 800_000

const PROGRAM = fileURLToPath(new URL('../support/worn-tap.ts', import.meta.url))

test(
  `a tap holds no more after ${HALF} exchanges, and as many again`,
  async () => {
    const args = ['--expose-gc', PROGRAM, String(HALF), await scratchFolder()]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args)
    const [first, second] = JSON.parse(stdout) as [TapHeld, TapHeld]
    const grown = second.heapBytes - first.heapBytes
    expect(grown).toBeLessThan(HEAP_NOISE_BYTES)
    expect([first.files, second.files]).toEqual([100, 100])
    // Two turns of each conversation are broken: what is told once takes a line for the turn, and its kinds.
    const turns = stderr.split('\n').filter((line) => / turn \d+ /.test(line))
    expect(turns.length).toBeGreaterThan(0)
    expect(turns.length).toBeLessThanOrEqual(Math.ceil((2 * HALF) / 4))
  },
  120_000 + HALF * 100,
)
