import type { Command } from 'commander'
import { redactor } from '../endpoint/index.ts'
import { type Header, secretsInBody } from '../wire/index.ts'

interface Secrets {
  readonly apiKey?: string
  readonly controlToken?: string
  readonly header?: readonly Header[]
  readonly vs?: string
  readonly proxy?: string | false
  readonly extraBody?: object
}

/** Makes a function that removes from a text whatever secrets commands were given, in whatever way. */
export function withoutSecretsOf(commands: readonly Command[]): (text: string) => string {
  const redactors = commands.flatMap((command) => {
    const {
      apiKey,
      controlToken,
      header: headers = [],
      vs = '',
      proxy,
      extraBody = {},
    } = command.opts<Secrets>()
    const sentAlong = secretsInBody(JSON.stringify(extraBody)) ?? []
    const urls = command.processedArgs.filter((each) => typeof each === 'string')
    return [...urls, vs, proxy || ''].flatMap((givenUrl) => [
      redactor({ givenUrl, apiKey, headers, sentAlong }),
      redactor({ givenUrl, apiKey: controlToken, headers }),
    ])
  })
  return (text) => redactors.reduce((rest, { text: redact }) => redact(rest), text)
}
