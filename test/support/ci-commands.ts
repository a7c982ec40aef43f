/** What an endpoint might say to have a CI carry it out; one of them has a colon too many. */
export const COMMANDS = [
  '::error::owned',
  ' \t::error file=a,line=1::owned',
  '::SET-OUTPUT name=a::b',
  ':::stop-commands::token',
  '##[error]owned',
  '###[add-mask]a',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[buildStop comment='owned']",
  'section_start:1:a\r\x1b[0K',
  '#\u200D#[error]owned',
  ':\u200D:error::owned',
  '\uFE0F::error::owned',
  '#\u034F#[error]owned',
  '::add-mas\u212A::owned',
]
/** Each at the start of lines, after spaces, within words of any length, and broken by a width. */
export const TEXT = [
  ...COMMANDS,
  ...COMMANDS.map((command) => `\n${command}`),
  ...Array.from({ length: 40 }, (_, i) => `${'x'.repeat(i)}${COMMANDS[i % COMMANDS.length]}`),
  '::error::owned'.repeat(40),
].join(' ')
/** What a header may hold. */
export const LINE = TEXT.replaceAll(/[^\x20-\x7e]/g, '')

/** A command that a CI would carry out, and who would. */
export interface CiCommand {
  readonly runner: 'github' | 'azure' | 'teamcity' | 'gitlab'
  readonly command: string
}

/** The commands of GitHub Actions, whose names count in any case. */
const GITHUB = new Set(
  `add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state
   set-env set-output stop-commands warning internal-set-repo-path`.split(/\s+/),
)

/** Reads a log as the runners of CIs do, on standard output and standard error. */
export function ciCommandsIn(log: string): CiCommand[] {
  const sections = log.match(/section_(?:start|end):\d+:[\w.-]+(?:\[[^\]]*\])?\r\x1b\[0K/g) ?? []
  return [
    ...sections.map((command) => ({ runner: 'gitlab' as const, command })),
    ...log.split(/\r\n|\r|\n/).flatMap(commandsOf),
  ]
}

function commandsOf(line: string): CiCommand[] {
  // They compare by culture, and so look past what is invisible.
  const seen = line.replaceAll(/[\p{Default_Ignorable_Code_Point}\0-\x08\x0e-\x1f]/gu, '')
  const github = newForm(seen.trimStart()) ?? oldForm(seen)
  const azure = /##(?:vso)?\[/i.exec(seen)
  const teamcity = /##teamcity\[/i.exec(seen)
  return [
    ...(github === undefined ? [] : [{ runner: 'github' as const, command: github }]),
    ...(azure ? [{ runner: 'azure' as const, command: seen.slice(azure.index) }] : []),
    ...(teamcity ? [{ runner: 'teamcity' as const, command: seen.slice(teamcity.index) }] : []),
  ]
}

/** `::name key=value::data`, at the start of a line. */
function newForm(line: string): string | undefined {
  const end = line.indexOf('::', 2)
  if (!line.startsWith('::') || end < 0) return undefined
  return isKnown(line.slice(2, end)) ? line : undefined
}

/** `##[name key=value]data`, anywhere in a line. */
function oldForm(line: string): string | undefined {
  const start = line.indexOf('##[')
  const end = line.indexOf(']', start)
  if (start < 0 || end < 0) return undefined
  return isKnown(line.slice(start + 3, end)) ? line.slice(start) : undefined
}

function isKnown(info: string): boolean {
  return GITHUB.has(info.split(' ')[0]!.toLowerCase())
}
