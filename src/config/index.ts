export { type Config, configSchema } from './config-schema.ts'
export { defineConfig } from './define-config.ts'
