/** Who judged; a test holds the version to that of package.json. */
export const TOOL = { name: 'llm-soundcheck', version: '0.1.0' } as const
