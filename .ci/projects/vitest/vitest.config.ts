import { defineConfig } from 'vitest/config'

// However busy the machine is.
export default defineConfig({ test: { testTimeout: 60_000 } })
