import { create } from 'xmlbuilder'
import { check, findFault } from '../src/conformance/index.ts'
import { checkReportText } from '../src/report/index.ts'
import { startServer } from '../src/server/index.ts'
import { UNHURRIED } from './unhurried.ts'

const FAULT = 'tools/tool-no-index'
const SHOWN_URL = 'https://api.example.com/v1'
const COLUMNS = 92
/** In pixels. */
const [LINE, LETTER, MARGIN] = [20, 8, 20]

const FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'
const STYLE = `
  .window { fill: #ffffff; stroke: #d0d7de }
  text { fill: #1f2328; font: 13.3px ${FONT} }
  .bold { font-weight: 600 }
  .dim { fill: #636c76 }
  .red { fill: #c02530 }
  .green { fill: #1a7f37 }
  .yellow { fill: #8a5a00 }
  @media (prefers-color-scheme: dark) {
    .window { fill: #161b22; stroke: #3d444d }
    text { fill: #e6edf3 }
    .dim { fill: #9198a1 }
    .red { fill: #ff7b72 }
    .green { fill: #56d364 }
    .yellow { fill: #e3b341 }
  }`

/** What begins with the codes that picocolors writes. */
const CLASSES: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
}
/** And what ends. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  22: ['bold', 'dim'],
  39: ['red', 'green', 'yellow'],
}

/** What a terminal shows of a check of the reference server, whose tool calls have lost their index. */
export async function checkBroken(): Promise<string> {
  const fault = findFault(FAULT)
  const server = await startServer({ warm: true, ...(fault && { fault }) })
  try {
    const report = await check({ url: server.url, limits: UNHURRIED })
    const target = { ...report.target, url: SHOWN_URL }
    const style = { width: COLUMNS, color: true }
    return checkReportText({ ...report, target }, style, { repeatCommand: () => null }).trimEnd()
  } finally {
    await server.close()
  }
}

/** Draws what a terminal shows. */
export function drawTerminal(shown: string): string {
  const lines = shown.split('\n')
  const [width, height] = [
    COLUMNS * LETTER + 2 * MARGIN,
    (lines.length - 1) * LINE + 2 * MARGIN + 10,
  ]
  const svg = create('svg', { encoding: 'utf-8' })
    .att('xmlns', 'http://www.w3.org/2000/svg')
    .att({ viewBox: `0 0 ${width} ${height}`, width, height })
  svg.ele('style', STYLE)
  svg.ele('rect', { class: 'window', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8 })
  for (const [i, line] of lines.entries()) {
    const text = svg.ele('text', { x: MARGIN, y: MARGIN + 14 + i * LINE, 'xml:space': 'preserve' })
    for (const { words, classes } of spansOf(line)) {
      text.ele('tspan', classes.length > 0 ? { class: classes.join(' ') } : {}, words)
    }
  }
  return `${svg.end({ pretty: false }).replaceAll(/(?=<(?:style|rect|text)\b|<\/svg>)/g, '\n')}\n`
}

/** Whether two pictures differ in numbers alone: times, and sizes of identifiers. */
export function isSamePicture(a: string, b: string): boolean {
  return steady(a) === steady(b)
}

function steady(picture: string): string {
  return picture.replaceAll(/\d+/g, '#').replaceAll(/call_\w+/g, 'call')
}

/** The parts of a line that look alike. */
function spansOf(line: string): { words: string; classes: string[] }[] {
  const open = new Set<string>()
  // Every other piece is a code.
  return line.split(/\u001B\[(\d+)m/).flatMap((piece, i) => {
    if (i % 2 === 0) return piece === '' ? [] : [{ words: piece, classes: [...open] }]
    const begins = CLASSES[piece]
    if (begins !== undefined) open.add(begins)
    for (const ended of ENDS[piece] ?? []) open.delete(ended)
    return []
  })
}
