import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { spawnCli } from '../support/start-cli.ts'
import { toldSecret } from '../support/tells-secret.ts'

const KEY = 'sk-4aZq7+Wm/9xKc2=Lt5vBn8Ry3'
const URL = 'http://127.0.0.1:1/v1'

test('a key in the place of a URL is not shown, though it looks like a host', async () => {
  const { code, stderr } = await runCli(['check', '0123456789abcdef.9876543210fedcba'])
  expect(stderr).toContain('"..." is not an http:// or https:// URL')
  expect(code).toBe(2)
})

describe('a refusal says what is wrong without what may be a secret', () => {
  test.each([
    ['no colon', ['check', URL, '-H', `Authorization Bearer ${KEY}`], "as 'name: value'"],
    ['no quotes', ['check', '-H', 'Authorization:', 'Bearer', KEY], 'is something not quoted?'],
    ['a slip', ['check', URL, `--apikey=${KEY}`], "unknown option '--apikey'"],
    ['a short slip', ['check', URL, `-k${KEY}`], "unknown option '-k'"],
    ['an unknown command', ['scenarios', KEY], 'there is no command "..."'],
    ['no command', [KEY.replaceAll(/\W/g, '')], 'there is no command "..."'],
    ['no option', ['check', KEY], 'is not an http:// or https:// URL'],
    ['no scheme', ['bench', `host:80/v1?k=${KEY}`], 'did you mean http://host:80/v1?...?'],
    ['a wrong scheme', ['check', `htps://host/v1?k=${KEY}`], '"htps://host/v1?..." is not'],
    [
      'a password',
      ['check', `http://ava:${KEY.replace('/', '')}@host/v1`],
      'of host contains cred',
    ],
    ['a password of URLs', ['check', `http://ava:${KEY}@host/v1`], '"http://...@host/v1" is not'],
    ['a second URL', ['bench', URL, '--vs', `ftp://host?k=${KEY}`], '"ftp://host?..." is not'],
    ['init', ['init', `https://host/v1?api_key=${KEY}`], 'the query of the URL has "api_key"'],
    ['a URL to lint', ['lint', `http://x/?token=${KEY}`], 'folder "http://x/?..."'],
    ['nothing there', ['check', `${URL}?key=${KEY}`, '--api-key', KEY], 'Nothing is listening'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args, {}, await scratchFolder())
    expect(stderr).toContain(message)
    expect(code).toBe(2)
    expect(toldSecret(stdout + stderr, [KEY])).toBeUndefined()
  })

  test.each([
    [
      'no colon in a header',
      { headers: { 'x-a': KEY, [`Authorization ${KEY}`]: '' } },
      '/headers/Authorization is no header',
    ],
    ['a bad name', { headers: { 'x-a': KEY, 'x b': KEY } }, '/headers/x is no header'],
    ['no option', { [KEY]: '' }, 'there is no option of such a name; the options are'],
    ['a URL', { url: `htp://ava:${KEY}@host` }, '"htp://...@host" is not'],
  ])('in the configuration: %s', async (_, config, message) => {
    const folder = await scratchFolder()
    await writeFile(join(folder, 'soundcheck.config.json'), JSON.stringify({ url: URL, ...config }))
    const { code, stderr } = await runCli(['check'], {}, folder)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
    expect(toldSecret(stderr, [KEY])).toBeUndefined()
  })

  test.each([
    [
      'soundcheck.config.mjs',
      `export default { headers: { a: Bearer ${KEY.slice(3, 8)}9bX8cY7 } }`,
      ['check', URL, '--config', 'soundcheck.config.mjs'],
      'not valid code (SyntaxError)',
    ],
    [
      'saved.json',
      `{"key": ${KEY}}`,
      ['lint', 'saved.json'],
      '"saved.json" is not a saved exchange (not JSON: see line 1, column 9); "soundcheck check',
    ],
    [
      'mocks.json',
      `{\n  "key": ${KEY}}`,
      ['scenarios', 'import', 'mocks.json'],
      '"mocks.json" is not a fixture file of aimock (not JSON: see line 2, column 10)',
    ],
  ])('of %s', async (name, text, args, message) => {
    const folder = await scratchFolder()
    await writeFile(join(folder, name), text)
    const { code, stderr } = await spawnCli(args, {}, folder)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
    expect(toldSecret(stderr, [KEY, `${KEY.slice(3, 8)}9bX8cY7`])).toBeUndefined()
  })
})
