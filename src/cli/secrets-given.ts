import type { Command } from 'commander'
import { redactor } from '../endpoint/index.ts'
import { type Header, secretsInBody } from '../wire/index.ts'

interface Secrets {
  /** One, or those that callers may bear. */
  readonly apiKey?: string | readonly string[]
  readonly controlToken?: string
  readonly header?: readonly Header[]
  readonly vs?: string
  readonly proxy?: string | false
  readonly redis?: string
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
      redis = '',
      extraBody = {},
    } = command.opts<Secrets>()
    const sentAlong = secretsInBody(JSON.stringify(extraBody)) ?? []
    const urls = command.processedArgs.filter((each) => typeof each === 'string')
    const keys = [...[apiKey].flat(), controlToken]
    return [...urls, vs, proxy || '', redis].flatMap((givenUrl) =>
      keys.map((key) => redactor({ givenUrl, apiKey: key, headers, sentAlong })),
    )
  })
  return (text) => redactors.reduce((rest, { text: redact }) => redact(rest), text)
}
