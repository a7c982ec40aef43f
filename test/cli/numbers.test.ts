import { type Command, InvalidArgumentError, type Option } from 'commander'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'

/** What each rule that a refusal states takes. */
const RULES: readonly (readonly [RegExp, (value: number, ...bounds: number[]) => boolean])[] = [
  [
    /^Give a whole number from (\d+) to (\d+)\.$/,
    (value, min, max) => Number.isInteger(value) && value >= min && value <= max,
  ],
  [
    /^Give (?:a number|seconds), from ([\d.]+) to (\d+)\.$/,
    (value, min, max) => value >= min && value <= max,
  ],
  [/^Give a number from ([\d.]+) to (\d+)\.$/, (value, min, max) => value >= min && value <= max],
  [
    /^Give (?:a number above|seconds, more than) (\d+),? and at most (\d+)\.$/,
    (value, min, max) => value > min && value <= max,
  ],
  [
    /^Give a share above (\d+) and below (\d+), such as 0\.05\.$/,
    (value, min, max) => value > min && value < max,
  ],
]

const TEXTS = ['-1', '0', '0.5', '1', '1.5', '64', '3600', '3601', '1000000', '1000001', '1e9']
const NO_NUMBERS = ['', ' ', 'NaN', 'Infinity', 'none']

async function allCommands(): Promise<Command[]> {
  const top = await Promise.all(Object.values(commands).map((load) => load(() => {})))
  return top.flatMap((command) => [command, ...command.commands])
}

/** What an option says of a text that it refuses; `null` where it takes it. */
function refusalOf({ parseArg }: Option, text: string): string | null {
  try {
    parseArg!(text, undefined)
    return null
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error.message
    throw error
  }
}

/** Numbers that an option takes although its refusal says otherwise, or refuses although it does not. */
function untruths(option: Option): string[] {
  const message = refusalOf(option, 'none') ?? ''
  const [rule, takes] = RULES.find(([each]) => each.test(message)) ?? []
  if (!rule || !takes) return [`states no rule that is known here: "${message}"`]
  const bounds = rule.exec(message)!.slice(1).map(Number)
  const isTaken = (text: string) => refusalOf(option, text) === null
  return [
    ...NO_NUMBERS.filter(isTaken).map((text) => `takes "${text}"`),
    ...[...TEXTS, ...bounds.flatMap((bound) => [bound - 1, bound, bound + 1].map(String))]
      .filter((text) => isTaken(text) !== takes(Number(text), ...bounds))
      .map((text) => `${isTaken(text) ? 'takes' : 'refuses'} ${text}: "${message}"`),
  ]
}

test('what is said of a number that is refused is what numbers are refused by', async () => {
  const options = (await allCommands()).flatMap((command) =>
    command.options.map((option) => ({ name: `${command.name()} ${option.long}`, option })),
  )
  const numeric = options.filter(({ option: { flags, parseArg } }) =>
    Boolean(parseArg && /<(?:n|n,\.\.\.|ms|seconds|share|bytes)>$/.test(flags)),
  )
  expect(numeric.length).toBeGreaterThan(35)
  expect(
    numeric.flatMap(({ name, option }) => untruths(option).map((each) => `${name} ${each}`)),
  ).toEqual([])
})

test.each([
  ['bench', '--rate', '1000001', 'Give a number above 0, and at most 1000000.'],
  ['bench', '--warmup', '-1', 'Give seconds, from 0 to 3600.'],
  ['bench', '--think', '3601', 'Give seconds, from 0 to 3600.'],
  ['bench', '--margin', '1', 'Give a share above 0 and below 1, such as 0.05.'],
  ['bench', '--silence', '2', 'Give a number from 0 to 1.'],
  ['bench', '--shard', '0/0', 'Write it as 0/3, 1/3 or 2/3: which part, counted from 0, of how'],
  ['bench', '--start-at', '-1', 'Give a time such as 2026-01-31T12:00:00Z, or seconds since 1970.'],
  ['gateway', '--rate', '0/min', 'Write it as 60/min, with a whole number from 1 to 9999999.'],
])('%s %s %s: %s', async (name, flag, text, message) => {
  const command = await commands[name]!(() => {})
  const option = command.options.find(({ long }) => long === flag)!
  expect(refusalOf(option, text)).toContain(message)
})

test.each(['--think', '--speculation', '--interruption', '--silence', '--warmup'])(
  '%s takes the 0 that is meant without it, or might be',
  async (flag) => {
    const { options } = await commands['bench']!(() => {})
    expect(
      refusalOf(
        options.find(({ long }) => long === flag)!,
        '0',
      ),
    ).toBeNull()
  },
)
