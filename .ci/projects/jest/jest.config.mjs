// The first file is an ES module; from 24.9 on, Node.js lets jest load one from the second, too.
const [major, minor] = process.versions.node.split('.').map(Number)
const loadsModules = major > 24 || (major === 24 && minor >= 9)
export default {
  testMatch: [loadsModules ? '**/*.test.*js' : '**/*.test.mjs'],
  // However busy the machine is.
  testTimeout: 60_000,
}
