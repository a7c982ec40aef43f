import { defineConfig, type OxlintOverride } from 'oxlint'

/** What each folder of `src/` may import; ARCHITECTURE.md says why. Nothing imports cli. */
const MAY_IMPORT = {
  wire: [],
  protocol: ['wire'],
  endpoint: ['wire'],
  budget: ['endpoint'],
  speech: [],
  journal: ['wire', 'protocol'],
  gateway: ['wire', 'endpoint', 'protocol', 'speech'],
  tap: ['wire', 'endpoint', 'protocol', 'speech'],
  mocks: ['wire', 'protocol', 'journal'],
  config: ['protocol', 'conformance'],
  conformance: ['wire', 'endpoint', 'protocol', 'speech', 'budget'],
  bench: ['wire', 'endpoint', 'protocol', 'speech', 'budget'],
  server: ['wire', 'protocol', 'journal', 'mocks'],
  report: ['wire', 'protocol', 'speech', 'budget', 'conformance', 'bench'],
  artillery: ['protocol', 'conformance', 'bench'],
  vitest: ['wire', 'protocol', 'journal', 'mocks', 'conformance', 'server', 'tap', 'report'],
  cli: [
    'config',
    'wire',
    'endpoint',
    'protocol',
    'speech',
    'journal',
    'mocks',
    'conformance',
    'bench',
    'server',
    'gateway',
    'tap',
    'report',
  ],
}
const FOLDERS = Object.keys(MAY_IMPORT)
/** They do no I/O. */
const PURE = ['endpoint', 'protocol', 'speech', 'budget', 'report']
/** Within conformance, what judges is pure and knows neither what sends nor what reports. */
const JUDGING = ['check', 'checks', 'observe', 'evidence', 'faults', 'judge']

const noIo = (folder: string) => ({
  regex: '^(?:node:|undici$|fastify$)',
  message: `${folder} does no I/O.`,
})

const NO_HTTP = {
  regex: '^node:http$',
  allowTypeImports: true,
  message: 'Take nodeHttp of wire/node.ts: to import it loads the undici of Node.js, too.',
}

// The order counts: a negated glob would let through what stands behind it.
function forbidden(folder: string, allowed: readonly string[]) {
  const others = FOLDERS.filter((each) => each !== folder)
  const outOfBounds = others.filter((each) => !allowed.includes(each))
  // A thread in which bytes pass starts sooner by the door that has only what it needs.
  const doors = [
    'index',
    ...(PURE.includes(folder) ? [] : ['node']),
    ...(folder === 'tap' ? ['thread'] : []),
  ]
  return [
    ...(outOfBounds.length > 0
      ? [
          {
            regex: `^(?:\\.\\./)+(?:${outOfBounds.join('|')})/`,
            message: `${folder} may import ${allowed.join(', ') || 'nothing of ours'}.`,
          },
        ]
      : []),
    ...(PURE.includes(folder) ? [noIo(folder)] : [NO_HTTP]),
    ...(folder === 'report'
      ? [
          {
            regex: '/(?:conformance|bench)/index\\.ts$',
            allowTypeImports: true,
            message: 'report knows only the types of results.',
          },
        ]
      : []),
    {
      group: others.flatMap((each) => [
        `**/${each}/**`,
        ...doors.map((door) => `!**/${each}/${door}.ts`),
      ]),
      message: `Import a folder through its door: ${doors.map((door) => `${door}.ts`).join(' or ')}.`,
    },
  ]
}

const LAYERS = Object.entries(MAY_IMPORT).map(([folder, allowed]): OxlintOverride => ({
  files: [`src/${folder}/**/*.ts`],
  rules: { 'no-restricted-imports': ['error', { patterns: forbidden(folder, allowed) }] },
}))

const JUDGING_LAYER: OxlintOverride = {
  files: JUDGING.map((part) => `src/conformance/${part}/**/*.ts`),
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          noIo('what judges'),
          {
            regex: '/(?:probes|run|result)/|/wire/node\\.ts$',
            message: 'What judges knows neither what sends nor what reports.',
          },
          ...forbidden('conformance', MAY_IMPORT.conformance),
        ],
      },
    ],
  },
}

/** What a user of the library finds first stands above all folders, and leads to their doors. */
const FRONT_DOOR: OxlintOverride = {
  files: ['src/index.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [
              '**/*.ts',
              ...['conformance/index', 'conformance/lint', 'server/index', 'bench/index'].map(
                (door) => `!**/${door}.ts`,
              ),
            ],
            message: 'The front door leads to check, lint, the server and bench only.',
          },
        ],
      },
    ],
  },
}

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'node'],
  categories: { correctness: 'error', suspicious: 'error' },
  env: { es2024: true, node: true },
  rules: {
    eqeqeq: 'error',
    'import/no-cycle': 'error',
    'no-console': 'error',
    'no-duplicate-imports': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',

    // Threads have no origin.
    'unicorn/require-post-message-target-origin': 'off',
    // The compiler knows better.
    'consistent-return': 'off',
    // Control characters are what several checks are about.
    'no-control-regex': 'off',
    // A check has the name of the feature that it judges.
    'import/no-named-as-default': 'off',
    // A scenario says `when` and `then`.
    'unicorn/no-thenable': 'off',
    // Matters of taste.
    'import/no-named-as-default-member': 'off',
    'import/no-unassigned-import': 'off',
    'no-await-in-loop': 'off',
    'promise/always-return': 'off',
    'typescript/no-non-null-assertion': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'unicorn/consistent-function-scoping': 'off',
  },
  overrides: [...LAYERS, JUDGING_LAYER, FRONT_DOOR],
})
