import { Command } from 'commander'
import { expect, test } from 'vitest'
import { headerOption } from '../../src/cli/options/options.ts'
import { withoutSecretsOf } from '../../src/cli/secrets-given.ts'

test('a text, such as a stack trace, loses all secrets that a command was given', async () => {
  const command = new Command('check')
    .argument('<url>')
    .option('--api-key <key>')
    .option('--control-token <token>')
    .option('--vs <url>')
    .addOption(headerOption)
    .action(() => {})
  const secrets = ['k3y/4aZq7+Wm', 't0ken-9xKc2', 'h3ader-Lt5vB', 'q1uery-n8Ry3', 'q2uery-Pd6Xw']
  const [key, token, header, query, other] = secrets
  await command.parseAsync(
    ['--api-key', key!, '--control-token', token!, '-H', `x-api-key: ${header}`].concat([
      '--vs',
      `http://b?key=${other}`,
      `http://a?key=${query}`,
    ]),
    { from: 'user' },
  )
  const text = `TypeError: ${secrets.join(' ')} ${encodeURIComponent(key!)} at line 7`
  expect(withoutSecretsOf([new Command('init'), command])(text)).toMatch(
    /^TypeError: (?:\*{11,12} ){5}\*{16} at line 7$/,
  )
})
