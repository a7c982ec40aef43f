import type { JSONSchema } from 'json-schema-to-ts'
import { PROFILE_IDS } from '../conformance/index.ts'
import { API_TYPES, type Shape } from '../protocol/index.ts'

const texts = { type: 'array', items: { type: 'string' } } as const

/** What `soundcheck.config.ts` and `soundcheck.config.json` may hold. */
export const configSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/config.schema.json',
  title: 'Configuration of soundcheck',
  description:
    'Options of "check" and "lint"; the command line wins. Paths start at the working directory.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    url: { type: 'string', description: 'The server URL to check.' },
    profile: { enum: PROFILE_IDS, description: 'The platform that asks.' },
    model: { type: 'string', description: 'The model to ask for.' },
    apiType: { enum: API_TYPES, description: 'The API that is asked, as ElevenLabs names it.' },
    headers: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Further headers of every request.',
    },
    extraBody: {
      type: 'object',
      description: 'Sent along with every request, where the platform puts it.',
    },
    system: {
      type: 'string',
      description: 'A system prompt in place of ours, or the file that holds it.',
    },
    only: { ...texts, description: 'Judge only checks whose ids match.' },
    skip: { ...texts, description: 'Skip these checks.' },
    failOn: { enum: ['error', 'warning'], description: 'The lowest severity that fails the run.' },
    since: { type: 'string', description: 'The requirement set that can fail the run: 2026-11.' },
    timeout: { type: 'number', description: 'Seconds for each request.' },
    concurrency: { type: 'integer', description: 'Probes to run in parallel.' },
    quick: { type: 'boolean', description: 'Send six requests only.' },
    samples: {
      type: 'integer',
      description: 'How often to ask, at most, where the model may choose.',
    },
    budgets: { ...texts, description: 'Limits on times: first_content p(95)<1000.' },
    baseline: { type: 'string', description: 'The file of known failures.' },
    replay: { type: 'string', description: 'A recorded request, or a folder of them.' },
    save: { type: 'string', description: 'The folder to save every exchange to.' },
    reporters: { ...texts, description: 'How to report: terminal, junit=report.xml, ...' },
  },
} as const satisfies JSONSchema

/** Options of `check` and `lint`, as a file. */
export type Config = Partial<Shape<typeof configSchema>>
