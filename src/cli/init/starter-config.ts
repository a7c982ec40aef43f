/** The configuration that `init` writes: what a team decides once, by the names of the options. */
export function starterConfig(url: string): string {
  const config = {
    $schema: 'https://unpkg.com/llm-soundcheck/schemas/config.schema.json',
    url,
    profile: 'elevenlabs',
    failOn: 'error',
    timeout: 20,
    concurrency: 4,
  }
  return `${JSON.stringify(config, null, 2)}\n`
}
