import type { Config } from './config-schema.ts'

/** Types the default export of a `soundcheck.config.ts`. */
export function defineConfig(config: Config): Config {
  return config
}
