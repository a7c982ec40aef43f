import { type ChunkingContext, defineConfig } from 'rolldown'
import manifest from './package.json' with { type: 'json' }
import tsconfig from './tsconfig.json' with { type: 'json' }
import { precompiled } from './scripts/precompiled.ts'

/** What the package opens to others, by the paths that it will have. */
const doors = [manifest.bin.soundcheck, ...Object.values(manifest.exports)]
  .filter((path) => path.startsWith('./dist/'))
  .map((path) => path.replaceAll(/^\.\/dist\/|\.js$/g, ''))

/** As deep as the modules that look for `fixtures` from where they are. */
const INSIDE = 'inside/chunks'

/** Threads, which are looked for beside the module that starts them. */
const threads = ['bench/instrument/calibration-server', 'bench/lane/lane', 'tap/pass/pass-thread']

/** Whether a module is of those that all others stand on, and loads nothing else. */
function isGround(id: string, context: ChunkingContext): boolean {
  if (!/\/src\/(?:wire|endpoint)\//.test(id)) return false
  return context.getModuleInfo(id)!.importedIds.every((each) => isGround(each, context))
}

export default defineConfig({
  input: {
    ...Object.fromEntries(doors.map((name) => [name, `src/${name}.ts`])),
    ...Object.fromEntries(
      threads.map((name) => [name.replace(/.*(?=\/)/, INSIDE), `src/${name}.ts`]),
    ),
  },
  platform: 'node',
  transform: { target: tsconfig.compilerOptions.target },
  // All packages but that of the helpers which a target needs.
  external: /^(?!@oxc-project\/|\w:)[\w@]/,
  // It exports nothing.
  treeshake: { moduleSideEffects: [{ test: /\/src\/cli\/main\.ts$/, sideEffects: true }] },
  plugins: [precompiled()],
  output: {
    dir: 'dist',
    cleanDir: true,
    chunkFileNames: `${INSIDE}/[name].js`,
    codeSplitting: {
      // Each file takes its time to load, however small it is.
      groups: [
        { debugName: 'ground', name: (id, context) => (isGround(id, context) ? 'ground' : null) },
      ],
    },
  },
})
